import {
  AttemptDeferred,
  DeadLettered,
  isEvent,
  ObjectDeleted,
  ObjectOutcomeUnknown,
  ObjectRefused,
  ObjectSimulated,
  ObjectWritten,
  PersonErased,
  RecordDeleted,
  RecordWritten,
  SearchDeals,
  WriteContact,
  WriteDeal,
  WriteTask,
  type CommandData
} from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import t, { type Test } from 'tap'
import { crms, zoho, type CrmUnderTest } from './fixtures/crms.ts'
import { bookedLead } from './fixtures/lead-story.ts'
import {
  objectLead as lead,
  only,
  queuedChange,
  settledObject as settled,
  startWithObjects
} from './fixtures/object-story.ts'
import { startCrmSync } from './fixtures/start-crm-sync.ts'
import { apiNameOf } from './object/object-mapping.ts'
import { objectRef } from './object/object.ts'
import { writeObjects } from './object/write-objects.reactor.ts'
import { recordRef } from './record/record.ts'

/* Contacts and deals from the command to the CRM, with service, log and database; tasks among them. */

for (const crm of crms) void t.test(`the objects in ${crm.name}`, (t) => stories(t, crm))

async function stories(t: Test, under: CrmUnderTest): Promise<void> {
  const [open, won] = under.stages
  const dealField = (wanted: Parameters<typeof apiNameOf>[1]) => apiNameOf(under.objects.deal, wanted) ?? ''
  const contactField = (wanted: Parameters<typeof apiNameOf>[1]) => apiNameOf(under.objects.contact, wanted) ?? ''
  const taskField = (wanted: Parameters<typeof apiNameOf>[1]) => apiNameOf(under.objects.task, wanted) ?? ''
  const deal = { key: 'deal-1', ...lead, name: 'Route planning', stage: open }
  const task = { key: 'task-1', ...lead, subject: 'Send the offer', dueDate: '2026-12-24' }

  await t.test('a contact and its deal are made, linked and changed, once each', async (t) => {
    const crm = await startWithObjects(t, under)
    const contact = { key: 'contact-1', ...lead, lastName: 'Ellison', email: 'Marco@Example.org', phone: '+49 30 1234' }
    t.match(await crm.command(WriteContact, '1', contact), { outcome: 'done' })
    const sent = { ...deal, amount: 129_900, currency: 'EUR', closeDate: '2026-12-24', contact: 'contact-1' }
    const first = await crm.command(WriteDeal, '2', sent)
    t.match(first, { outcome: 'done', result: { objectId: objectRef('deal', 'deal-1').id } })
    t.strictSame(await crm.command(WriteDeal, '2', sent), first, 'a repetition is the same command')
    await settled(crm, 'deal', 'deal-1')
    const [marco] = under
      .shown(crm.state, 'contact')
      .filter(({ values }) => values[contactField('key')] === 'contact-1')
    t.match(marco, { values: { [contactField('email')]: 'marco@example.org' } })
    t.match(under.shown(crm.state, 'deal'), [
      { values: { [dealField('key')]: 'deal-1', [dealField('stage')]: open }, contacts: [marco?.crmId] }
    ])
    await crm.command(WriteDeal, '3', { key: 'deal-1', ...lead, stage: won })
    const events = await settled(crm, 'deal', 'deal-1')
    t.strictSame(
      only(events, ObjectWritten).map(({ data }) => data.action),
      ['insert', 'update']
    )
    t.match(under.shown(crm.state, 'deal'), [
      { values: { [dealField('stage')]: won, [dealField('name')]: 'Route planning' }, contacts: [marco?.crmId] }
    ])
    await crm.command(WriteDeal, '4', { key: 'deal-1', ...lead, stage: won })
    t.match(only(await settled(crm, 'deal', 'deal-1'), ObjectWritten).at(-1), { data: { action: 'unchanged' } })
  })

  await t.test('changes that wait become one call with the newest state', async (t) => {
    const crm = await startWithObjects(t, under, { reactors: [writeObjects] })
    const change = (causeId: string, values: object) =>
      queuedChange('Marco', { kind: 'deal', key: 'deal-1', causeId, values: { ...values } })
    const calls = () =>
      crm.state.journal.list({ vendor: under.name }).filter(({ route }) => route.includes(under.objectRoute('deal')))
    await crm.record(
      'deals',
      change('a', { name: 'Routes', stage: open }),
      change('b', { stage: won }),
      change('c', { name: 'Route planning' })
    )
    const events = await settled(crm, 'deal', 'deal-1')
    t.equal(calls().length, 1)
    t.match(only(events, ObjectWritten), [
      { data: { revision: 3, writeIds: ['deal-deal-1-a', 'deal-deal-1-b', 'deal-deal-1-c'] } }
    ])
    t.match(under.shown(crm.state, 'deal'), [
      { values: { [dealField('stage')]: won, [dealField('name')]: 'Route planning' } }
    ])
  })

  await t.test('a time-out after the work leaves one deal, and says so', async (t) => {
    const crm = await startWithObjects(t, under)
    crm.state.faults.set([{ vendor: under.name, route: under.objectRoute('deal'), kind: 'timeout-after', count: 1 }])
    await crm.command(WriteDeal, '1', deal)
    const events = await settled(crm, 'deal', 'deal-1')
    t.equal(only(events, ObjectOutcomeUnknown).length, 1)
    t.match(only(events, ObjectWritten), [{ data: { action: 'reconciled' } }])
    t.equal(under.shown(crm.state, 'deal').length, 1)
  })

  await t.test('calls that fail at random end in the same objects', async (t) => {
    const crm = await startWithObjects(t, under)
    crm.state.settings.zohoSearchLagMs = 3_600_000
    crm.state.faults.set([
      { vendor: under.name, kind: ['500', '503', 'reset', 'drop-after'], probability: 0.2, seed: 11 }
    ])
    const keys = ['a', 'b', 'c', 'd', 'e', 'f']
    await Promise.all(
      keys.map(async (key) => {
        await crm.command(WriteContact, `contact-${key}`, { key, ...lead, lastName: `Person ${key}` })
        await crm.command(WriteDeal, `deal-${key}`, { ...deal, key, contact: key })
        await crm.command(WriteTask, `task-${key}`, { ...task, key, deal: key })
        await crm.command(WriteDeal, `won-${key}`, { key, ...lead, stage: won })
        await crm.command(WriteTask, `done-${key}`, { key, ...lead, status: 'completed' })
      })
    )
    await Promise.all(keys.flatMap((key) => [settled(crm, 'deal', key), settled(crm, 'task', key)]))
    const contacts = under
      .shown(crm.state, 'contact')
      .filter(({ values }) => keys.includes(String(values[contactField('key')])))
    const deals = under.shown(crm.state, 'deal')
    t.strictSame([contacts.length, deals.length], [keys.length, keys.length])
    for (const { values, contacts: linked } of deals) {
      const contact = contacts.find((one) => one.values[contactField('key')] === values[dealField('key')])
      t.strictSame([values[dealField('stage')], linked], [won, [contact?.crmId]])
    }
    const tasks = under.shown(crm.state, 'task')
    t.equal(tasks.length, keys.length, 'one task each')
    for (const { values, deals: about } of tasks) {
      const deal = deals.find((one) => one.values[dealField('key')] === values[taskField('key')])
      t.strictSame([values[taskField('status')], about], [under.taskDone, [deal?.crmId]])
    }
  })

  await t.test('a deal waits for its contact, without using up attempts', async (t) => {
    const crm = await startWithObjects(t, under)
    crm.state.faults.set([{ vendor: under.name, route: under.objectRoute('contact'), kind: '503' }])
    await crm.command(WriteContact, '1', { key: 'contact-1', ...lead, lastName: 'Ellison' })
    await crm.command(WriteDeal, '2', { ...deal, contact: 'contact-1' })
    const waiting = await eventually(async () => {
      const last = await crm.log.getLast('DEAD_LETTERS', 'retry.crm-sync.write-objects')
      return last !== null && isEvent(last, AttemptDeferred) && last.data.code === 'CRM_SYNC_LINK_WAITS' && last
    })
    t.match(waiting.data.message, /contact-1/)
    crm.state.faults.set([])
    await settled(crm, 'deal', 'deal-1')
    t.equal(under.shown(crm.state, 'deal')[0]?.contacts.length, 1)
    t.equal(await crm.log.getLast('DEAD_LETTERS', 'dead.crm-sync.write-objects'), null)
  })

  await t.test('a stage that the CRM lacks is refused at once, and as an event where it was queued', async (t) => {
    const crm = await startWithObjects(t, under)
    t.match(await crm.command(WriteDeal, '1', { ...deal, stage: 'Daydream' }), {
      outcome: 'refused',
      code: 'CRM_SYNC_STAGE_UNKNOWN',
      message: new RegExp(`Daydream.*${won}`)
    })
    await crm.record(
      'queued',
      queuedChange('Marco', { kind: 'deal', key: 'deal-1', values: { name: 'X', stage: 'Daydream' } })
    )
    const dead = await eventually(() => crm.log.getLast('DEAD_LETTERS', 'dead.crm-sync.write-objects'))
    t.match(dead, { type: DeadLettered.type, data: { code: 'CRM_SYNC_WRITE_REFUSED', reason: 'permanent' } })
    t.match(only(await crm.historyOf(objectRef('deal', 'deal-1')), ObjectRefused), [
      { data: { code: 'CRM_SYNC_STAGE_UNKNOWN', field: dealField('stage') } }
    ])
    t.strictSame(under.shown(crm.state, 'deal'), [])
    await crm.command(WriteDeal, '2', { key: 'deal-1', ...lead, stage: won })
    await settled(crm, 'deal', 'deal-1')
    t.match(under.shown(crm.state, 'deal'), [{ values: { [dealField('stage')]: won } }], 'mended by the next change')
  })

  await t.test('a dry run records what it would write and sends nothing', async (t) => {
    const crm = await startWithObjects(t, under, { environment: { DRY_RUN: 'true' } })
    await crm.command(WriteContact, '1', { key: 'contact-1', ...lead, lastName: 'Ellison' })
    await crm.command(WriteDeal, '2', { ...deal, contact: 'contact-1' })
    await crm.command(WriteTask, '3', { ...task, deal: 'deal-1' })
    await eventually(async () => only(await crm.historyOf(objectRef('task', 'task-1')), ObjectSimulated).length > 0)
    const [simulated] = await eventually(async () => {
      const found = only(await crm.historyOf(objectRef('deal', 'deal-1')), ObjectSimulated)
      return found.length > 0 && found
    })
    t.match(simulated, { data: { provider: under.name, values: { [dealField('stage')]: open } } })
    const writes = crm.state.journal.list({ vendor: under.name }).filter(({ method }) => method !== 'GET')
    t.strictSame(writes, [])
  })

  await t.test('the objects of an erased person are deleted', async (t) => {
    const crm = await startWithObjects(t, under)
    await crm.command(WriteContact, '1', { key: 'contact-1', ...lead, lastName: 'Ellison' })
    await crm.command(WriteDeal, '2', { ...deal, contact: 'contact-1' })
    await crm.command(WriteTask, '3', { ...task, deal: 'deal-1' })
    await Promise.all([settled(crm, 'deal', 'deal-1'), settled(crm, 'task', 'task-1')])
    const ids = {
      personId: lead.leadId,
      leadId: lead.leadId,
      meetingIds: [],
      crmWriteIds: [],
      callIds: [],
      callerIds: [],
      eventIds: []
    }
    await crm.record('erased', { definition: PersonErased, id: lead.leadId, data: { ...ids, erasureId: 'erasure-1' } })
    await eventually(async () => only(await crm.historyOf(recordRef(lead.leadId)), RecordDeleted).length > 0)
    t.strictSame(under.shown(crm.state, 'deal'), [])
    t.strictSame(
      under.shown(crm.state, 'contact').filter(({ values }) => values[contactField('key')] === 'contact-1'),
      []
    )
    t.strictSame(under.shown(crm.state, 'task'), [])
    t.match(only(await crm.historyOf(objectRef('deal', 'deal-1')), ObjectDeleted), [
      { data: { outcome: 'deleted', erasureId: 'erasure-1' } }
    ])
  })

  await t.test('deals are searched by command, without what may be personal', async (t) => {
    const crm = await startWithObjects(t, under)
    await crm.command(WriteDeal, '1', { ...deal, amount: 129_900, currency: 'EUR' })
    await crm.command(WriteDeal, '2', { ...deal, key: 'deal-2', name: 'Fleet', stage: won })
    await Promise.all(['deal-1', 'deal-2'].map((key) => settled(crm, 'deal', key)))
    let asked = 0
    const search = (data: CommandData<typeof SearchDeals>) => crm.command(SearchDeals, `search-${asked++}`, data)
    const ofLead = await eventually(async () => {
      const { result } = (await search({ leadId: lead.leadId })) ?? {}
      return ((result?.['deals'] ?? []) as unknown[]).length === 2 && result
    })
    t.notMatch(JSON.stringify(ofLead), /Route planning|Fleet/)
    const [first] = under.shown(crm.state, 'deal')
    t.match(await search({ leadId: lead.leadId, nameBegins: 'Route' }), {
      outcome: 'done',
      result: {
        deals: [
          { crmId: first?.crmId, key: 'deal-1', leadId: lead.leadId, stage: open, amount: 1299, currency: 'EUR' }
        ],
        more: false
      }
    })
    t.match(await search({ stage: won }), { result: { deals: [{ key: 'deal-2', amount: null }] } })
    t.match(await search({ leadId: lead.leadId, limit: 1 }), { result: { deals: { length: 1 }, more: true } })
    t.match(await search({}), { outcome: 'refused', code: 'CRM_SYNC_SEARCH_WITHOUT_CONDITION' })
  })

  await t.test('only the modules in use are checked at the start', async (t) => {
    const variable = under.name === 'zoho' ? 'ZCF_DEAL_NOTE' : 'HCF_DEAL_NOTE'
    await startCrmSync(t, { crm: under, environment: { [variable]: 'Nowhere', CRM_OBJECTS: 'contact' } })
    await t.rejects(startCrmSync(t, { crm: under, environment: { [variable]: 'Nowhere', CRM_OBJECTS: 'deal' } }), {
      code: 'CRM_SYNC_MAPPING_INVALID',
      message: new RegExp(`Nowhere: module .* has no field[^]*${variable}`)
    })
  })
}

