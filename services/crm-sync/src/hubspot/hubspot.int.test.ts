import t, { type Test } from 'tap'
import type { SimulatorOptions } from '@leadlog/simulators'
import { eventually } from '@leadlog/testing'
import { hubspotMapping } from '../mapping/hubspot-mapping.ts'
import { connectedCrm } from '../fixtures/connected-crm.ts'
import { hubspot } from '../fixtures/crms.ts'
import { connectHubspot } from './connect-hubspot.ts'
import type { HubspotCredentials } from './hubspot-access.ts'

const oauth: HubspotCredentials = {
  kind: 'oauth',
  clientId: 'simulated-hubspot-client',
  clientSecret: 'simulated-hubspot-client-secret',
  refreshToken: 'simulated-hubspot-refresh-token'
}

const start = (test: Test, options: SimulatorOptions = {}, credentials?: HubspotCredentials) =>
  connectedCrm(
    test,
    credentials === undefined
      ? hubspot
      : {
          ...hubspot,
          connect: (origin, surroundings) =>
            connectHubspot({ ...surroundings, apiUrl: `${origin}/hubspot`, credentials, mapping: hubspotMapping })
        },
    options
  )

const marco = { leadId: 'lead-marco', lastName: 'Ellison', email: 'marco@ellison.example' }
const anna = { leadId: 'lead-anna', lastName: 'Berg', email: 'anna@berg.example' }
const bad = { lastName: 'Bad', email: 'not an address' }

void t.test('where HubSpot gives no results per record, the refused one is found by halves', async (t) => {
  const { state, upsert, records } = await start(t, { settings: { hubspotMultiStatus: false } })
  const good = Array.from({ length: 12 }, (_, number) => ({ lastName: 'L', email: `p${number}@x.example` }))
  const answers = await upsert(...good.slice(0, 5), bad, ...good.slice(5), { ...anna, status: 'Nowhere' })
  t.strictSame(
    answers.map(({ outcome }) => (outcome.kind === 'refused' ? outcome.code : outcome.kind)),
    [...good.slice(0, 5).map(() => 'written'), 'INVALID_EMAIL', ...good.slice(5).map(() => 'written'), 'INVALID_OPTION']
  )
  t.equal(records().length, 12)
  t.ok(state.journal.list({ vendor: 'hubspot' }).length < 20)
})

void t.test('a contact that has the address as a further one is changed and keeps its first', async (t) => {
  const { state, upsert, records } = await start(t)
  state.hubspot.insert('contacts', {
    email: 'm@home.example',
    hs_additional_emails: 'x@x.example;marco@ellison.example'
  })
  t.match(await upsert({ ...marco, need: 'routes' }), [{ outcome: { kind: 'written', action: 'update' } }])
  t.match(records(), [{ email: 'm@home.example', need: 'routes', leadId: 'lead-marco' }])
  t.equal(records().length, 1)
})

void t.test('an address that comes twice goes in two calls, the later one last', async (t) => {
  const { state, upsert, records } = await start(t)
  const answers = await upsert({ ...marco, need: 'first' }, anna, {
    ...marco,
    email: 'MARCO@Ellison.example',
    need: 'last'
  })
  t.match(answers, [
    { outcome: { kind: 'written', action: 'insert' }, batchSize: 2 },
    { outcome: { kind: 'written', action: 'insert' } },
    { outcome: { kind: 'written', action: 'update' }, batchSize: 1 }
  ])
  t.match(records(), [{ need: 'last' }, { email: anna.email }])
  t.equal(state.journal.list({ vendor: 'hubspot' }).length, 2)
})

void t.test('each limit is waited out for its own time, and the day is not insisted on', async (t) => {
  const { state, upsert, budget } = await start(t)
  const pauseAfter = async (code: string) => {
    state.faults.set([{ vendor: 'hubspot', kind: 'error', code }])
    const before = Date.now()
    const call = upsert(marco)
    const until = await untilPaused(() => budget.snapshot().pausedUntil.live)
    return { seconds: Math.round((until.getTime() - before) / 1000), call }
  }
  const secondly = await pauseAfter('SECONDLY')
  t.ok(secondly.seconds <= 2)
  state.faults.set([])
  t.match(await secondly.call, [{ outcome: { kind: 'written' } }])
  const daily = await pauseAfter('DAILY')
  t.match(await daily.call, [
    { outcome: { kind: 'failed', error: { code: 'OUTBOUND_RATE_LIMITED', retryAfterMs: 1_800_000 } } }
  ])
  const refusals = state.journal.list({ vendor: 'hubspot' }).filter(({ fault }) => fault === 'error DAILY')
  t.equal(refusals.length, 1)
})

void t.test('the rolling limit is waited out for the time that its headers name', async (t) => {
  const { state, upsert, budget } = await start(t, { settings: { hubspotRequestsPerTenSeconds: 1 } })
  await upsert(marco)
  const before = Date.now()
  const waiting = upsert(anna)
  const until = await untilPaused(() => budget.snapshot().pausedUntil.live)
  t.ok(until.getTime() - before > 9_000)
  state.settings.hubspotRequestsPerTenSeconds = null
  t.match(await waiting, [{ outcome: { kind: 'written' } }])
})

void t.test('an expired OAuth token is renewed once, unseen by the caller', async (t) => {
  const { state, upsert } = await start(t, {}, oauth)
  t.match(await upsert(marco), [{ outcome: { kind: 'written' } }])
  state.hubspotTokens.revokeAll()
  t.match(await upsert(anna), [{ outcome: { kind: 'written' } }])
  t.equal(state.hubspotTokens.issued(), 2)
})

void t.test('an OAuth app that is refused, and one without the scopes, are told as such', async (t) => {
  const { upsert } = await start(t, {}, { ...oauth, refreshToken: 'x' })
  t.match(await upsert(marco), [
    {
      outcome: { kind: 'failed', error: { code: 'CRM_SYNC_HUBSPOT_CREDENTIALS_REFUSED', message: /BAD_REFRESH_TOKEN/ } }
    }
  ])
  const other = await start(t)
  other.state.faults.set([{ vendor: 'hubspot', kind: 'error', code: 'MISSING_SCOPES' }])
  t.match(await other.upsert(marco), [
    { outcome: { kind: 'failed', error: { code: 'CRM_SYNC_HUBSPOT_CREDENTIALS_REFUSED', message: /crm\.objects/ } } }
  ])
})

async function untilPaused(look: () => Date | null): Promise<Date> {
  return eventually(() => look() ?? false)
}
