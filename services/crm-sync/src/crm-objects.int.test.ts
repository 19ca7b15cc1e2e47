import type { ObjectKind, ObjectValues } from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import t, { type Test } from 'tap'
import type { LinkedTo, ObjectToWrite, RecordAnswer } from './crm-provider.ts'
import { connectedCrm, IMPATIENT_MS, live } from './fixtures/connected-crm.ts'
import { crms, type CrmUnderTest } from './fixtures/crms.ts'
import { uncheckedObjects } from './object/checked-objects.ts'
import { apiNameOf } from './object/object-mapping.ts'
import { objectCrmValues } from './object/object-values.ts'

/* The stories of contacts, deals and tasks that every CRM behind CrmProvider must pass. */

interface Written {
  readonly key: string
  readonly values?: ObjectValues
  readonly crmId?: string
  readonly linkedTo?: LinkedTo
  readonly formerly?: LinkedTo
}

type Condition = readonly [Parameters<typeof apiNameOf>[1], 'is' | 'begins', string]

const idOf = (answer: RecordAnswer | undefined) => (answer?.outcome.kind === 'written' ? answer.outcome.crmId : '')

/** The connected CRM with what writes and shows objects in it. */
async function connected(t: Test, crm: CrmUnderTest, options?: Parameters<typeof connectedCrm>[2]) {
  const connection = await connectedCrm(t, crm, options)
  const complete: Record<ObjectKind, ObjectValues> = {
    contact: { lastName: 'Ellison' },
    deal: { name: 'Route planning', stage: crm.stages[0] },
    task: { subject: 'Call back', dueDate: '2026-12-24', status: 'not-started' }
  }
  const toWrite = (kind: ObjectKind, object: Written): ObjectToWrite => {
    const { key, crmId = null, linkedTo = {}, formerly = {} } = object
    const mapped = objectCrmValues(
      { key, leadId: 'lead-marco' },
      { ...complete[kind], ...object.values },
      uncheckedObjects(crm.objects[kind])
    )
    return { key, crmId, linkedTo, formerly, values: 'values' in mapped ? mapped.values : {} }
  }
  const targetOf = (kind: ObjectKind) => {
    const mapping = crm.objects[kind]
    return {
      kind,
      module: mapping.module,
      keyField: apiNameOf(mapping, 'key') ?? '',
      emailField: apiNameOf(mapping, 'email'),
      ownerField: apiNameOf(mapping, 'owner')
    }
  }
  const write = (kind: ObjectKind, ...objects: readonly Written[]) =>
    connection.provider.writeObjects(
      targetOf(kind),
      objects.map((object) => toWrite(kind, object)),
      live
    )
  const find = (keys: readonly string[], since: Date) => {
    const finder = connection.provider.finderOf('task')
    return finder === null ? null : finder(targetOf('task'), { keys, since, longAgo: false }, live)
  }
  return { ...connection, write, find, shown: (kind: ObjectKind) => crm.shown(connection.state, kind) }
}

/** The field that is changed, its other value, and values that no CRM takes. */
const examples = {
  contact: ['lastName', 'Berg', { email: 'not an address' }],
  deal: ['name', 'Fleet', { name: null }],
  task: ['subject', 'Write', { owner: '1' }]
} as const satisfies Record<ObjectKind, readonly unknown[]>

for (const crm of crms) {
  void t.test(`objects in ${crm.name}`, async (t) => {
    for (const kind of crm.keyedKinds) await t.test(kind, (t) => everyKind(t, crm, kind))
    await t.test('contacts', (t) => contacts(t, crm))
    await t.test('deals', (t) => deals(t, crm))
    await t.test('tasks', (t) => tasks(t, crm))
  })
}

