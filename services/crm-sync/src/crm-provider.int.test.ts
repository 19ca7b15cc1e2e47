import { eventually } from '@leadlog/testing'
import t, { type Test } from 'tap'
import type { RecordAnswer } from './crm-provider.ts'
import { connectedCrm, IMPATIENT_MS, live } from './fixtures/connected-crm.ts'
import { crms, type CrmUnderTest } from './fixtures/crms.ts'

/*
 * The stories that every CRM behind CrmProvider must pass. What is special about one of them is told beside its client.
 */

const marco = { leadId: 'lead-marco', lastName: 'Ellison', email: 'marco@ellison.example' }
const anna = { leadId: 'lead-anna', lastName: 'Berg', email: 'anna@berg.example' }
const bad = { lastName: 'Bad', email: 'not an address' }

const idOf = (answer: RecordAnswer | undefined) => (answer?.outcome.kind === 'written' ? answer.outcome.crmId : '')

for (const crm of crms) void t.test(`${crm.name} behind CrmProvider`, (t) => stories(t, crm))

async function stories(t: Test, crm: CrmUnderTest): Promise<void> {
  const { name, mapping, routes } = crm
  const faultOn = (route: string, kind: 'timeout-after' | '500') => ({ vendor: name, route, kind, count: 1 }) as const

  await t.test('records are inserted, found by e-mail, and changed by id', async (t) => {
    const { upsert, records } = await connectedCrm(t, crm)
    const [inserted] = await upsert(marco)
    t.match(inserted, { outcome: { kind: 'written', action: 'insert' }, batchSize: 1 })
    const crmId = idOf(inserted)
    const [again] = await upsert({ ...marco, email: 'MARCO@ellison.example', need: 'routes' })
    t.match(again, { outcome: { kind: 'written', action: 'update', crmId } })
    const [byId, added] = await upsert({ ...marco, email: 'new@ellison.example', crmId }, anna)
    t.match(byId, { outcome: { kind: 'written', action: 'update', crmId }, batchSize: 1 })
    t.match(added, { outcome: { kind: 'written', action: 'insert' } })
    t.match(records(), [{ crmId, email: 'new@ellison.example', need: 'routes' }, { email: anna.email }])
  })

  await t.test('null clears a field', async (t) => {
    const { upsert, records } = await connectedCrm(t, crm)
    await upsert({ ...marco, need: 'routes' })
    await upsert({ ...marco, need: null })
    t.match(records(), [{ need: null }])
  })

  await t.test('one refused record does not touch the others of its call', async (t) => {
    const { state, upsert, records } = await connectedCrm(t, crm)
    const answers = await upsert(marco, bad, anna)
    t.match(answers, [
      { outcome: { kind: 'written' }, httpStatus: 207, batchSize: 3 },
      { outcome: { kind: 'refused', field: crmField(crm, 'email') } },
      { outcome: { kind: 'written' } }
    ])
    t.notMatch(JSON.stringify(answers), /not an address/, 'the value is personal')
    t.equal(state.journal.list({ vendor: name }).length, 1, 'one call for all')
    t.equal(records().length, 2)
    const [none] = await upsert(bad)
    t.match(none, { outcome: { kind: 'refused' } })
  })

  await t.test('a record known by our id under another e-mail is updated, not made twice', async (t) => {
    const { upsert, records } = await connectedCrm(t, crm)
    await upsert(marco)
    const [moved] = await upsert({ ...marco, email: 'marco@new.example' })
    t.match(moved, { outcome: { kind: 'written', action: 'update' } })
    t.match(records(), [{ email: 'marco@new.example' }])
    t.equal(records().length, 1)
  })

  await t.test("somebody else's unique value is refused and their record left alone", async (t) => {
    const { upsert, records } = await connectedCrm(t, crm)
    const [inserted] = await upsert(marco, anna)
    const [refused] = await upsert({ ...marco, email: anna.email, crmId: idOf(inserted) })
    t.match(refused, { outcome: { kind: 'refused', field: crmField(crm, 'email') } })
    t.strictSame(
      records().map(({ email }) => email),
      [marco.email, anna.email]
    )
  })

  await t.test('a record that is gone is refused by its id, not made again', async (t) => {
    const { upsert, records } = await connectedCrm(t, crm)
    const [answer] = await upsert({ ...marco, crmId: crm.missingId })
    t.match(answer, { outcome: { kind: 'refused', field: 'id' } })
    t.strictSame(records(), [])
  })

  await t.test('a time-out after the work is unknown, and the repetition finds the record', async (t) => {
    const { state, upsert, records } = await connectedCrm(t, crm, { timeoutMs: IMPATIENT_MS })
    state.faults.set([faultOn(routes.upsert, 'timeout-after')])
    const [lost] = await upsert(marco)
    t.match(lost, { outcome: { kind: 'unknown', reason: 'timed-out' }, httpStatus: null })
    t.equal(records().length, 1, 'the work was done')
    t.match(await upsert(marco), [{ outcome: { kind: 'written', action: 'update' } }])
    t.equal(records().length, 1)
  })

  await t.test('a 500 leaves it open whether it was done', async (t) => {
    const { state, upsert } = await connectedCrm(t, crm)
    state.faults.set([faultOn(routes.upsert, '500')])
    t.match(await upsert(marco), [{ outcome: { kind: 'unknown', reason: 'server-error' }, httpStatus: 500 }])
  })

  await t.test('a limit pauses the lane, then the call goes again', async (t) => {
    const { state, upsert, budget, provider, records } = await connectedCrm(t, crm)
    state.faults.set([{ ...crm.shortLimit, vendor: name, route: routes.upsert, count: 1 }])
    const refused = upsert(marco)
    await eventually(() => budget.snapshot().pausedUntil.live !== null)
    t.equal(budget.snapshot().pausedUntil.person, null)
    await provider.fieldMetadata(mapping.module, { lane: 'person' })
    t.equal(records().length, 0, 'a person is served during the pause')
    const [answer] = await refused
    t.match(answer, { outcome: { kind: 'written' } })
    t.ok((answer?.waitedMs ?? 0) > 500)
  })

  await t.test('refused credentials are told as such', async (t) => {
    const { state, upsert } = await connectedCrm(t, crm)
    state.faults.set([crm.tokenRefused])
    t.match(await upsert(marco), [
      { outcome: { kind: 'failed', error: { name: 'PermanentError', code: crm.credentialsRefused } } }
    ])
  })

  await t.test('a note is found by its reference on the record, however late the answer was lost', async (t) => {
    const settings = { zohoSearchLagMs: 60_000, hubspotSearchLagMs: 60_000 }
    const { state, provider, upsert } = await connectedCrm(t, crm, { timeoutMs: IMPATIENT_MS, settings })
    const [written] = await upsert(marco)
    const crmId = idOf(written)
    const { module } = mapping
    t.equal(await provider.findNote(module, crmId, 'Ref: LL-0a1b2c3d', live), null)
    for (let number = 0; number < 205; number++) {
      await provider.createNote(module, { crmId, title: 'Other', content: `Ref: LL-0a1b2c3d-${number}` }, live)
    }
    t.equal(await provider.findNote(module, crmId, 'Ref: LL-0a1b2c3d', live), null)
    state.faults.set([faultOn(routes.createNote, 'timeout-after')])
    const note = { crmId, title: 'Demo <booking>', content: 'Q: Why & how?\nA: "So"\n\nRef: LL-0a1b2c3d' }
    t.match(await provider.createNote(module, note, live), { outcome: { kind: 'unknown' } })
    t.match(await provider.findNote(module, crmId, 'Ref: LL-0a1b2c3d', live), /^\d+$/)
    t.equal(crm.notes(state).length, 206)
  })

  await t.test('a note of a record that is gone is refused', async (t) => {
    const { provider } = await connectedCrm(t, crm)
    const note = { crmId: crm.missingId, title: 'T', content: 'C\n\nRef: LL-1' }
    t.match(await provider.createNote(mapping.module, note, live), { outcome: { kind: 'refused' } })
  })

  await t.test('the metadata is read once, and fits the default mapping', async (t) => {
    const { state, provider } = await connectedCrm(t, crm)
    const [fields] = await Promise.all([
      provider.fieldMetadata(mapping.module, live),
      provider.fieldMetadata(mapping.module, live)
    ])
    t.equal(state.journal.list({ vendor: name }).length, 1)
    const status = fields.find(({ apiName }) => apiName === crmField(crm, 'status'))
    for (const value of Object.values(mapping.statuses))
      t.ok(value === null || status?.choices.includes(value), value ?? '')
    const known = new Set(fields.map(({ apiName }) => apiName))
    t.strictSame(
      mapping.fields.filter(({ apiName }) => !known.has(apiName)),
      []
    )
  })
}

function crmField({ mapping }: CrmUnderTest, wanted: 'email' | 'status'): string {
  return mapping.fields.find(({ field }) => field === wanted)?.apiName ?? ''
}
