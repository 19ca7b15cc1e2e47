import type { ModelCall } from '@leadlog/contracts'
import { bookingText } from '../lead-intel/booking-text.ts'
import { meetingText } from '../meddic/transcript-text.ts'
import type { Extraction } from '../model/extract.ts'
import { leadIntelByRules } from '../rules/lead-intel/lead-intel-by-rules.ts'
import { meddicByRules } from '../rules/meddic/meddic-by-rules.ts'
import type { Extractor, Origin } from './extractor.ts'

/** Changes whenever the rules do, so that answers can be compared by it. */
export const RULES_VERSION = 'rules-1'

const ORIGIN: Origin = { provider: 'rules', model: RULES_VERSION, promptVersion: RULES_VERSION }

/** Reads by rules: offline, deterministic, free. `now` measures latency, in milliseconds. */
export function createRulesExtractor(now: () => number): Extractor {
  const timed = <T>(text: string, extract: () => T): Extraction<T> => {
    const startedAt = now()
    const value = extract()
    return { value, unsupported: [], call: rulesCall(text.length, now() - startedAt) }
  }
  return {
    origin: () => ORIGIN,
    leadIntel: async (booking) => timed(bookingText(booking), () => leadIntelByRules(booking)),
    meddic: async (meeting, quality) =>
      timed(meetingText(meeting, Number.POSITIVE_INFINITY).text, () => meddicByRules(meeting, quality))
  }
}

function rulesCall(inputCharacters: number, latencyMs: number): ModelCall {
  return {
    ...ORIGIN,
    calls: 0,
    repaired: false,
    fallbackBecause: null,
    inputTokens: 0,
    outputTokens: 0,
    costMicroUsd: 0,
    latencyMs: Math.max(0, Math.round(latencyMs)),
    inputCharacters,
    sampled: false
  }
}