async function everyKind(t: Test, crm: CrmUnderTest, kind: ObjectKind): Promise<void> {
  const field = (wanted: Parameters<typeof apiNameOf>[1]) => apiNameOf(crm.objects[kind], wanted) ?? ''
  const [title, other, bad] = examples[kind]
  const fault = (fault: 'timeout-after' | '500') =>
    ({ vendor: crm.name, route: crm.objectRoute(kind), kind: fault, count: 1 }) as const

  await t.test('is made, changed by its key and by its id', async (t) => {
    const { write, shown } = await connected(t, crm)
    const [made] = await write(kind, { key: 'one' })
    t.match(made, { outcome: { kind: 'written', action: 'insert' } })
    const [again] = await write(kind, { key: 'one', values: { [title]: other } })
    t.match(again, { outcome: { kind: 'written', action: 'update', crmId: idOf(made) } })
    const [byId] = await write(kind, { key: 'one', crmId: idOf(made) })
    t.match(byId, { outcome: { kind: 'written', action: 'update', crmId: idOf(made) } })
    t.match(shown(kind), [{ crmId: idOf(made), values: { [field('key')]: 'one' } }])
    t.equal(shown(kind).length, 1)
  })

  await t.test('one that is refused does not touch the others of its call', async (t) => {
    const { write, shown, state } = await connected(t, crm)
    const answers = await write(kind, { key: 'a' }, { key: 'b', values: bad }, { key: 'c' })
    t.match(answers, [
      { outcome: { kind: 'written' }, batchSize: 3 },
      { outcome: { kind: 'refused' } },
      { outcome: { kind: 'written' } }
    ])
    t.equal(state.journal.list({ vendor: crm.name }).length, 1, 'one call for all')
    t.strictSame(
      shown(kind).map(({ values }) => values[field('key')]),
      ['a', 'c']
    )
  })

  await t.test('a time-out after the work is unknown, and the repetition finds it by its key', async (t) => {
    const { write, shown, state } = await connected(t, crm, {
      timeoutMs: IMPATIENT_MS,
      settings: { zohoSearchLagMs: 60_000, hubspotSearchLagMs: 60_000 }
    })
    state.faults.set([fault('timeout-after')])
    t.match(await write(kind, { key: 'one' }), [{ outcome: { kind: 'unknown' } }])
    t.equal(shown(kind).length, 1, 'the work was done')
    t.match(await write(kind, { key: 'one', values: { [title]: other } }), [{ outcome: { kind: 'written' } }])
    t.match(shown(kind), [{ values: { [field(title)]: other } }])
    t.equal(shown(kind).length, 1)
  })

  await t.test('a 500 leaves it open whether it was done; a limit is waited out', async (t) => {
    const { write, shown, state, budget } = await connected(t, crm)
    state.faults.set([fault('500')])
    t.match(await write(kind, { key: 'one' }), [{ outcome: { kind: 'unknown' } }])
    state.faults.set([{ ...crm.shortLimit, vendor: crm.name, route: crm.objectRoute(kind), count: 1 }])
    const limited = write(kind, { key: 'two' })
    await eventually(() => budget.snapshot().pausedUntil.live !== null)
    t.match(await limited, [{ outcome: { kind: 'written' } }])
    t.equal(shown(kind).filter(({ values }) => values[field('key')] === 'two').length, 1)
  })

  await t.test('one that is gone is refused by its id, not made again', async (t) => {
    const { write, shown } = await connected(t, crm)
    t.match(await write(kind, { key: 'one', crmId: crm.missingId }), [{ outcome: { kind: 'refused', field: 'id' } }])
    t.strictSame(shown(kind), [])
  })
}

async function contacts(t: Test, crm: CrmUnderTest): Promise<void> {
  const field = (wanted: Parameters<typeof apiNameOf>[1]) => apiNameOf(crm.objects.contact, wanted) ?? ''

  await t.test('one that is there already is found by its address and gets the key', async (t) => {
    const { write, shown, state } = await connected(t, crm)
    const email = 'marco@ellison.example'
    if (crm.name === 'zoho') state.zoho.insert('Contacts', { Last_Name: 'Ellison', Email: email })
    else state.hubspot.insert('contacts', { lastname: 'Ellison', email })
    const [adopted] = await write('contact', { key: 'marco', values: { email, title: 'Head of routes' } })
    t.match(adopted, { outcome: { kind: 'written', action: 'update' } })
    t.match(shown('contact'), [{ values: { [field('key')]: 'marco', [field('title')]: 'Head of routes' } }])
    t.equal(shown('contact').length, 1)
  })
}

