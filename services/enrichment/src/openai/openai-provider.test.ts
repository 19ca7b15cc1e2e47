import { PermanentError, TransientError } from '@leadlog/contracts'
import t from 'tap'
import type { ModelHttp, ModelHttpRequest, ModelHttpResponse } from '../model/model-provider.ts'
import { createOpenAiProvider } from './openai-provider.ts'

type Responder = (request: ModelHttpRequest) => Partial<ModelHttpResponse>

const request = {
  system: 'Answer with JSON.',
  user: 'Extract the outcome.',
  schemaName: 'outcome',
  jsonSchema: { type: 'object', properties: { outcome: { type: 'string' } } },
  maxOutputTokens: 1024
}

function setUp(respond: Responder | Partial<ModelHttpResponse>, apiKey = 'sk-1') {
  const requests: ModelHttpRequest[] = []
  const http: ModelHttp = {
    async call(sent) {
      requests.push(sent)
      return { status: 200, headers: {}, body: {}, ...(typeof respond === 'function' ? respond(sent) : respond) }
    }
  }
  const provider = createOpenAiProvider({ http, apiKey, model: 'gpt-4o-mini' })
  return { requests, provider, generate: () => provider.generate(request) }
}

const chose = (message: object, finish_reason = 'stop') => ({
  body: {
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', refusal: null, ...message }, finish_reason }],
    usage: { prompt_tokens: 40, completion_tokens: 6, total_tokens: 46 }
  }
})
const answered = chose({ content: '{"outcome":"booked"}' })

void t.test('asks for a strict schema with a bearer key', async (t) => {
  const { generate, requests } = setUp(answered)
  t.strictSame(await generate(), {
    text: '{"outcome":"booked"}',
    finish: 'stop',
    inputTokens: 40,
    outputTokens: 6,
    requests: 1
  })
  t.strictSame(requests, [
    {
      method: 'POST',
      path: '/chat/completions',
      headers: { authorization: 'Bearer sk-1' },
      operation: 'chat-completion',
      body: {
        model: 'gpt-4o-mini',
        messages: [
          { role: 'system', content: 'Answer with JSON.' },
          { role: 'user', content: 'Extract the outcome.' }
        ],
        max_completion_tokens: 1024,
        temperature: 0,
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'outcome', strict: true, schema: request.jsonSchema }
        }
      }
    }
  ])
  const own = setUp(answered, '')
  await own.generate()
  t.strictSame(own.requests[0]?.headers, {}, 'a server of one’s own needs no key')
})

void t.test('cut, filtered and refused answers are told apart; content may come in parts', async (t) => {
  t.match(await setUp(chose({ content: '{"out' }, 'length')).generate(), { finish: 'length', text: '{"out' })
  t.match(await setUp(chose({ content: null }, 'content_filter')).generate(), { finish: 'refused' })
  t.match(await setUp(chose({ content: null, refusal: 'I can not.' })).generate(), {
    finish: 'refused',
    reason: 'refusal'
  })
  const parts = [
    { type: 'text', text: '{"a":' },
    { type: 'text', text: '1}' }
  ]
  t.match(await setUp(chose({ content: parts })).generate(), { text: '{"a":1}' })
  t.match(await setUp({ body: { choices: [{ message: { content: '{}' } }] } }).generate(), {
    finish: 'stop',
    inputTokens: 0
  })
  await t.rejects(setUp({ body: { choices: [] } }).generate(), { code: 'ENRICHMENT_MODEL_REPLY_UNREADABLE' })
})

/** A server that takes only the given optional parts and names the first other one in its own words. */
function pickyServer(takes: { formats: string[]; budget: string; temperature: boolean; say(part: string): object }) {
  return setUp(({ body }) => {
    const sent = body as Record<string, unknown> & { response_format?: { type: string } }
    const refuse = (part: string) => ({ status: 400, body: takes.say(part) })
    if (!(takes.budget in sent)) return refuse('max_completion_tokens')
    if ('temperature' in sent && !takes.temperature) return refuse('temperature')
    if (sent.response_format && !takes.formats.includes(sent.response_format.type)) return refuse('response_format')
    return answered
  })
}

void t.test('steps down to what the server takes and stays there', async (t) => {
  const objectOnly = pickyServer({
    formats: ['json_object'],
    budget: 'max_completion_tokens',
    temperature: true,
    say: (part) => ({ error: `'${part}.type' must be 'json_object' or 'text'` })
  })
  t.match(await objectOnly.generate(), { text: '{"outcome":"booked"}', requests: 2 })
  t.match(await objectOnly.generate(), { requests: 1 })
  t.match(objectOnly.requests[2]?.body, { response_format: { type: 'json_object' } })

  const plain = pickyServer({
    formats: [],
    budget: 'max_tokens',
    temperature: false,
    say: (part) => ({ error: { message: 'Unsupported parameter.', type: 'invalid_request_error', param: part } })
  })
  t.match(await plain.generate(), { text: '{"outcome":"booked"}', requests: 5 })
  t.strictSame(Object.keys(plain.requests[4]?.body as object).sort(), ['max_tokens', 'messages', 'model'])
})

