import type { FlowStep } from '@leadlog/contracts'
import type { CallRow } from './calls.table.ts'

const MINUTE_MS = 60_000
/** Twilio ends a connected call after four hours, unless it is told otherwise. */
const LONGEST_TALK_MS = 245 * MINUTE_MS
/** A step that asks waits for at most a minute and is asked again; a recorded message lasts ten minutes. */
const LONGEST_ANSWER_MS = 15 * MINUTE_MS
/** It rings for at most ten minutes. */
const LONGEST_RING_MS = 15 * MINUTE_MS

/** The moment from which on a live call of which nothing was heard is stuck: Twilio's word of its end was lost. */
export function overdueAt(
  call: Pick<CallRow, 'live' | 'last_heard_at' | 'status'>,
  step: FlowStep | null
): string | null {
  if (!call.live) return null
  return new Date(Date.parse(call.last_heard_at) + patienceMs(call, step)).toISOString()
}

function patienceMs({ status }: Pick<CallRow, 'status'>, step: FlowStep | null): number {
  if (status !== 'in-progress') return LONGEST_RING_MS
  if (step === null || step.kind === 'dial' || step.kind === 'conference') return LONGEST_TALK_MS
  // Who is taken out of the queue talks.
  if (step.kind === 'queue') return step.maxWaitSeconds * 1000 + LONGEST_TALK_MS
  return LONGEST_ANSWER_MS
}