async function deals(t: Test, crm: CrmUnderTest): Promise<void> {
  const field = (wanted: Parameters<typeof apiNameOf>[1]) => apiNameOf(crm.objects.deal, wanted) ?? ''

  await t.test('amount and day stand as the CRM takes them; null clears', async (t) => {
    const { write, shown } = await connected(t, crm)
    const values = { amount: 1999, currency: 'EUR', closeDate: '2026-12-24', note: 'Routes\nfor 12 vans' }
    await write('deal', { key: 'one', values })
    const [deal] = shown('deal')
    t.equal(Number(deal?.values[field('amount')]), 19.99)
    t.match(String(deal?.values[field('closeDate')]), /^2026-12-24/)
    await write('deal', { key: 'one', values: { amount: null } })
    t.match(shown('deal'), [{ values: { [field('amount')]: null } }])
  })

  await t.test('hangs on its contact, and on another one when that changes', async (t) => {
    const { write, shown } = await connected(t, crm)
    const [marco, anna] = await write('contact', { key: 'marco' }, { key: 'anna', values: { lastName: 'Berg' } })
    const [made] = await write('deal', { key: 'one', linkedTo: { contact: idOf(marco) } })
    t.match(shown('deal'), [{ contacts: [idOf(marco)] }])
    const moved = {
      key: 'one',
      crmId: idOf(made),
      linkedTo: { contact: idOf(anna) },
      formerly: { contact: idOf(marco) }
    }
    t.match(await write('deal', moved), [{ outcome: { kind: 'written' } }])
    t.strictSame(shown('deal')[0]?.contacts, [idOf(anna)])
    await write('deal', { ...moved, linkedTo: {}, formerly: { contact: idOf(anna) } })
    t.strictSame(shown('deal')[0]?.contacts, [])
  })

  await t.test('with a contact that is gone it is refused', async (t) => {
    const { write } = await connected(t, crm)
    t.match(await write('deal', { key: 'one', linkedTo: { contact: crm.missingId } }), [
      { outcome: { kind: 'refused' } }
    ])
  })

  await t.test('is found by stage, by lead and by the beginning of its name, once the index shows it', async (t) => {
    const { write, provider, state } = await connected(t, crm)
    await write(
      'deal',
      { key: 'a', values: { name: 'Fleet (north), 12 vans' } },
      { key: 'b', values: { stage: crm.stages[1] } }
    )
    const search = (conditions: readonly Condition[]) =>
      provider.searchRecords(
        crm.objects.deal.module,
        {
          conditions: conditions.map(([name, how, value]) => ({ apiName: field(name), how, value })),
          fields: [field('key'), field('stage')],
          limit: 200
        },
        live
      )
    const keys = async (...conditions: Condition[]) =>
      (await search(conditions)).records.map(({ values }) => values[field('key')])
    await eventually(async () => (await keys(['leadId', 'is', 'lead-marco'])).length === 2)
    t.strictSame(await keys(['stage', 'is', crm.stages[1]]), ['b'])
    t.strictSame(await keys(['name', 'begins', 'Fleet (north)'], ['leadId', 'is', 'lead-marco']), ['a'])
    t.strictSame(await keys(['stage', 'is', crm.stages[1]], ['name', 'begins', 'Fleet']), [])
    t.equal(state.journal.list({ vendor: crm.name }).filter(({ status }) => status === 429).length, 0)
  })
}

const aTask = { subject: 'Send the offer', dueDate: '2026-12-24', priority: 'high', note: 'Routes\n& vans' }