void t.test('two requests at once step down by one, not by two', async (t) => {
  const server = pickyServer({
    formats: ['json_object'],
    budget: 'max_completion_tokens',
    temperature: true,
    say: (part) => ({ detail: `${part} json_schema is not supported` })
  })
  await Promise.all([server.generate(), server.generate()])
  await server.generate()
  t.match(server.requests.at(-1)?.body, { response_format: { type: 'json_object' } })
})

void t.test('limits are waited for, an empty account is not', async (t) => {
  const limit = {
    status: 429,
    headers: { 'retry-after': '20' },
    body: {
      error: { message: 'Rate limit reached. Please try again in 20s.', type: 'requests', code: 'rate_limit_exceeded' }
    }
  }
  await t.rejects(setUp(limit).generate(), { code: 'ENRICHMENT_MODEL_BUSY', retryAfterMs: 20_000 })
  const exact = { ...limit, headers: { 'retry-after': '20', 'Retry-After-Ms': '1250' } }
  await t.rejects(setUp(exact).generate(), { code: 'ENRICHMENT_MODEL_BUSY', retryAfterMs: 1250 })
  const dated = { 'retry-after': 'Wed, 18 Nov 2026 14:01:00 GMT', date: 'Wed, 18 Nov 2026 14:00:00 GMT' }
  await t.rejects(setUp({ ...limit, headers: dated }).generate(), {
    code: 'ENRICHMENT_MODEL_BUSY',
    retryAfterMs: 60_000
  })
  const quota = {
    error: { message: 'You exceeded your current quota.', type: 'insufficient_quota', code: 'insufficient_quota' }
  }
  const failure = await setUp({ status: 429, body: quota })
    .generate()
    .catch((error: unknown) => error)
  t.type(failure, PermanentError)
  t.match(failure, { code: 'ENRICHMENT_MODEL_QUOTA_EXHAUSTED', message: /Add credit/ })
})

void t.test('every way of saying error is understood', async (t) => {
  const cases: [Partial<ModelHttpResponse>, typeof TransientError | typeof PermanentError, object][] = [
    [{ status: 503, body: 'upstream connect error' }, TransientError, { message: /503 upstream connect error/ }],
    [{ status: 500, body: { detail: 'CUDA out of memory' } }, TransientError, { message: /CUDA/ }],
    [
      { status: 422, body: { detail: [{ loc: ['body'], msg: 'field required' }] } },
      PermanentError,
      { message: /field required/ }
    ],
    [{ body: { error: { code: 429, message: 'slow down' } } }, TransientError, { code: 'ENRICHMENT_MODEL_BUSY' }],
    [{ body: { error: { code: 502, message: 'provider' } } }, TransientError, { code: 'ENRICHMENT_MODEL_UNAVAILABLE' }],
    [{ body: { error: 'something broke' } }, TransientError, { message: /something broke/ }],
    [
      { status: 402, body: { error: { message: 'credits' } } },
      PermanentError,
      { code: 'ENRICHMENT_MODEL_QUOTA_EXHAUSTED' }
    ],
    [
      {
        status: 401,
        body: { error: { message: 'Incorrect API key provided: sk-abcdef****wxyz.', code: 'invalid_api_key' } }
      },
      PermanentError,
      { code: 'ENRICHMENT_MODEL_KEY_INVALID', message: /OPENAI_API_KEY/ }
    ],
    [
      { status: 404, body: { error: { message: 'The model `x` does not exist', code: 'model_not_found' } } },
      PermanentError,
      { code: 'ENRICHMENT_MODEL_NOT_FOUND', message: /OPENAI_MODEL/ }
    ],
    [
      { status: 404, body: { error: { message: "model 'qwen3' not found, try pulling it first" } } },
      PermanentError,
      { code: 'ENRICHMENT_MODEL_NOT_FOUND' }
    ],
    [{ status: 404, body: '404 page not found' }, PermanentError, { message: /OPENAI_API_URL/ }],
    [{ status: 400, body: { error: { message: 'bad sk-abcdefgh1234' } } }, PermanentError, { message: /bad \[key\]/ }]
  ]
  for (const [response, type, expected] of cases) {
    const failure = await setUp(response)
      .generate()
      .catch((error: unknown) => error)
    t.type(failure, type, JSON.stringify(response))
    t.match(failure, expected)
    t.notMatch(failure, { message: /sk-abcdef/ })
  }
})
