import t from 'tap'
import type { Test } from 'tap'
import type { FaultRule } from '../faults/fault-rule.ts'
import { createSimulators } from '../simulators.ts'
import { promptHash } from './answer-book.ts'

const schema = {
  type: 'object',
  properties: { budget: { type: 'string' }, reason: { type: ['string', 'null'] } },
  required: ['budget', 'reason'],
  additionalProperties: false
}
const user = 'What budget have you set aside? 40k EUR'
const good = '{"budget":"40k EUR","reason":null}'

const start = async (test: Test) => {
  const { app, state } = await createSimulators()
  test.teardown(() => app.close())
  const post = async (url: string, headers: Record<string, string>, payload: object) => {
    const answer = await app.inject({ method: 'POST', url, headers, payload })
    return { status: answer.statusCode, headers: answer.headers, body: answer.json() }
  }
  const gemini = (text = user, key = 'simulated-gemini-key', more: object = {}) =>
    post(
      '/gemini/v1beta/models/gemini-3.5-flash:generateContent',
      { 'x-goog-api-key': key },
      {
        contents: [{ role: 'user', parts: [{ text }] }],
        systemInstruction: { parts: [{ text: 'Answer with JSON.' }] },
        generationConfig: { responseMimeType: 'application/json', responseJsonSchema: schema, ...more }
      }
    )
  const openai = (text = user, key = 'simulated-openai-key', more: object = {}) =>
    post(
      '/openai/v1/chat/completions',
      { authorization: `Bearer ${key}` },
      {
        model: 'gpt-4o-mini',
        messages: [
          { role: 'system', content: 'Answer with JSON.' },
          { role: 'user', content: text }
        ],
        response_format: { type: 'json_schema', json_schema: { name: 'budget', strict: true, schema } },
        ...more
      }
    )
  const faults = (...rules: FaultRule[]) => state.faults.set(rules)
  return { app, state, gemini, openai, faults, post }
}

await t.test('both vendors answer with JSON of the schema, in their own envelopes, always the same', async (t) => {
  const { gemini, openai } = await start(t)
  t.match(await gemini(), {
    status: 200,
    body: {
      candidates: [{ content: { parts: [{ text: good }], role: 'model' }, finishReason: 'STOP' }],
      usageMetadata: { promptTokenCount: Number, candidatesTokenCount: Number, thoughtsTokenCount: Number },
      modelVersion: 'gemini-3.5-flash',
      responseId: String
    }
  })
  t.match(await openai(), {
    status: 200,
    body: {
      id: /^chatcmpl-/,
      choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: good, refusal: null } }],
      usage: { prompt_tokens: Number, completion_tokens: Number, total_tokens: Number }
    }
  })
})

await t.test('keys, models and schemas that the vendors refuse', async (t) => {
  const { gemini, openai, post } = await start(t)
  t.match(await gemini(user, 'wrong'), { status: 400, body: { error: { details: [{ reason: 'API_KEY_INVALID' }] } } })
  t.match(await openai(user, 'wrong'), { status: 401, body: { error: { code: 'invalid_api_key' } } })
  t.match(await post('/gemini/v1beta/models/x:embed', {}, {}), {
    status: 404,
    body: { error: { status: 'NOT_FOUND' } }
  })
  const loose = { ...schema, required: ['budget'] }
  const format = { type: 'json_schema', json_schema: { name: 'budget', strict: true, schema: loose } }
  t.match(await openai(user, undefined, { response_format: format }), {
    status: 400,
    body: { error: { message: /Missing 'reason'/ } }
  })
  t.match(await openai(user, undefined, { model: 'gpt-5-mini', max_tokens: 5 }), {
    status: 400,
    body: { error: { code: 'unsupported_parameter' } }
  })
})