async function tasks(t: Test, crm: CrmUnderTest): Promise<void> {
  const field = (wanted: Parameters<typeof apiNameOf>[1]) => apiNameOf(crm.objects.task, wanted) ?? ''
  const names = (wanted: 'status' | 'priority') => crm.objects.task.names[wanted] ?? {}
  const [dana, robin] = crm.users

  await t.test('stands in the words of the CRM, is changed by its id, and another one may get it', async (t) => {
    const { write, shown } = await connected(t, crm)
    const [made] = await write('task', { key: 'one', values: { ...aTask, owner: dana } })
    t.match(made, { outcome: { kind: 'written', action: 'insert' } })
    const [task] = shown('task')
    t.match(task?.values, {
      [field('subject')]: 'Send the offer',
      [field('status')]: names('status')['not-started'],
      [field('priority')]: names('priority')['high'],
      [field('note')]: crm.name === 'zoho' ? 'Routes\n& vans' : 'Routes<br>&amp; vans'
    })
    t.match(String(task?.values[field('dueDate')]), /^2026-12-24/)
    t.match(JSON.stringify(task?.values[field('owner')]), dana)
    const done = { key: 'one', crmId: idOf(made), values: { status: 'completed', owner: robin } }
    t.match(await write('task', done), [{ outcome: { kind: 'written', action: 'update', crmId: idOf(made) } }])
    t.match(shown('task'), [{ values: { [field('status')]: names('status')['completed'] } }])
    t.match(JSON.stringify(shown('task')[0]?.values[field('owner')]), robin)
    t.equal(shown('task').length, 1)
  })

  await t.test('is about a lead, a contact or a deal, and about another one when that changes', async (t) => {
    const { write, shown, upsert, records } = await connected(t, crm)
    await upsert({ email: 'marco@ellison.example', lastName: 'Ellison' })
    const lead = records()[0]?.crmId ?? ''
    const [anna] = await write('contact', { key: 'anna' })
    const [deal] = await write('deal', { key: 'deal' })
    const [made] = await write('task', { key: 'one', linkedTo: { lead } })
    const crmId = idOf(made)
    const about = () => shown('task').map(({ lead, contacts, deals }) => ({ lead, contacts, deals }))
    const leadIsContact = crm.name === 'hubspot'
    const ofLead = leadIsContact ? { lead: null, contacts: [lead] } : { lead, contacts: [] }
    t.strictSame(about(), [{ ...ofLead, deals: [] }])
    const ofDeal = { lead, contact: idOf(anna), deal: idOf(deal) }
    t.match(await write('task', { key: 'one', crmId, linkedTo: ofDeal, formerly: { lead } }), [
      { outcome: { kind: 'written' } }
    ])
    t.strictSame(about(), [{ lead: null, contacts: [idOf(anna)], deals: [idOf(deal)] }])
    await write('task', { key: 'one', crmId, linkedTo: { lead, contact: idOf(anna) }, formerly: ofDeal })
    t.strictSame(about(), [{ lead: null, contacts: [idOf(anna)], deals: [] }])
    await write('task', { key: 'one', crmId, linkedTo: { lead }, formerly: { lead, contact: idOf(anna) } })
    t.strictSame(about(), [{ ...ofLead, deals: [] }])
  })

  await t.test('one that is refused does not touch the others of its call', async (t) => {
    const { write, shown, state } = await connected(t, crm)
    const answers = await write('task', { key: 'a' }, { key: 'b', values: { owner: '1' } }, { key: 'c' })
    t.match(answers, [
      { outcome: { kind: 'written' }, batchSize: 3 },
      { outcome: { kind: 'refused', field: field('owner') } },
      { outcome: { kind: 'written' } }
    ])
    t.equal(state.journal.list({ vendor: crm.name }).length, 1, 'one call for all')
    t.equal(shown('task').length, 2)
  })

  await t.test('about a lead that is gone it is refused', async (t) => {
    const { write } = await connected(t, crm)
    t.match(await write('task', { key: 'one', linkedTo: { lead: crm.missingId } }), [{ outcome: { kind: 'refused' } }])
  })

  await t.test('a time-out after the work is unknown, and the task can be found', async (t) => {
    const lags = { zohoSearchLagMs: 60_000, hubspotSearchLagMs: 60_000 }
    const { write, find, shown, state } = await connected(t, crm, { timeoutMs: IMPATIENT_MS, settings: lags })
    const since = new Date()
    state.faults.set([{ vendor: crm.name, route: crm.objectRoute('task'), kind: 'timeout-after', count: 1 }])
    t.match(await write('task', { key: 'one' }), [{ outcome: { kind: 'unknown' } }])
    t.equal(shown('task').length, 1, 'the work was done')
    const found = await find(['one', 'other'], since)
    if (found === null) t.match(await write('task', { key: 'one' }), [{ outcome: { kind: 'written' } }])
    else t.strictSame([...found], [['one', shown('task')[0]?.crmId]])
    t.equal(shown('task').length, 1)
  })
}
