import type { OutgoingMessage } from '../codec/message.ts'

/** Messages that are stored together or not at all. Only the first of a subject carries an expected sequence. */
export type AppendUnit = readonly OutgoingMessage[]

/** How an append ended, when that is known. What is not known is an error EVENT_LOG_UNAVAILABLE. */
export type AppendResult =
  /** One sequence per message. */
  | { readonly kind: 'stored'; readonly sequences: readonly number[] }
  /** A message with one of the ids is in the stream; `sequence` is its place where the server told. */
  | { readonly kind: 'duplicate'; readonly sequence: number | null }
  /** A subject holds something newer than was expected. */
  | { readonly kind: 'conflict' }

export function unitBytes(unit: AppendUnit): number {
  return unit.reduce((sum, message) => sum + message.payload.length, 0)
}
