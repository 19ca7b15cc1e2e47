import { costMicroUsd, isBookingEvent, isWorthReading } from '@leadlog/enrichment/what-if'
import type { PastReading } from '../select/find-readings.ts'
import { askedOf, type Reader } from './reader.ts'

/** Characters to a token in English prose, as the vendors state it. */
const CHARACTERS_PER_TOKEN = 4

/** Where no recorded answer tells: a filled answer has some 600 to 1,500 tokens. */
const USUAL_OUTPUT_TOKENS = 1_200

/** What a run will take, before anything is asked. */
export interface Estimate {
  /** Readings that will be asked of the model. */
  readonly calls: number
  /** Readings whose answer was kept from an earlier run. */
  readonly kept: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** Millionths of a US dollar, by list prices; repairs of invalid answers come on top. */
  readonly costMicroUsd: number
}

/** @param isKept true where the answer is there already */
export function estimate(
  readings: readonly PastReading[],
  reader: Reader | null,
  isKept: (past: PastReading) => boolean
): Estimate {
  const kept = readings.filter(isKept).length
  if (reader === null || !reader.outside) return { calls: 0, kept, inputTokens: 0, outputTokens: 0, costMicroUsd: 0 }
  const open = readings.filter((past) => !isKept(past) && isAsked(past))
  const usual = averageOutput(readings)
  let inputTokens = 0
  let cost = 0
  for (const past of open) {
    const { system, user } = askedOf(past, reader)
    const input = Math.ceil((system.length + user.length) / CHARACTERS_PER_TOKEN)
    inputTokens += input
    cost += costMicroUsd(reader.model, { input, output: usual })
  }
  return { calls: open.length, kept, inputTokens, outputTokens: usual * open.length, costMicroUsd: cost }
}

/** A report without substance is not given to a model. */
function isAsked({ source }: PastReading): boolean {
  return isBookingEvent(source) || isWorthReading(source)
}

function averageOutput(readings: readonly PastReading[]): number {
  const known = readings.flatMap(({ recorded }) => recorded?.data.call?.outputTokens ?? []).filter((count) => count > 0)
  return known.length === 0
    ? USUAL_OUTPUT_TOKENS
    : Math.ceil(known.reduce((sum, count) => sum + count, 0) / known.length)
}
