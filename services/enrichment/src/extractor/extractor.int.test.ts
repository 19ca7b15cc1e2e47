import { createCircuit, createVendorClient } from '@leadlog/outbound'
import { createSimulators, type FaultRule } from '@leadlog/simulators'
import t, { type Test } from 'tap'
import { createGeminiProvider } from '../gemini/gemini-provider.ts'
import { retryDelayOf } from '../gemini/retry-delay.ts'
import type { BookingInput } from '../lead-intel/booking-input.ts'
import { meetingQuality } from '../meddic/meeting-quality.ts'
import { modelHttp } from '../model-http/model-http.ts'
import { createOpenAiProvider } from '../openai/openai-provider.ts'
import { freightMeeting } from '../rules/meddic/meeting.fixture.ts'
import { createExtractor } from './create-extractor.ts'
import { createModelExtractor } from './model-extractor.ts'
import { createRulesExtractor } from './rules-extractor.ts'

const booking: BookingInput = {
  customer: {
    email: 'marta.kowalczyk@brightloom.example',
    name: 'Marta Kowalczyk',
    firstName: null,
    lastName: null,
    phone: null,
    timezone: 'Europe/Warsaw'
  },
  title: 'Product demo',
  host: { name: 'Dana Whitfield', email: null },
  guests: [],
  answers: [
    { question: 'Company name', answer: 'Brightloom Textiles' },
    { question: 'What budget have you set aside?', answer: 'About 25,000 EUR a year' },
    { question: 'Which tools do you use today?', answer: 'Zoho CRM, Calendly' }
  ],
  tracking: {}
}

/** Both providers, through the real client, against simulated vendors that fail as told. */
async function setUp(t: Test, faults: FaultRule[] = [], model = 'gemini-3.5-flash') {
  const { app, state } = await createSimulators({ settings: { llmLatencyMs: 0 } })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  state.faults.set(faults)
  const circuit = createCircuit({ vendor: 'gemini', leastCalls: 2, lastCalls: 2 })
  const common = { privateHosts: ['127.0.0.1'], serverErrorMeans: 'not-done', readRetryAfterMs: retryDelayOf } as const
  const geminiClient = createVendorClient({ vendor: 'gemini', baseUrl: `${address}/gemini`, circuit, ...common })
  const openaiClient = createVendorClient({ vendor: 'openai', baseUrl: `${address}/openai/v1`, ...common })
  t.teardown(async () => {
    await Promise.all([geminiClient.close(), openaiClient.close()])
    await app.close()
  })
  const now = () => 0
  const gemini = (apiKey = 'simulated-gemini-key') =>
    createGeminiProvider({ http: modelHttp(geminiClient, 'live'), apiKey, model, now })
  const openai = createOpenAiProvider({
    http: modelHttp(openaiClient, 'live'),
    apiKey: 'simulated-openai-key',
    model: 'gpt-4o-mini'
  })
  const read = (provider = gemini()) => createModelExtractor({ provider, now })
  const withFallback = createExtractor({
    primary: read(),
    fallback: createRulesExtractor(now),
    circuitOpen: () => circuit.state() === 'open',
    switchedOff: () => false
  })
  return { read, gemini, openai, state, withFallback }
}

void t.test('both vendors read a booking and a meeting', async (t) => {
  const { read, gemini, openai } = await setUp(t)
  for (const provider of [gemini(), openai]) {
    const lead = await read(provider).leadIntel(booking)
    t.match(lead.value, { company: 'Brightloom Textiles', budget: 'About 25,000 EUR a year' })
    t.match(lead.call, { provider: provider.name, calls: 1, repaired: false })
    t.ok(lead.call.inputTokens > 0 && lead.call.costMicroUsd > 0)
    const meddic = await read(provider).meddic(freightMeeting, meetingQuality(freightMeeting))
    t.match(meddic.value.economicBuyer, 'She holds the purse')
    t.strictSame(meddic.unsupported, [])
    t.match(meddic.call, { promptVersion: 'meddic-1', calls: 1 })
  }
})

void t.test('fenced answers are read, spoiled ones repaired once, twice spoiled ones refused', async (t) => {
  const fault = (kind: FaultRule['kind'], code?: string): FaultRule[] => [
    { vendor: 'gemini', kind, ...(code === undefined ? {} : { code }) }
  ]
  const fenced = await setUp(t, fault('fenced'))
  t.match((await fenced.read().leadIntel(booking)).call, { calls: 1, repaired: false })
  for (const kind of ['invalid-json', 'invalid-schema', 'truncated'] as const) {
    const spoiled = await setUp(t, fault(kind))
    const { value, call } = await spoiled.read().leadIntel(booking)
    t.match(call, { calls: 2, repaired: true }, kind)
    t.equal(value.company, 'Brightloom Textiles')
    const twice = await setUp(t, fault(kind, 'always'))
    await t.rejects(twice.read().leadIntel(booking), { code: 'ENRICHMENT_ANSWER_INVALID' }, kind)
  }
  const blocked = await setUp(t, fault('blocked'))
  await t.rejects(blocked.read().leadIntel(booking), {
    code: 'ENRICHMENT_MODEL_REFUSED',
    message: /PROHIBITED_CONTENT/
  })
})

void t.test('failures of the vendor arrive as what they are', async (t) => {
  const failing = async (code: string, expected: object) => {
    const { read } = await setUp(t, [{ vendor: 'gemini', kind: 'error', code }])
    const failure = await read()
      .leadIntel(booking)
      .catch((error: unknown) => error)
    t.match(failure, expected, code)
  }
  await failing('per-minute', { code: 'ENRICHMENT_MODEL_BUSY', retryAfterMs: 19_000 })
  await failing('per-day', { code: 'ENRICHMENT_MODEL_DAILY_QUOTA', retryAfterMs: 52_758_000 })
  await failing('503', { code: 'ENRICHMENT_MODEL_UNAVAILABLE' })
  await failing('404', { code: 'ENRICHMENT_MODEL_NOT_FOUND' })
  const { read, gemini } = await setUp(t)
  await t.rejects(read(gemini('wrong')).leadIntel(booking), { code: 'ENRICHMENT_MODEL_KEY_INVALID' })
})

void t.test('when the vendor keeps failing, the circuit opens and the rules read', async (t) => {
  const { withFallback, state } = await setUp(t, [{ vendor: 'gemini', kind: 'error', code: '503' }])
  await t.rejects(withFallback.leadIntel(booking), { code: 'ENRICHMENT_MODEL_UNAVAILABLE' })
  const second = await withFallback.leadIntel(booking)
  t.match(second.call, { provider: 'rules', fallbackBecause: 'circuit-open' }, 'with the failure that opens it')
  const asked = state.journal.list().length
  t.match((await withFallback.leadIntel(booking)).call, { provider: 'rules', fallbackBecause: 'circuit-open' })
  t.equal(state.journal.list().length, asked, 'and without asking while it is open')
})