void t.test('what cannot be written is refused with a code that says why', async (t) => {
  const crm = await startWithObjects(t, zoho, { environment: { CRM_OBJECTS: 'deal' } })
  await crm.record('other', ...bookedLead('Anna'))
  const deal = { key: 'deal-1', ...lead, name: 'Routes', stage: 'Qualification' }
  const refusals = [
    [WriteDeal, { ...deal, leadId: 'nobody' }, 'CRM_SYNC_LEAD_UNKNOWN'],
    [WriteDeal, { key: 'deal-1', ...lead, name: 'Routes' }, 'CRM_SYNC_OBJECT_INCOMPLETE'],
    [WriteDeal, { ...deal, amount: 100 }, 'CRM_SYNC_OBJECT_INCOMPLETE'],
    [WriteDeal, { ...deal, amount: 100, currency: 'XYZ' }, 'CRM_SYNC_CURRENCY_UNKNOWN'],
    [WriteDeal, { ...deal, closeDate: '2026-02-31' }, 'CRM_SYNC_DAY_IMPOSSIBLE'],
    [WriteDeal, { ...deal, contact: 'nobody' }, 'CRM_SYNC_CONTACT_UNKNOWN'],
    [WriteContact, { key: 'contact-1', ...lead, lastName: 'Ellison' }, 'CRM_SYNC_OBJECTS_OFF'],
    [WriteContact, { key: 'contact-1', ...lead, lastName: 'Ellison', email: 'none' }, 'CRM_SYNC_EMAIL_UNUSABLE']
  ] as const
  for (const [index, [command, data, code]] of refusals.entries())
    t.match(await crm.command<typeof command>(command, `refused-${index}`, data), { outcome: 'refused', code })
  t.match(await crm.command(WriteDeal, 'made', deal), { outcome: 'done' })
  t.match(await crm.command(WriteDeal, 'other', { ...deal, leadId: 'person-Anna' }), {
    outcome: 'refused',
    code: 'CRM_SYNC_OBJECT_OF_ANOTHER_LEAD'
  })
})

