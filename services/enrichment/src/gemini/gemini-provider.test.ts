import { PermanentError, TransientError } from '@leadlog/contracts'
import t from 'tap'
import type { ModelHttp, ModelHttpRequest, ModelHttpResponse } from '../model/model-provider.ts'
import { createGeminiProvider } from './gemini-provider.ts'
import { msUntilMidnight } from './quota-day.ts'

/** 06:00 in California. */
const now = Date.parse('2026-11-18T14:00:00Z')

function server(...responses: Partial<ModelHttpResponse>[]) {
  const requests: ModelHttpRequest[] = []
  const http: ModelHttp = {
    async call(request) {
      requests.push(request)
      return { status: 200, headers: {}, body: {}, ...responses[Math.min(requests.length, responses.length) - 1] }
    }
  }
  return { http, requests }
}

const request = {
  system: 'Answer with JSON.',
  user: 'Extract the outcome.',
  schemaName: 'outcome',
  jsonSchema: { type: 'object', properties: { outcome: { type: 'string' } } },
  maxOutputTokens: 1024
}

function generate(responses: Partial<ModelHttpResponse>[], model = 'gemini-2.5-flash') {
  const { http, requests } = server(...responses)
  const provider = createGeminiProvider({ http, apiKey: 'key-1', model, now: () => now })
  return { reply: provider.generate(request), requests, provider }
}

const answered = (parts: object[], finishReason = 'STOP') => ({
  body: {
    candidates: [{ content: { parts, role: 'model' }, finishReason, index: 0 }],
    usageMetadata: { promptTokenCount: 812, candidatesTokenCount: 14, totalTokenCount: 1050, thoughtsTokenCount: 224 }
  }
})

const failed = (status: number, error: object) => ({ status, body: { error: { code: status, ...error } } })

void t.test('asks for JSON by schema with the key in a header and joins all parts but thoughts', async (t) => {
  const parts = [{ text: 'thinking {', thought: true }, { text: '{"outcome":' }, { text: '"booked"}' }]
  const { reply, requests } = generate([answered(parts)])
  t.strictSame(await reply, {
    text: '{"outcome":"booked"}',
    finish: 'stop',
    reason: 'STOP',
    inputTokens: 812,
    outputTokens: 238,
    requests: 1
  })
  t.strictSame(requests, [
    {
      method: 'POST',
      path: '/v1beta/models/gemini-2.5-flash:generateContent',
      headers: { 'x-goog-api-key': 'key-1' },
      operation: 'generate-content',
      body: {
        contents: [{ role: 'user', parts: [{ text: 'Extract the outcome.' }] }],
        systemInstruction: { parts: [{ text: 'Answer with JSON.' }] },
        generationConfig: {
          temperature: 0,
          maxOutputTokens: 1024,
          responseMimeType: 'application/json',
          responseJsonSchema: request.jsonSchema
        }
      }
    }
  ])
  const newer = generate([answered(parts)], 'gemini-3.5-flash')
  await newer.reply
  t.notOk('temperature' in (newer.requests[0]?.body as { generationConfig: object }).generationConfig)
})

