import { PermanentError, TransientError } from '@leadlog/contracts'
import { isUnreadable } from '../errors.ts'
import { redactedMessage } from './failure-text.ts'
import { jittered, type Outcome, type RetryPolicy } from './outcome.ts'

/** Code of a failure that has none of its own: a programming error or a library's. */
export const UNEXPECTED_FAILURE = 'UNEXPECTED_FAILURE'

/**
 * The one place that decides what becomes of a message. No error: done. A PermanentError, or a message that cannot be
 * read: dead letter. Everything else may pass: try again after the policy's pause, or after the time that the vendor
 * asked for, until the attempts are used up.
 *
 * @param attempt how many times the message was delivered, this time included
 */
export function decideOutcome(error: unknown, attempt: number, policy: RetryPolicy): Outcome {
  if (error === undefined) return { kind: 'ack' }
  const { code, message } = describe(error)
  if (error instanceof PermanentError) {
    return { kind: 'dead-letter', reason: isUnreadable(error) ? 'unreadable' : 'permanent', code, message }
  }
  const scheduled = policy.retryDelaysMs[attempt - 1]
  if (scheduled === undefined) return { kind: 'dead-letter', reason: 'attempts-exhausted', code, message }
  const asked = error instanceof TransientError ? error.retryAfterMs : undefined
  return { kind: 'retry', delayMs: asked ?? jittered(scheduled, policy.random), code, message }
}

function describe(error: unknown): { code: string; message: string } {
  const known = error instanceof TransientError || error instanceof PermanentError
  const text = error instanceof Error ? `${known ? '' : `${error.name}: `}${error.message}` : String(error)
  return { code: known ? error.code : UNEXPECTED_FAILURE, message: redactedMessage(text) }
}