void t.test(
  'in HubSpot a deal without a contact hangs on the lead, and a contact of the same address is the lead',
  async (t) => {
    const [, hubspot] = crms
    if (hubspot === undefined) throw new Error('HubSpot is there')
    const crm = await startWithObjects(t, hubspot)
    await crm.record('again', ...bookedLead('Marco').slice(2, 3))
    await eventually(async () => only(await crm.historyOf(recordRef('person-Marco')), RecordWritten).length > 0)
    await crm.command(WriteDeal, '1', { key: 'deal-1', ...lead, name: 'Routes', stage: 'qualifiedtobuy' })
    await settled(crm, 'deal', 'deal-1')
    const [marco, ...others] = crm.state.hubspot.list('contacts')
    t.strictSame(others, [])
    t.match(hubspot.shown(crm.state, 'deal'), [{ contacts: [marco?.id] }])
    await crm.command(WriteContact, '2', {
      key: 'contact-1',
      ...lead,
      lastName: 'Ellison',
      email: 'marco@example.org',
      title: 'Head'
    })
    await settled(crm, 'contact', 'contact-1')
    t.match(crm.state.hubspot.list('contacts'), [
      { properties: { leadlog_id: 'person-Marco', leadlog_contact_id: 'contact-1', jobtitle: 'Head' } }
    ])
    t.equal(crm.state.hubspot.list('contacts').length, 1)
  }
)

