import { createSimulators, type SimulatorOptions } from '@leadlog/simulators'
import { eventually } from '@leadlog/testing'
import t, { type Test } from 'tap'
import type { CrmValues } from '../crm-provider.ts'
import { zohoMapping } from '../mapping/zoho-mapping.ts'
import { connectZoho } from './connect-zoho.ts'
import type { ZohoCredentials } from './zoho-token.ts'

const credentials: ZohoCredentials = {
  clientId: '1000.SIMULATEDCLIENT',
  clientSecret: 'simulated-zoho-client-secret',
  refreshToken: '1000.simulated.refreshtoken'
}

const live = { lane: 'live' } as const

async function start(test: Test, options: SimulatorOptions = {}, apiVersion = 'v8') {
  const simulators = await createSimulators(options)
  await simulators.app.listen({ port: 0, host: '127.0.0.1' })
  const address = simulators.app.server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const connection = connectZoho({
    dataCentre: 'us',
    accountsUrl: `${origin}/zoho-accounts`,
    apiUrl: undefined,
    apiVersion,
    credentials,
    mapping: zohoMapping,
    ratePerMinute: 100_000,
    ratePerDay: 1_000_000,
    localShare: 1,
    redis: undefined,
    seal: { seal: async (text) => text, open: async (text) => text },
    timeoutMs: 1_000,
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined },
    clock: () => new Date()
  })
  const { provider, budget } = connection
  test.teardown(async () => {
    await connection.close()
    await simulators.app.close()
  })
  const { state } = simulators
  const upsert = (...records: (CrmValues & { crmId?: string })[]) =>
    provider.upsertRecords(
      'Leads',
      records.map(({ crmId, ...values }) => ({ crmId: typeof crmId === 'string' ? crmId : null, values })),
      live
    )
  return { state, provider, upsert, budget }
}

const marco = { Last_Name: 'Ellison', Email: 'marco@ellison.example', Leadlog_Id: 'lead-marco' }
const anna = { Last_Name: 'Berg', Email: 'anna@berg.example', Leadlog_Id: 'lead-anna' }

void t.test('records are inserted, found by e-mail, and changed by id', async (t) => {
  const { state, upsert } = await start(t)
  const [inserted] = await upsert(marco)
  t.match(inserted, { outcome: { kind: 'written', action: 'insert' }, httpStatus: 201, batchSize: 1 })
  const crmId = inserted?.outcome.kind === 'written' ? inserted.outcome.crmId : ''
  t.match(crmId, /^\d{19}$/)
  const [again] = await upsert({ ...marco, Email: 'MARCO@ellison.example', Need: 'routes' })
  t.match(again, { outcome: { kind: 'written', action: 'update', crmId } })
  const [byId, added] = await upsert({ ...marco, Email: 'new@ellison.example', crmId }, anna)
  t.match(byId, { outcome: { kind: 'written', action: 'update', crmId }, batchSize: 1 })
  t.match(added, { outcome: { kind: 'written', action: 'insert' } })
  t.equal(state.zoho.list('Leads').length, 2)
  t.match(state.zoho.get('Leads', crmId), { Email: 'new@ellison.example', Need: 'routes' })
})

void t.test('one refused record does not touch the others of its call', async (t) => {
  const { state, upsert } = await start(t)
  const answers = await upsert(marco, { Last_Name: 'Bad', Email: 'not an address' }, anna)
  t.match(answers, [
    { outcome: { kind: 'written' }, httpStatus: 207, batchSize: 3 },
    { outcome: { kind: 'refused', code: 'INVALID_DATA', field: 'Email' } },
    { outcome: { kind: 'written' } }
  ])
  t.equal(state.journal.list({ vendor: 'zoho' }).length, 1, 'one call for all')
  const [none] = await upsert({ Last_Name: 'Bad', Email: 'x' })
  t.match(none, { outcome: { kind: 'refused' }, httpStatus: 400 })
})

void t.test('a record known by our id under another e-mail is updated, not made twice', async (t) => {
  const { state, upsert } = await start(t)
  await upsert(marco)
  const [moved] = await upsert({ ...marco, Email: 'marco@new.example' })
  t.match(moved, { outcome: { kind: 'written', action: 'update' } })
  t.match(state.zoho.list('Leads'), [{ Email: 'marco@new.example' }])
})

void t.test("somebody else's unique value is refused and their record left alone", async (t) => {
  const { state, upsert } = await start(t)
  const [inserted] = await upsert(marco, anna)
  const crmId = inserted?.outcome.kind === 'written' ? inserted.outcome.crmId : ''
  const [refused] = await upsert({ ...marco, Email: anna.Email, crmId })
  t.match(refused, { outcome: { kind: 'refused', code: 'DUPLICATE_DATA', field: 'Email' } })
  t.match(
    state.zoho.list('Leads').map(({ Email }) => Email),
    [marco.Email, anna.Email]
  )
})

void t.test('a record that is gone is refused by its id, not made again', async (t) => {
  const { upsert } = await start(t)
  const [answer] = await upsert({ ...marco, crmId: '4150868000008999999' })
  t.match(answer, { outcome: { kind: 'refused', code: 'INVALID_DATA', field: 'id' } })
})

void t.test('the older versions answer otherwise and mean the same', async (t) => {
  const { state, provider, upsert } = await start(t, {}, 'v2')
  const [written, refused] = await upsert(marco, { Last_Name: 'Bad', Email: 'x' })
  t.match(written, { outcome: { kind: 'written' }, httpStatus: 202 })
  t.match(refused, { outcome: { kind: 'refused', code: 'INVALID_DATA' } })
  const crmId = written?.outcome.kind === 'written' ? written.outcome.crmId : ''
  const note = await provider.createNote('Leads', { crmId, title: 'T', content: 'C\n\nRef: LL-1' }, live)
  t.match(note, { outcome: { kind: 'written' } })
  t.equal(state.zoho.list('Notes').length, 1)
})

