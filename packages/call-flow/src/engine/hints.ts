import { escapedBytes } from './answer-size.ts'

/** Twilio takes 500 hints; this many bytes of them help to recognize what is said, and leave room for what is to be said. */
const MOST_BYTES = 16_000

/** The first hints, as many as an answer has room for. They only help: what is said is compared with all words. */
export function boundedHints(hints: readonly string[]): readonly string[] {
  let bytes = 0
  return hints.filter((hint) => (bytes += escapedBytes(hint) + 2) <= MOST_BYTES)
}
