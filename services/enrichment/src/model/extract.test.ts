import { Meddic, PermanentError, TransientError } from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { ExtractionFailure } from './extraction-failure.ts'
import { extractWithModel, MAX_OUTPUT_TOKENS, type ExtractionTask } from './extract.ts'
import type { ModelProvider, ModelReply, ModelRequest } from './model-provider.ts'
import { costMicroUsd } from './prices.ts'

const source = 'Marco: We lose about 40 hours a week on manual dispatching. Priya, our CFO, signs.'
const good = {
  metrics: 'save 40 hours a week',
  economicBuyer: 'Priya (CFO)',
  decisionCriteria: '',
  decisionProcess: '',
  identifiedPain: 'manual dispatching',
  champion: '',
  competition: '',
  nextSteps: '',
  risks: '',
  confidence: 0.8,
  evidence: [
    { field: 'metrics', quote: 'about 40 hours a week' },
    { field: 'economicBuyer', quote: 'Priya, our CFO, signs' }
  ]
}
const task: ExtractionTask<Meddic> = {
  schemaName: 'meddic',
  schema: Meddic,
  promptVersion: 'meddic-1',
  system: 'system',
  user: source,
  sources: [source],
  sampled: false
}

/** Answers with the given replies, one after the other, and keeps what it was asked. */
function scripted(...replies: (Partial<ModelReply> | Error)[]) {
  const asked: ModelRequest[] = []
  const provider: ModelProvider = {
    name: 'gemini',
    model: 'gemini-2.5-flash',
    async generate(request) {
      asked.push(request)
      const reply = replies[asked.length - 1]
      if (!reply) throw new Error('asked too often')
      if (reply instanceof Error) throw reply
      return { text: '', finish: 'stop', inputTokens: 100, outputTokens: 20, ...reply }
    }
  }
  return { provider, asked }
}

function clock(stepMs: number) {
  let now = 0
  return () => (now += stepMs)
}

const extract = (provider: ModelProvider) => extractWithModel(task, provider, { now: clock(250) })

void t.test('a valid answer takes one call and is recorded with its cost', async (t) => {
  const { provider, asked } = scripted({ text: JSON.stringify(good), inputTokens: 1000, outputTokens: 200 })
  const { value, call, unsupported } = await extract(provider)
  t.strictSame(value, good)
  t.strictSame(unsupported, [])
  t.strictSame(call, {
    provider: 'gemini',
    model: 'gemini-2.5-flash',
    promptVersion: 'meddic-1',
    calls: 1,
    repaired: false,
    fallbackBecause: null,
    inputTokens: 1000,
    outputTokens: 200,
    costMicroUsd: 800,
    latencyMs: 250,
    inputCharacters: source.length,
    sampled: false
  })
  t.match(asked[0], { system: 'system', user: source, schemaName: 'meddic', maxOutputTokens: MAX_OUTPUT_TOKENS })
})

void t.test('an invalid answer is repaired once with what is wrong', async (t) => {
  const { provider, asked } = scripted(
    { text: JSON.stringify({ ...good, confidence: 'high' }) },
    { text: '```json\n' + JSON.stringify(good) + '\n```' }
  )
  const { value, call } = await extract(provider)
  t.strictSame(value, good)
  t.match(call, { calls: 2, repaired: true, inputTokens: 200, outputTokens: 40 })
  t.match(asked[1]?.user, /\/confidence: expected number/)
  t.ok(asked[1]?.user.startsWith(source), 'the source is there again')
  t.match(asked[1]?.user, /"confidence":"high"/, 'so is the wrong answer')
  t.equal(asked[1]?.maxOutputTokens, MAX_OUTPUT_TOKENS)
})

void t.test('a cut answer is asked for again, shorter and with more room', async (t) => {
  const { provider, asked } = scripted(
    { text: JSON.stringify(good).slice(0, 90), finish: 'length' },
    { text: JSON.stringify(good) }
  )
  t.match((await extract(provider)).call, { calls: 2, repaired: true })
  t.match(asked[1]?.user, /much shorter/)
  t.equal(asked[1]?.maxOutputTokens, 2 * MAX_OUTPUT_TOKENS)
})

