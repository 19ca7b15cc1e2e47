import { PermanentError, TransientError } from '@leadlog/contracts'

/** An access token as the vendor gave it out. */
export interface AccessToken {
  readonly value: string
  readonly expiresAt: Date
  /** What else the answer held that callers need, for example Zoho's `api_domain`. */
  readonly details: Readonly<Record<string, string>>
}

/** A token with what is known of how it came about; sealed as a whole when it is shared. */
export interface TokenRecord {
  readonly value: string
  readonly expiresAt: number
  readonly obtainedAt: number
  /** It took the place of one that the vendor had refused. */
  readonly forced: boolean
  readonly details: Readonly<Record<string, string>>
}

/** A refresh that failed and is not tried again before its time. */
export interface FailureRecord {
  readonly permanent: boolean
  readonly code: string
  readonly message: string
  readonly until: number
}

/** The window in which vendors count token requests (Zoho: ten in ten minutes); a crash loop must not use them up. */
const PERMANENT_FAILURE_MS = 600_000

/** Where a vendor could not be reached and did not say when to come back. */
const TRANSIENT_FAILURE_MS = 3_000

export function failureRecord(error: unknown, now: number): FailureRecord {
  if (error instanceof PermanentError) {
    return { permanent: true, code: error.code, message: error.message, until: now + PERMANENT_FAILURE_MS }
  }
  if (error instanceof TransientError) {
    const { code, message, retryAfterMs = TRANSIENT_FAILURE_MS } = error
    return { permanent: false, code, message, until: now + retryAfterMs }
  }
  const message = 'The access token could not be refreshed.'
  return { permanent: false, code: 'OUTBOUND_TOKEN_FAILED', message, until: now + TRANSIENT_FAILURE_MS }
}

export function failureError(failure: FailureRecord, now: number): Error {
  if (failure.permanent) return new PermanentError(failure.code, failure.message)
  return new TransientError(failure.code, failure.message, {
    retryAfterMs: Math.max(0, failure.until - now),
    // Without a token nothing is tried.
    countsAsAttempt: false
  })
}