await t.test('failures carry what tells one kind from another', async (t) => {
  const { gemini, openai, faults } = await start(t)
  faults({ vendor: 'gemini', kind: '429', retryAfterSeconds: 7 })
  t.match(await gemini(), {
    status: 429,
    body: {
      error: {
        status: 'RESOURCE_EXHAUSTED',
        details: [{ violations: [{ quotaId: /PerMinute/ }] }, {}, { retryDelay: '7s' }]
      }
    }
  })
  faults({ vendor: 'gemini', kind: 'error', code: 'per-day' })
  t.match((await gemini()).body.error.details[0].violations[0], { quotaId: /PerDay/ })
  faults({ vendor: '*', kind: '503' })
  t.match(await gemini(), { status: 503, body: { error: { status: 'UNAVAILABLE' } } })
  t.equal((await openai()).status, 503)
  faults({ vendor: 'openai', kind: '429', retryAfterSeconds: 2 })
  t.match(await openai(), {
    status: 429,
    headers: { 'retry-after': '2' },
    body: { error: { code: 'rate_limit_exceeded' } }
  })
  faults({ vendor: 'openai', kind: 'error', code: 'insufficient_quota' })
  t.match(await openai(), { status: 429, body: { error: { type: 'insufficient_quota' } } })
})

await t.test('answers can be fenced, cut off or refused', async (t) => {
  const { gemini, openai, faults } = await start(t)
  faults({ vendor: '*', kind: 'fenced' })
  t.equal(
    (await openai()).body.choices[0].message.content,
    `Here is the JSON you asked for:\n\`\`\`json\n${good}\n\`\`\``
  )
  faults({ vendor: '*', kind: 'blocked' })
  t.match((await gemini()).body, { candidates: undefined, promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } })
  t.match((await openai()).body.choices[0].message, { content: null, refusal: String })
  faults()
  t.match((await gemini(user, undefined, { maxOutputTokens: 2 })).body.candidates[0], {
    finishReason: 'MAX_TOKENS',
    content: { parts: [{ text: '{"budget' }] }
  })
  faults({ vendor: '*', kind: 'truncated' })
  t.match((await openai()).body.choices[0], { finish_reason: 'length', message: { content: '{"budget":"4' } })
})

await t.test('a spoiled answer is mended by the request that asks for a repair', async (t) => {
  const { gemini, faults } = await start(t)
  const textOf = async (prompt: string): Promise<string> =>
    (await gemini(prompt)).body.candidates[0].content.parts[0].text
  for (const kind of ['invalid-json', 'invalid-schema', 'truncated'] as const) {
    faults({ vendor: 'gemini', kind })
    const bad = await textOf(user)
    t.not(bad, good, kind)
    t.equal(await textOf(`${user}\nYour answer was:\n${bad}\nCorrect it.`), good, kind)
  }
  faults({ vendor: 'gemini', kind: 'invalid-json', code: 'always' })
  t.not(await textOf(`${user}\nCorrect it.`), good)
})

await t.test('answers can be laid down by prompt or for whatever comes next', async (t) => {
  const { app, gemini, openai, state } = await start(t)
  const hash = promptHash({ system: 'Answer with JSON.', user })
  const scripts = [
    { promptHash: hash, vendor: 'gemini', answer: { budget: 'scripted', reason: null } },
    { contains: 'special', answer: 'not JSON' }
  ]
  t.equal((await app.inject({ method: 'PUT', url: '/_control/llm/scripts', payload: scripts })).statusCode, 200)
  const queue = { vendor: 'openai', answers: ['queued'] }
  t.equal((await app.inject({ method: 'POST', url: '/_control/llm/queue', payload: queue })).statusCode, 200)
  const text = (answer: Awaited<ReturnType<typeof gemini>>): string => answer.body.candidates[0].content.parts[0].text
  t.equal(text(await gemini()), '{"budget":"scripted","reason":null}')
  t.equal(text(await gemini('a special prompt')), 'not JSON')
  t.equal((await openai()).body.choices[0].message.content, 'queued')
  t.equal((await openai()).body.choices[0].message.content, good)
  t.match(state.answers.prompts()[0], { promptHash: hash, scripted: true, repair: false })
})
