import { createHash } from 'node:crypto'
import type { ModelCall } from '@leadlog/contracts'
import {
  isBookingEvent,
  leadIntelTask,
  meddicTask,
  meetingQuality,
  RULES_VERSION,
  type Extractor,
  type Prompts
} from '@leadlog/enrichment/what-if'
import type { PastReading } from '../select/find-readings.ts'

/** Who reads in a run. */
export interface Reader {
  readonly extractor: Extractor
  /** `rules`, `gemini` or `openai`. */
  readonly provider: string
  readonly model: string
  /** True where each reading costs money and goes to an outside vendor. */
  readonly outside: boolean
  readonly prompts: Prompts
}

/** What a model would be given for a reading: instructions and text. */
export interface Asked {
  readonly promptVersion: string
  readonly system: string
  readonly user: string
}

/** What the reader would be given. The rules are given the text alone. */
export function askedOf({ source }: PastReading, { outside, prompts }: Reader): Asked {
  const task = isBookingEvent(source)
    ? leadIntelTask(source.data, prompts['lead-intel'])
    : meddicTask(source.data, meetingQuality(source.data), undefined, prompts.meddic)
  return outside ? task : { promptVersion: RULES_VERSION, system: '', user: task.user }
}

/** The same for the same reader, instructions and text: answers are kept under it. */
export function answerKeyOf(reader: Reader, asked: Asked): string {
  const parts = [reader.provider, reader.model, asked.promptVersion, asked.system, asked.user]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** Nothing was asked: the answer was kept from an earlier run. */
export function fromKept(call: ModelCall): ModelCall {
  return { ...call, calls: 0, inputTokens: 0, outputTokens: 0, costMicroUsd: 0, latencyMs: 0 }
}