void t.test('a deal that a person waits for is written while a thousand bulk operations wait', async (t) => {
  const crm = await startWithObjects(t, zoho, { environment: { CRM_RATE_PER_MINUTE: '240' } })
  const operations = Array.from({ length: 1_000 }, (_, index) => index)
  for (let from = 0; from < operations.length; from += 50) {
    await crm.record(
      `import-${from}`,
      ...operations.slice(from, from + 50).map((index) =>
        queuedChange('Marco', {
          kind: 'contact',
          key: `bulk-${index}`,
          lane: 'bulk',
          values: { lastName: `Person ${index}` }
        })
      )
    )
  }
  const upserts = (module: string) =>
    crm.state.journal.list({ vendor: 'zoho' }).filter(({ route }) => route === `POST /crm/v8/${module}/upsert`)
  await eventually(() => upserts('Contacts').length > 0)
  const before = upserts('Contacts').length
  await crm.command(WriteDeal, 'person', { key: 'deal-1', ...lead, name: 'Routes', stage: 'Qualification' })
  await eventually(() => upserts('Deals').length > 0)
  const [deal] = upserts('Deals')
  const overtaken = upserts('Contacts').filter(({ number }) => number < (deal?.number ?? 0)).length - before
  t.ok(overtaken <= 5, `${overtaken} bulk calls went before the deal`)
  t.ok(crm.state.zoho.list('Contacts').length < operations.length, 'bulk work still waits')
  await settled(crm, 'deal', 'deal-1')
})
