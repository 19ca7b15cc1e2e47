import {
  DeadLettered,
  ObjectOutcomeUnknown,
  ObjectRefused,
  ObjectWritten,
  WriteContact,
  WriteDeal,
  WriteTask
} from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import t, { type Test } from 'tap'
import { crms, zoho, type CrmUnderTest } from './fixtures/crms.ts'
import { objectLead as lead, only, settledObject as settled, startWithObjects } from './fixtures/object-story.ts'
import { apiNameOf } from './object/object-mapping.ts'
import { objectRef } from './object/object.ts'

/* Tasks from the command to the CRM, with service, log and database. */

const task = { key: 'task-1', ...lead, subject: 'Send the offer', dueDate: '2026-12-24' }

for (const crm of crms) void t.test(`the tasks in ${crm.name}`, (t) => stories(t, crm))

async function stories(t: Test, under: CrmUnderTest): Promise<void> {
  const taskField = (wanted: Parameters<typeof apiNameOf>[1]) => apiNameOf(under.objects.task, wanted) ?? ''
  const deal = { key: 'deal-1', ...lead, name: 'Route planning', stage: under.stages[0] }

  await t.test('a task about the lead waits for its record, is made and done, once each', async (t) => {
    const crm = await startWithObjects(t, under)
    const sent = { ...task, priority: 'high' as const, owner: under.users[1], note: 'With prices' }
    const first = await crm.command(WriteTask, '1', sent)
    t.match(first, { outcome: 'done', result: { objectId: objectRef('task', 'task-1').id } })
    t.strictSame(await crm.command(WriteTask, '1', sent), first, 'a repetition is the same command')
    await settled(crm, 'task', 'task-1')
    await crm.command(WriteTask, '2', { key: 'task-1', ...lead, status: 'completed' })
    const events = await settled(crm, 'task', 'task-1')
    t.strictSame(
      only(events, ObjectWritten).map(({ data }) => data.action),
      ['insert', 'update']
    )
    const leadId = under.records(crm.state)[0]?.crmId
    const names = under.objects.task.names
    t.match(under.shown(crm.state, 'task'), [
      {
        values: {
          [taskField('key')]: 'task-1',
          [taskField('subject')]: 'Send the offer',
          [taskField('status')]: under.taskDone,
          [taskField('priority')]: names['priority']?.['high'],
          [taskField('leadId')]: lead.leadId
        },
        ...(under.name === 'hubspot' ? { contacts: [leadId] } : { lead: leadId })
      }
    ])
    t.equal(under.shown(crm.state, 'task').length, 1)
    t.equal(await crm.log.getLast('DEAD_LETTERS', 'dead.crm-sync.write-objects'), null)
  })

  await t.test('a task about a deal comes after the deal and its contact, and can be taken off them', async (t) => {
    const crm = await startWithObjects(t, under)
    await crm.command(WriteContact, '1', { key: 'contact-1', ...lead, lastName: 'Ellison' })
    await crm.command(WriteDeal, '2', { ...deal, contact: 'contact-1' })
    await crm.command(WriteTask, '3', { ...task, contact: 'contact-1', deal: 'deal-1' })
    await settled(crm, 'task', 'task-1')
    const [made] = under.shown(crm.state, 'deal')
    t.match(under.shown(crm.state, 'task'), [{ deals: [made?.crmId], contacts: made?.contacts, lead: null }])
    await eventually(() => under.records(crm.state).some(({ leadId }) => leadId === lead.leadId))
    await crm.command(WriteTask, '4', { key: 'task-1', ...lead, deal: null, contact: null })
    await settled(crm, 'task', 'task-1')
    const record = under.records(crm.state).find(({ leadId }) => leadId === lead.leadId)?.crmId
    t.match(under.shown(crm.state, 'task'), [
      under.name === 'hubspot' ? { deals: [], contacts: [record] } : { deals: [], contacts: [], lead: record }
    ])
    for (const [links, code] of [
      [{ deal: 'nobody' }, 'CRM_SYNC_DEAL_UNKNOWN'],
      [{ contact: 'nobody' }, 'CRM_SYNC_CONTACT_UNKNOWN'],
      [{ dueDate: '2026-02-31' }, 'CRM_SYNC_DAY_IMPOSSIBLE']
    ] as const)
      t.match(await crm.command(WriteTask, code, { ...task, ...links }), { outcome: 'refused', code })
  })

  await t.test('a time-out after the work, and a change that comes in between, leave one task', async (t) => {
    const crm = await startWithObjects(t, under)
    crm.state.settings.zohoSearchLagMs = 3_600_000
    const route = under.objectRoute('task')
    crm.state.faults.set([{ vendor: under.name, route, kind: 'timeout-after', count: 2 }])
    await crm.command(WriteTask, '1', task)
    await eventually(
      async () => only(await crm.historyOf(objectRef('task', 'task-1')), ObjectOutcomeUnknown).length > 0
    )
    await crm.command(WriteTask, '2', { key: 'task-1', ...lead, subject: 'Send two offers' })
    const events = await settled(crm, 'task', 'task-1')
    t.match(only(events, ObjectWritten).at(0), { data: { action: 'reconciled' } })
    t.match(under.shown(crm.state, 'task'), [{ values: { [taskField('subject')]: 'Send two offers' } }])
    t.equal(under.shown(crm.state, 'task').length, 1)
  })
}

void t.test('a user whom the CRM does not know is a refusal with its field', async (t) => {
  const crm = await startWithObjects(t, zoho)
  await crm.command(WriteTask, '1', { ...task, owner: '1' })
  const dead = await eventually(() => crm.log.getLast('DEAD_LETTERS', 'dead.crm-sync.write-objects'))
  t.match(dead, { type: DeadLettered.type, data: { code: 'CRM_SYNC_WRITE_REFUSED' } })
  t.match(only(await crm.historyOf(objectRef('task', 'task-1')), ObjectRefused), [
    { data: { kind: 'task', field: 'Owner' } }
  ])
  await crm.command(WriteTask, '2', { key: 'task-1', ...lead, owner: zoho.users[0] })
  await settled(crm, 'task', 'task-1')
  t.equal(zoho.shown(crm.state, 'task').length, 1, 'mended by the next change')
})