void t.test('a time-out after the work is unknown, and the repetition finds the record', async (t) => {
  const { state, upsert } = await start(t)
  state.faults.set([{ vendor: 'zoho', route: 'upsert', kind: 'timeout-after', count: 1 }])
  const [lost] = await upsert(marco)
  t.match(lost, { outcome: { kind: 'unknown', reason: 'timed-out' }, httpStatus: null })
  t.equal(state.zoho.list('Leads').length, 1, 'the work was done')
  t.match(await upsert(marco), [{ outcome: { kind: 'written', action: 'update' } }])
  t.equal(state.zoho.list('Leads').length, 1)
})

void t.test('a 500 leaves it open whether it was done; a 503 does not', async (t) => {
  const { state, upsert } = await start(t)
  state.faults.set([{ vendor: 'zoho', kind: '500', count: 1 }])
  t.match(await upsert(marco), [{ outcome: { kind: 'unknown', reason: 'server-error' }, httpStatus: 500 }])
  state.faults.set([{ vendor: 'zoho', kind: '503', count: 1 }])
  t.match(await upsert(marco), [{ outcome: { kind: 'failed', error: { name: 'TransientError' } }, httpStatus: 503 }])
})

void t.test('a 429 pauses the lane for the time it names, then the call goes again', async (t) => {
  const { state, upsert, budget, provider } = await start(t)
  state.faults.set([{ vendor: 'zoho', route: 'upsert', kind: '429', retryAfterSeconds: 1, count: 1 }])
  const refused = upsert(marco)
  await eventually(() => budget.snapshot().pausedUntil.live !== null)
  t.equal(budget.snapshot().pausedUntil.person, null)
  await provider.fieldMetadata('Leads', { lane: 'person' })
  t.equal(state.zoho.list('Leads').length, 0, 'a person is served during the pause')
  const [answer] = await refused
  t.match(answer, { outcome: { kind: 'written' }, httpStatus: 201 })
  t.ok((answer?.waitedMs ?? 0) > 500)
})

void t.test('a limit that lasts is left to a later delivery', async (t) => {
  const { state, upsert } = await start(t)
  state.faults.set([{ vendor: 'zoho', kind: 'error', code: 'LIMIT_EXCEEDED' }])
  t.match(await upsert(marco), [
    { outcome: { kind: 'failed', error: { code: 'OUTBOUND_RATE_LIMITED', retryAfterMs: 900_000 } } }
  ])
})

void t.test('an expired token is renewed once, unseen by the caller', async (t) => {
  const { state, upsert } = await start(t)
  await upsert(marco)
  state.zohoTokens.revokeAll()
  t.match(await upsert(anna), [{ outcome: { kind: 'written' } }])
  t.equal(state.zohoTokens.issued(), 2)
})

void t.test('credentials that are refused with HTTP 200 are told as such', async (t) => {
  const { state, upsert } = await start(t)
  state.faults.set([{ vendor: 'zoho-accounts', kind: 'error', code: 'invalid_code' }])
  t.match(await upsert(marco), [
    { outcome: { kind: 'failed', error: { name: 'PermanentError', code: 'CRM_SYNC_ZOHO_CREDENTIALS_REFUSED' } } }
  ])
})

void t.test('too many token requests wait for the window to pass', async (t) => {
  const { state, upsert } = await start(t, { settings: { zohoTokensPerWindow: 1 } })
  t.match(await upsert(marco), [{ outcome: { kind: 'written' } }])
  state.zohoTokens.revokeAll()
  t.match(await upsert(anna), [
    { outcome: { kind: 'failed', error: { code: 'CRM_SYNC_ZOHO_LIMITED', retryAfterMs: 200_000 } } }
  ])
})

void t.test('a note is found by its reference on the record, however late the answer was lost', async (t) => {
  const { state, provider, upsert } = await start(t, { settings: { zohoSearchLagMs: 60_000 } })
  const [written] = await upsert(marco)
  const crmId = written?.outcome.kind === 'written' ? written.outcome.crmId : ''
  t.equal(await provider.findNote('Leads', crmId, 'Ref: LL-0a1b2c3d', live), null, 'no notes: HTTP 204')
  for (let number = 0; number < 205; number++) {
    await provider.createNote('Leads', { crmId, title: 'Other', content: `Ref: LL-0a1b2c3d-${number}` }, live)
  }
  state.faults.set([{ vendor: 'zoho', route: 'Notes', kind: 'timeout-after', count: 1 }])
  const note = { crmId, title: 'Demo booking', content: 'Q: Why?\n\nRef: LL-0a1b2c3d' }
  t.match(await provider.createNote('Leads', note, live), { outcome: { kind: 'unknown' } })
  const found = await provider.findNote('Leads', crmId, 'Ref: LL-0a1b2c3d', live)
  t.match(state.zoho.get('Notes', found ?? ''), { Note_Title: 'Demo booking' })
})

void t.test("the fields' metadata is read once and kept", async (t) => {
  const { state, provider } = await start(t)
  const [fields] = await Promise.all([
    provider.fieldMetadata('Leads', live),
    provider.fieldMetadata('Leads', live),
    provider.fieldMetadata('Leads', live)
  ])
  t.match(fields.find(({ apiName }) => apiName === 'Lead_Status')?.choices, ['-None-', 'Attempted to Contact'])
  t.match(
    fields.find(({ apiName }) => apiName === 'Last_Name'),
    { compulsory: true, maxLength: 80, readOnly: false }
  )
  t.equal(state.journal.list({ vendor: 'zoho' }).length, 1)
})
