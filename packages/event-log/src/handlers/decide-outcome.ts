import { PermanentError, TransientError } from '@leadlog/contracts'
import { isUnreadable } from '../errors.ts'
import { redactedMessage } from './failure-text.ts'
import { jittered, later, type Outcome, type RetryPolicy } from './outcome.ts'

/** Code of a failure that has none of its own: a programming error or a library's. */
export const UNEXPECTED_FAILURE = 'UNEXPECTED_FAILURE'

/** What is known of a message's deliveries before this one ended. */
export interface Deliveries {
  /** Attempts used up before this one. */
  readonly used: number
  /** How often it was put off. */
  readonly deferred: number
  /** Since when it has been put off, in milliseconds; 0 for not yet. */
  readonly waitedMs: number
}

/** A vendor that is away longer than this will not be back by itself: from then on its failures use up attempts. */
export const LONGEST_WAIT_MS = 3 * 24 * 60 * 60_000

/** A time that was named is believed up to here: a budget that is raised meanwhile should be felt. */
const LONGEST_NAMED_PAUSE_MS = 60 * 60_000

const DEFAULT_PAUSE_MS = 60_000

/** Whether it is the keyring's refusal to seal for somebody who was erased: their key was destroyed. */
export function isPersonErased(error: unknown): boolean {
  return error instanceof PermanentError && error.code === 'KEYRING_KEY_DESTROYED'
}

/**
 * The one place that decides what becomes of a message. No error, or a person who was erased: done. A PermanentError, or a message that cannot be
 * read: dead letter. A failure that says nothing about the message (something it needs is away): put off, however
 * often. Everything else may pass: try again after the policy's pause, or after the time that the vendor asked for,
 * until the attempts are used up.
 */
export function decideOutcome(error: unknown, deliveries: Deliveries, policy: RetryPolicy): Outcome {
  if (error === undefined) return { kind: 'ack' }
  const { code, message } = describeFailure(error)
  // Whoever was erased meanwhile is no failure: what was to be recorded of them must not be.
  if (isPersonErased(error)) return { kind: 'ack' }
  if (error instanceof PermanentError) {
    return { kind: 'dead-letter', reason: isUnreadable(error) ? 'unreadable' : 'permanent', code, message }
  }
  const asked = error instanceof TransientError ? error.retryAfterMs : undefined
  if (error instanceof TransientError && !error.countsAsAttempt && deliveries.waitedMs < LONGEST_WAIT_MS) {
    return { kind: 'defer', delayMs: later(deferral(asked, deliveries, policy), policy.random), code, message }
  }
  const scheduled = policy.retryDelaysMs[deliveries.used]
  if (scheduled === undefined) return { kind: 'dead-letter', reason: 'attempts-exhausted', code, message }
  return { kind: 'retry', delayMs: asked ?? jittered(scheduled, policy.random), code, message }
}

/**
 * The named time, or the first pause of the schedule; twice as long with each deferral, so that thousands of messages
 * that wait cost little, up to the schedule's longest pause, so that after an outage all are back by then.
 */
function deferral(asked: number | undefined, { deferred }: Deliveries, { retryDelaysMs }: RetryPolicy): number {
  const base = asked ?? retryDelaysMs[0] ?? DEFAULT_PAUSE_MS
  const doubled = Math.min(base * 2 ** Math.min(deferred, 20), Math.max(0, ...retryDelaysMs))
  return Math.min(Math.max(base, doubled), LONGEST_NAMED_PAUSE_MS)
}

/** A message that came this often beyond its attempts, without any outcome, takes its process down each time. */
const CRASH_ALLOWANCE = 3

/** Null, or the outcome of a message that comes again and again without any outcome: it takes its process down. */
export function decideCrashed(
  delivered: number,
  { deferred }: Pick<Deliveries, 'deferred'>,
  policy: RetryPolicy
): Outcome | null {
  if (delivered - deferred <= crashSuspected(policy)) return null
  return {
    kind: 'dead-letter',
    reason: 'attempts-exhausted',
    code: 'HANDLER_CRASHED',
    message: `delivered ${delivered} times, ${deferred} of them put off: the process crashed while handling it`
  }
}

/** Deliveries up to here need no look at what became of them. */
export function crashSuspected({ retryDelaysMs }: RetryPolicy): number {
  return retryDelaysMs.length + 1 + CRASH_ALLOWANCE
}

/** A failure as it may be kept: its code, and its text without personal data. */
export function describeFailure(error: unknown): { code: string; message: string } {
  const known = error instanceof TransientError || error instanceof PermanentError
  const text = error instanceof Error ? `${known ? '' : `${error.name}: `}${error.message}` : String(error)
  return { code: known ? error.code : UNEXPECTED_FAILURE, message: redactedMessage(text) }
}
