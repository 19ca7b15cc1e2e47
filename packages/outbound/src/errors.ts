import { TransientError } from '@leadlog/contracts'

/** Why it is not known whether a call was carried out. */
export type UnknownReason = 'timed-out' | 'connection-lost' | 'server-error' | 'unreadable-answer' | 'given-up'

/**
 * The vendor may or may not have done what was asked: the call was sent and no usable answer came. Never repeat it
 * blindly; the effect ledger resolves it. Code `OUTBOUND_OUTCOME_UNKNOWN`.
 */
export class OutcomeUnknownError extends TransientError {
  readonly reason: UnknownReason

  constructor(
    message: string,
    options: {
      reason: UnknownReason
      cause?: unknown
      retryAfterMs?: number | undefined
      countsAsAttempt?: boolean | undefined
    }
  ) {
    super('OUTBOUND_OUTCOME_UNKNOWN', message, options)
    this.name = 'OutcomeUnknownError'
    this.reason = options.reason
  }
}