void t.test('a cut answer, a blocked prompt and a declined answer are told apart', async (t) => {
  t.match(await generate([answered([{ text: '{"outcome":"bo' }], 'MAX_TOKENS')]).reply, { finish: 'length' })
  t.match(await generate([answered([], 'SPII')]).reply, { finish: 'refused', reason: 'SPII', text: '' })
  const blocked = {
    body: { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' }, usageMetadata: { promptTokenCount: 9 } }
  }
  t.match(await generate([blocked]).reply, {
    finish: 'refused',
    reason: 'PROHIBITED_CONTENT',
    inputTokens: 9,
    outputTokens: 0
  })
})

const violation = (quotaId: string) => ({
  '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
  violations: [{ quotaMetric: 'generate_content_free_tier_requests', quotaId, quotaValue: '10' }]
})
const retryInfo = (retryDelay: string) => ({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay })
const limited = (message: string, ...details: object[]) =>
  failed(429, { status: 'RESOURCE_EXHAUSTED', message, details })

void t.test('a limit per minute waits what the vendor says', async (t) => {
  const perMinute = violation('GenerateRequestsPerMinutePerProjectPerModel-FreeTier')
  const busy = { code: 'ENRICHMENT_MODEL_BUSY' }
  await t.rejects(generate([limited('quota', perMinute, retryInfo('19s'))]).reply, { ...busy, retryAfterMs: 19_000 })
  await t.rejects(generate([limited('Please retry in 19.424s.', perMinute)]).reply, { ...busy, retryAfterMs: 19_424 })
  await t.rejects(generate([limited('quota')]).reply, { ...busy, retryAfterMs: undefined })
})

void t.test('a quota of the day waits until it starts anew', async (t) => {
  const perDay = violation('GenerateRequestsPerDayPerProjectPerModel-FreeTier')
  const daily = { code: 'ENRICHMENT_MODEL_DAILY_QUOTA', message: /LLM_PROVIDER=rules/ }
  const told = generate([limited('quota', perDay, retryInfo('52758s'))]).reply
  await t.rejects(told, { ...daily, retryAfterMs: 52_758_000 })
  const untold = generate([limited('quota', perDay, retryInfo('31s'))]).reply
  await t.rejects(untold, { ...daily, retryAfterMs: 18 * 60 * 60_000 }, 'midnight Pacific time')
  t.equal(msUntilMidnight(Date.parse('2026-11-18T07:59:59.250Z'), 'America/Los_Angeles'), 750)
})

void t.test('overload and faults pass by themselves', async (t) => {
  const responses: Partial<ModelHttpResponse>[] = [
    failed(503, { status: 'UNAVAILABLE', message: 'The model is overloaded.' }),
    failed(500, { status: 'INTERNAL', message: '' }),
    failed(504, { status: 'DEADLINE_EXCEEDED' }),
    { status: 502, body: '<html><h1>Bad gateway</h1></html>' }
  ]
  for (const response of responses) {
    const failure = await generate([response]).reply.catch((error: unknown) => error)
    t.type(failure, TransientError)
    t.match(failure, { code: 'ENRICHMENT_MODEL_UNAVAILABLE', message: new RegExp(String(response.status)) })
  }
  const later = { ...failed(503, {}), headers: { 'Retry-After': ['7'] } }
  await t.rejects(generate([later]).reply, { code: 'ENRICHMENT_MODEL_UNAVAILABLE', retryAfterMs: 7000 })
  await t.rejects(generate([{ body: 'ok' }]).reply, { code: 'ENRICHMENT_MODEL_REPLY_UNREADABLE' })
  await t.rejects(generate([{ body: { candidates: [] } }]).reply, { code: 'ENRICHMENT_MODEL_REPLY_UNREADABLE' })
})

void t.test('what somebody has to mend is permanent and says what to do', async (t) => {
  const badKey = failed(400, {
    status: 'INVALID_ARGUMENT',
    message: 'API key not valid. Please pass a valid API key.',
    details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }]
  })
  const cases: [Partial<ModelHttpResponse>, string, RegExp][] = [
    [badKey, 'ENRICHMENT_MODEL_KEY_INVALID', /GEMINI_API_KEY/],
    [failed(401, {}), 'ENRICHMENT_MODEL_KEY_INVALID', /GEMINI_API_KEY/],
    [failed(404, { status: 'NOT_FOUND' }), 'ENRICHMENT_MODEL_NOT_FOUND', /"gemini-2.5-flash".*GEMINI_MODEL/],
    [failed(403, { message: 'denied' }), 'ENRICHMENT_MODEL_NOT_PERMITTED', /denied/],
    [failed(400, { status: 'FAILED_PRECONDITION' }), 'ENRICHMENT_MODEL_NOT_PERMITTED', /region/],
    [failed(400, { message: 'Invalid JSON payload received.' }), 'ENRICHMENT_MODEL_REQUEST_INVALID', /Invalid JSON/]
  ]
  for (const [response, code, message] of cases) {
    const { reply, requests } = generate([response])
    const failure = await reply.catch((error: unknown) => error)
    t.type(failure, PermanentError, code)
    t.match(failure, { code, message })
    t.equal(requests.length, 1)
  }
})

void t.test('a model that objects to the schema is asked without it from then on', async (t) => {
  const objection = failed(400, { message: 'Unknown name "responseJsonSchema": Cannot find field.' })
  const { reply, requests, provider } = generate([objection, answered([{ text: '{}' }])])
  t.match(await reply, { text: '{}', requests: 2 })
  t.match(await provider.generate(request), { requests: 1 })
  const forms = requests.map(
    ({ body }) => 'responseJsonSchema' in (body as { generationConfig: object }).generationConfig
  )
  t.strictSame(forms, [true, false, false])
})
