/**
 * A failure that may pass by itself: a time-out, 429, 5xx, a server that is away. The message is delivered again
 * later; `retryAfterMs`, when known from the vendor, wins over the schedule.
 */
export class TransientError extends Error {
  readonly code: string
  readonly retryAfterMs: number | undefined
  /**
   * False where the failure says nothing about the message, because something that it needs is away: a vendor, its
   * budget, a server of ours. Then the message waits and no attempt is used up. Handed on from the cause.
   */
  countsAsAttempt: boolean

  constructor(
    code: string,
    message: string,
    options?: { cause?: unknown; retryAfterMs?: number | undefined; countsAsAttempt?: boolean | undefined }
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'TransientError'
    this.code = code
    this.retryAfterMs = options?.retryAfterMs
    this.countsAsAttempt =
      options?.countsAsAttempt ?? (options?.cause instanceof TransientError ? options.cause.countsAsAttempt : true)
  }
}

/** A failure that no repetition mends: bad data, a refusal, a missing permission. The message becomes a dead letter. */
export class PermanentError extends Error {
  readonly code: string

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'PermanentError'
    this.code = code
  }
}
