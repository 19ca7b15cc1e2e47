import type { Evidence, ModelCall } from '@leadlog/contracts'
import { readAnswer, type AnswerSchema } from './answer.ts'
import { ExtractionFailure } from './extraction-failure.ts'
import { modelJsonSchema } from './json-schema.ts'
import type { ModelProvider, ModelReply } from './model-provider.ts'
import { costMicroUsd, LIST_PRICES, type PriceTable } from './prices.ts'
import { repairPrompt } from './repair-prompt.ts'
import { supportedEvidence } from './supported-evidence.ts'

/** An answer has about 1,500 tokens; the rest is room for models whose hidden reasoning uses the same budget. */
export const MAX_OUTPUT_TOKENS = 8_192

/** The repair of a cut answer gets this many times the budget. */
const LARGER_BUDGET = 2

/** What can be extracted: anything with a confidence and quoted evidence. */
export interface Extracted {
  confidence: number
  evidence: Evidence[]
}

/** What is to be extracted from what. */
export interface ExtractionTask<T extends Extracted> {
  readonly schemaName: string
  readonly schema: AnswerSchema<T>
  readonly promptVersion: string
  readonly system: string
  readonly user: string
  /** The texts in which quotes must occur. */
  readonly sources: readonly string[]
  /** True where the text given to the model is a sample of a longer one. */
  readonly sampled: boolean
  readonly maxOutputTokens?: number
}

export interface Extraction<T> {
  readonly value: T
  readonly call: ModelCall
  /** Fields that lost their evidence because the quote is not in the source. */
  readonly unsupported: readonly string[]
}

export interface ExtractOptions {
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number
  readonly prices?: PriceTable
  readonly signal?: AbortSignal | undefined
}

/**
 * Asks the model, validates its answer, asks once more with what is wrong where it is invalid or cut off, and holds
 * the quotes against the source.
 *
 * @throws ExtractionFailure ENRICHMENT_ANSWER_INVALID where the repaired answer is invalid too,
 * ENRICHMENT_MODEL_REFUSED where the model declined; TransientError and PermanentError of the provider
 */
export async function extractWithModel<T extends Extracted>(
  task: ExtractionTask<T>,
  provider: ModelProvider,
  options: ExtractOptions
): Promise<Extraction<T>> {
  const startedAt = options.now()
  const replies: ModelReply[] = []
  const jsonSchema = modelJsonSchema(task.schema)
  const budget = task.maxOutputTokens ?? MAX_OUTPUT_TOKENS

  const ask = async (user: string, maxOutputTokens: number) => {
    const { schemaName, system } = task
    const { signal } = options
    const reply = await provider.generate({ system, user, schemaName, jsonSchema, maxOutputTokens, signal })
    replies.push(reply)
    if (reply.finish === 'refused') throw refusal(provider, reply, record())
    const answer = readAnswer(reply.text, task.schema)
    const cutOff = reply.finish === 'length'
    return { answer: cutOff ? cutAnswer : answer, cutOff, text: reply.text }
  }
  const record = () => modelCall(task, provider, replies, Math.max(0, options.now() - startedAt), options.prices)

  const first = await ask(task.user, budget)
  const last = first.answer.ok
    ? first
    : await ask(
        repairPrompt(task.user, { text: first.text, issues: first.answer.issues, cutOff: first.cutOff }),
        first.cutOff ? budget * LARGER_BUDGET : budget
      )
  if (!last.answer.ok) {
    const { issues } = last.answer
    throw new ExtractionFailure(
      'ENRICHMENT_ANSWER_INVALID',
      `The answer of ${provider.name} ${provider.model} is invalid after one repair (${issues.slice(0, 3).join('; ')}). ` +
        `Try another model in ${provider.name.toUpperCase()}_MODEL, then redeliver.`,
      { issues, call: record() }
    )
  }
  const { value, dropped } = supportedEvidence(last.answer.value, task.sources)
  return { value, call: record(), unsupported: dropped }
}

const cutAnswer = { ok: false as const, issues: ['the answer was cut off at its length limit'] }

function refusal(provider: ModelProvider, reply: ModelReply, call: ModelCall): ExtractionFailure {
  const reason = reply.reason ?? 'no reason given'
  return new ExtractionFailure(
    'ENRICHMENT_MODEL_REFUSED',
    `${provider.name} ${provider.model} declined to read this text (${reason}). Read it by hand or with LLM_PROVIDER=rules.`,
    { issues: [`declined: ${reason}`], call }
  )
}

function modelCall(
  task: ExtractionTask<Extracted>,
  provider: ModelProvider,
  replies: readonly ModelReply[],
  latencyMs: number,
  prices: PriceTable = LIST_PRICES
): ModelCall {
  const sum = (part: (reply: ModelReply) => number) => replies.reduce((total, reply) => total + part(reply), 0)
  const tokens = { input: sum((reply) => reply.inputTokens), output: sum((reply) => reply.outputTokens) }
  return {
    provider: provider.name,
    model: provider.model,
    promptVersion: task.promptVersion,
    calls: sum((reply) => reply.requests ?? 1),
    repaired: replies.length > 1,
    fallbackBecause: null,
    inputTokens: tokens.input,
    outputTokens: tokens.output,
    costMicroUsd: costMicroUsd(provider.model, tokens, prices),
    latencyMs: Math.round(latencyMs),
    inputCharacters: task.user.length,
    sampled: task.sampled
  }
}
