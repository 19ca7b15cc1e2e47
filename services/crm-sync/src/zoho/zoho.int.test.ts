import type { SimulatorOptions } from '@leadlog/simulators'
import t, { type Test } from 'tap'
import type { ObjectTarget } from '../crm-provider.ts'
import { connectedCrm, live } from '../fixtures/connected-crm.ts'
import { zoho } from '../fixtures/crms.ts'
import { zohoMapping } from '../mapping/zoho-mapping.ts'
import { connectZoho } from './connect-zoho.ts'
import type { ZohoCredentials } from './zoho-token.ts'

const credentials: ZohoCredentials = {
  clientId: '1000.SIMULATEDCLIENT',
  clientSecret: 'simulated-zoho-client-secret',
  refreshToken: '1000.simulated.refreshtoken'
}

const start = (test: Test, options: SimulatorOptions = {}, apiVersion = 'v8') =>
  connectedCrm(
    test,
    {
      ...zoho,
      connect: (origin, surroundings) =>
        connectZoho({
          ...surroundings,
          dataCentre: 'us',
          accountsUrl: `${origin}/zoho-accounts`,
          apiUrl: undefined,
          apiVersion,
          credentials,
          mapping: zohoMapping
        })
    },
    options
  )

const marco = { lastName: 'Ellison', email: 'marco@ellison.example', leadId: 'lead-marco' }
const anna = { lastName: 'Berg', email: 'anna@berg.example', leadId: 'lead-anna' }

void t.test('one refused record does not touch the others of its call', async (t) => {
  const { state, upsert } = await start(t)
  const answers = await upsert(marco, { lastName: 'Bad', email: 'not an address' }, anna)
  t.match(answers, [
    { outcome: { kind: 'written' }, httpStatus: 207, batchSize: 3 },
    { outcome: { kind: 'refused', code: 'INVALID_DATA', field: 'Email' } },
    { outcome: { kind: 'written' } }
  ])
  t.equal(state.journal.list({ vendor: 'zoho' }).length, 1, 'one call for all')
  const [none] = await upsert({ lastName: 'Bad', email: 'x' })
  t.match(none, { outcome: { kind: 'refused' }, httpStatus: 400 })
})

void t.test('the older versions answer otherwise and mean the same', async (t) => {
  const { state, provider, upsert } = await start(t, {}, 'v2')
  const [written, refused] = await upsert(marco, { lastName: 'Bad', email: 'x' })
  t.match(written, { outcome: { kind: 'written' }, httpStatus: 202 })
  t.match(refused, { outcome: { kind: 'refused', code: 'INVALID_DATA' } })
  const crmId = written?.outcome.kind === 'written' ? written.outcome.crmId : ''
  const note = await provider.createNote('Leads', { crmId, title: 'T', content: 'C\n\nRef: LL-1' }, live)
  t.match(note, { outcome: { kind: 'written' } })
  t.equal(state.zoho.list('Notes').length, 1)
})

void t.test('a 500 leaves it open whether it was done; a 503 does not', async (t) => {
  const { state, upsert } = await start(t)
  state.faults.set([{ vendor: 'zoho', kind: '500', count: 1 }])
  t.match(await upsert(marco), [{ outcome: { kind: 'unknown', reason: 'server-error' }, httpStatus: 500 }])
  state.faults.set([{ vendor: 'zoho', kind: '503', count: 1 }])
  t.match(await upsert(marco), [{ outcome: { kind: 'failed', error: { name: 'TransientError' } }, httpStatus: 503 }])
})

const tasks: ObjectTarget = {
  kind: 'task',
  module: 'Tasks',
  keyField: 'Leadlog_Id',
  emailField: null,
  ownerField: 'Owner'
}

const HOUR_MS = 3_600_000

for (const apiVersion of ['v8', 'v2']) {
  void t.test(`a task is found behind thousands of newer ones, and no further back, in ${apiVersion}`, async (t) => {
    const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS)
    let now = ago(20)
    const options = { clock: () => now, settings: { zohoSearchLagMs: HOUR_MS } }
    const { state, provider } = await start(t, options, apiVersion)
    const insert = (count: number) => {
      for (let index = 0; index < count; index += 1) state.zoho.insert('Tasks', { Subject: `Task ${index}` })
    }
    insert(600)
    now = ago(10)
    const { id } = state.zoho.insert('Tasks', { Subject: 'Ours', Leadlog_Id: 'ours' })
    now = ago(4)
    insert(2_300)
    const find = provider.finderOf('task')
    const look = async (since: Date, ...keys: string[]) => [
      ...((await find?.(tasks, { keys, since, longAgo: false }, live)) ?? [])
    ]
    const calls = () => state.journal.list({ vendor: 'zoho' }).length
    t.strictSame(await look(ago(10), 'ours', 'nobody'), [['ours', id]])
    t.equal(calls(), 12, 'the oldest ones are not gone through')
    state.zoho.insert('Tasks', { Subject: 'New', Leadlog_Id: 'new' })
    t.match(await look(ago(10), 'new'), [['new', /^\d+$/]])
    t.equal(calls(), 13, 'one that was just made is on the first page')
  })
}

void t.test('what may have been made long ago is searched for too, by its very key', async (t) => {
  let now = new Date(Date.now() - 1_000 * HOUR_MS)
  const { state, provider } = await start(t, { clock: () => now, settings: { zohoSearchLagMs: HOUR_MS } })
  const { id } = state.zoho.insert('Tasks', { Subject: 'Ours', Leadlog_Id: 'ours' })
  state.zoho.insert('Tasks', { Subject: 'Another', Leadlog_Id: 'OURS' })
  now = new Date(Date.now() - 500 * HOUR_MS)
  for (let index = 0; index < 200; index += 1) state.zoho.insert('Tasks', { Subject: `Task ${index}` })
  now = new Date()
  const wanted = { keys: ['ours', 'nobody'], since: now }
  const look = async (longAgo: boolean) => [
    ...((await provider.finderOf('task')?.(tasks, { ...wanted, longAgo }, live)) ?? [])
  ]
  t.strictSame(await look(false), [], 'the list ends before it')
  t.strictSame(await look(true), [['ours', id]])
  t.equal(state.journal.list({ vendor: 'zoho' }).filter(({ route }) => route.includes('/search')).length, 2)
})

void t.test('no tasks are an answer, a list that cannot be read is none', async (t) => {
  const { state, provider } = await start(t)
  const look = async () =>
    provider.finderOf('task')?.(tasks, { keys: ['ours'], since: new Date(), longAgo: false }, live)
  t.strictSame(await look(), new Map())
  state.zoho.insert('Tasks', { Subject: 'Ours', Leadlog_Id: 'ours' })
  for (const kind of ['500', '503', 'drop-after'] as const) {
    state.faults.set([{ vendor: 'zoho', kind, count: 10 }])
    await t.rejects(look(), { name: 'TransientError' }, kind)
  }
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

void t.test('too many token requests wait for the window to pass', async (t) => {
  const { state, upsert } = await start(t, { settings: { zohoTokensPerWindow: 1 } })
  t.match(await upsert(marco), [{ outcome: { kind: 'written' } }])
  state.zohoTokens.revokeAll()
  t.match(await upsert(anna), [
    { outcome: { kind: 'failed', error: { code: 'CRM_SYNC_ZOHO_LIMITED', retryAfterMs: 200_000 } } }
  ])
})
