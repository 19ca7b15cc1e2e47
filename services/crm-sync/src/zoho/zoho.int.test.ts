import type { SimulatorOptions } from '@leadlog/simulators'
import t, { type Test } from 'tap'
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