void t.test('an answer that stays invalid is a permanent failure with its issues and its cost', async (t) => {
  const { provider } = scripted(
    { text: 'no idea' },
    { text: JSON.stringify({ ...good, evidence: 'priya@example.test' }) }
  )
  const failure = await extract(provider).catch((error: unknown) => error)
  t.type(failure, ExtractionFailure)
  t.type(failure, PermanentError)
  t.match(failure, { code: 'ENRICHMENT_ANSWER_INVALID', issues: [/\/evidence: expected array/] })
  t.match((failure as ExtractionFailure).call, { calls: 2, repaired: true, inputTokens: 200, latencyMs: 250 })
  t.notMatch((failure as Error).message, /example\.test/, 'nothing of the answer is in the message')
})

void t.test('a refusal is permanent and is not asked again', async (t) => {
  const { provider, asked } = scripted({ finish: 'refused', reason: 'PROHIBITED_CONTENT' })
  await t.rejects(extract(provider), { code: 'ENRICHMENT_MODEL_REFUSED', message: /PROHIBITED_CONTENT/ })
  t.equal(asked.length, 1)
})

void t.test('trouble on the way stays what it is', async (t) => {
  const trouble = new TransientError('ENRICHMENT_MODEL_BUSY', 'busy', { retryAfterMs: 19_000 })
  await t.rejects(extract(scripted(trouble).provider), { code: 'ENRICHMENT_MODEL_BUSY', retryAfterMs: 19_000 })
})

void t.test('evidence that is not in the source is dropped and costs confidence', async (t) => {
  const evidence = [
    { field: 'metrics', quote: 'ABOUT  40 hours a week' },
    { field: 'economicBuyer', quote: 'our CEO decides everything' },
    { field: 'notAField', quote: 'manual dispatching' },
    { field: 'identifiedPain', quote: 'We lose … manual dispatching' }
  ]
  const { provider } = scripted({ text: JSON.stringify({ ...good, evidence }) })
  const { value, unsupported } = await extract(provider)
  t.equal(value.economicBuyer, 'Priya (CFO)', 'the field stays')
  t.strictSame(
    value.evidence.map(({ field }) => field),
    ['metrics', 'identifiedPain']
  )
  t.strictSame(unsupported, ['economicBuyer', 'notAField'])
  t.equal(value.confidence, 0.6, '0.8 with half of the quotes found')

  const without = scripted({ text: JSON.stringify({ ...good, evidence: [] }) })
  t.equal((await extract(without.provider)).value.confidence, 0.4)
})

void t.test('whatever a model answers, the only failure is a permanent one', async () => {
  const text = fc.oneof(fc.string({ maxLength: 200 }), fc.json(), fc.constant(JSON.stringify(good)))
  const finish = fc.constantFrom('stop' as const, 'length' as const, 'refused' as const)
  const reply = fc.record({ text, finish })
  await fc.assert(
    fc.asyncProperty(reply, reply, async (first, second) => {
      const { provider, asked } = scripted(first, second)
      const outcome = await extract(provider).catch((error: unknown) => error)
      if (outcome instanceof Error) return outcome instanceof ExtractionFailure && outcome.call.calls === asked.length
      return asked.length <= 2
    })
  )
})

void t.test('prices: longest matching name, vendor prefixes, own table, a default for unknown models', async (t) => {
  const million = { input: 1_000_000, output: 1_000_000 }
  t.equal(costMicroUsd('gpt-4o-mini-2024-07-18', million), 750_000)
  t.equal(costMicroUsd('gpt-4o-2024-11-20', million), 12_500_000)
  t.equal(costMicroUsd('google/gemini-2.5-flash-lite', million), 500_000)
  t.equal(costMicroUsd('qwen3-32b', million), 12_000_000)
  t.equal(costMicroUsd('qwen3-32b', million, { qwen3: { input: 0, output: 0 } }), 0)
  t.equal(costMicroUsd('gpt-5-nano', { input: 1, output: 0 }), 1, 'rounded up')
})
