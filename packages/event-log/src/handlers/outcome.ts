/** What becomes of a message after its handler ran. */
export type Outcome =
  | { readonly kind: 'ack' }
  | { readonly kind: 'retry'; readonly delayMs: number; readonly code?: string; readonly message?: string }
  /** Comes again without having used up an attempt. */
  | { readonly kind: 'defer'; readonly delayMs: number; readonly code: string; readonly message: string }
  | {
      readonly kind: 'dead-letter'
      readonly reason: DeadLetterReason
      readonly code: string
      readonly message: string
    }

export type DeadLetterReason = 'permanent' | 'attempts-exhausted' | 'unreadable'

/** When a failed message comes again. */
export interface RetryPolicy {
  /** Pause after the first, second, … failed attempt; after the last of them the message is a dead letter. */
  readonly retryDelaysMs: readonly number[]
  /** 0 ≤ value < 1, for jitter. */
  readonly random: () => number
}

/** Short enough to ride out a restart, long enough for a vendor's bad minute; the sum stays under ten minutes. */
export const DEFAULT_RETRY_DELAYS_MS: readonly number[] = [60_000, 120_000, 240_000]

/** Spreads the repetitions of messages that failed together. */
const JITTER = 0.1

/** `delayMs` changed by at most ten percent either way. */
export function jittered(delayMs: number, random: () => number): number {
  return Math.round(delayMs * (1 + JITTER * (2 * random() - 1)))
}

/** `delayMs` and up to ten percent more: for a time before which nothing is to be had. */
export function later(delayMs: number, random: () => number): number {
  return Math.round(delayMs * (1 + JITTER * random()))
}
