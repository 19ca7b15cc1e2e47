import type { ExtractionKind, ModelCall } from '@leadlog/contracts'
import { counter, type ServiceMetrics } from '@leadlog/service'

const KIND = 'lead-intel, meddic, transcription'
const PROVIDER = 'gemini, openai, rules'

/** What is measured of readings, and what they cost. */
export const readingMetrics = {
  readings: counter('leadlog_readings_total', 'Bookings and transcripts read, by what became of the reading', {
    kind: KIND,
    outcome: 'extracted, rejected, skipped, failed'
  }),
  modelCalls: counter('leadlog_model_requests_total', 'Requests to a model for finished readings, repairs included', {
    kind: KIND,
    provider: PROVIDER
  }),
  tokens: counter('leadlog_model_tokens_total', 'Tokens of finished readings', {
    kind: KIND,
    provider: PROVIDER,
    direction: 'input, output'
  }),
  cost: counter(
    'leadlog_model_cost_micro_usd_total',
    'Cost of finished readings at list prices, in millionths of a US dollar',
    {
      kind: KIND,
      provider: PROVIDER
    }
  ),
  fallbacks: counter('leadlog_model_fallbacks_total', 'Readings by rules in place of the model that is configured', {
    kind: KIND
  })
} as const

/** What became of a reading. */
export type ReadingOutcome = 'extracted' | 'rejected' | 'skipped' | 'failed'

export interface ReadingMeasures {
  /** Counts a reading; with what it took where a model or the rules gave an answer. */
  ended(kind: ExtractionKind, outcome: ReadingOutcome, call?: ModelCall | null): void
}

/** Counts readings in the service's measurements. */
export function readingMeasures(metrics: ServiceMetrics): ReadingMeasures {
  const readings = metrics.counter(readingMetrics.readings)
  const requests = metrics.counter(readingMetrics.modelCalls)
  const tokens = metrics.counter(readingMetrics.tokens)
  const cost = metrics.counter(readingMetrics.cost)
  const fallbacks = metrics.counter(readingMetrics.fallbacks)
  return {
    ended(kind, outcome, call) {
      readings.inc({ kind, outcome })
      if (!call) return
      const { provider } = call
      requests.inc({ kind, provider }, call.calls)
      tokens.inc({ kind, provider, direction: 'input' }, call.inputTokens)
      tokens.inc({ kind, provider, direction: 'output' }, call.outputTokens)
      cost.inc({ kind, provider }, call.costMicroUsd)
      if (call.fallbackBecause !== null) fallbacks.inc({ kind })
    }
  }
}
