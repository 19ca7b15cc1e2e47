import {
  newEvent,
  SmsRequested,
  type ContactPurpose,
  type DataOf,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { openThread, threadIdOf } from './thread.ts'
import { segmentsOf } from './segments.ts'

/** What is to be written to whom. */
export interface SmsOrder {
  readonly messageId: string
  readonly callerId: string
  readonly personId: string
  readonly leadId: string | null
  /** Our number. */
  readonly from: string
  readonly to: string
  /** With its placeholders filled. */
  readonly text: string
  readonly purpose: ContactPurpose
  readonly sendAt: string | null
  readonly template: DataOf<typeof SmsRequested>['template']
  readonly inReplyTo: string | null
  readonly requestedAt: string
}

/** What is three days late is of no use any more; an answer, after an hour. */
const EXPIRES_AFTER_MS = 3 * 86_400_000
const ANSWER_EXPIRES_AFTER_MS = 3_600_000

/**
 * Puts a message into the queue, and opens its thread. Whoever asks takes the events into a transaction over the caller's history;
 * the text must have been counted. Pure.
 *
 * @param caller the history of whose number it is
 */
export function requestSms(caller: readonly RecordedEvent[], order: SmsOrder): readonly NewEvent[] {
  const { messageId, callerId, personId, leadId, from, purpose, sendAt, requestedAt, text } = order
  const threadId = threadIdOf(from, callerId)
  const { encoding, segments } = segmentsOf(text)
  const isAnswer = purpose === 'answer' || purpose === 'confirmation'
  const lasts = isAnswer ? ANSWER_EXPIRES_AFTER_MS : EXPIRES_AFTER_MS
  const expiresAt = new Date(Date.parse(sendAt ?? requestedAt) + lasts).toISOString()
  const thread = { threadId, callerId, personId, leadId, ours: from, openedAt: requestedAt }
  return [
    ...openThread(caller, thread),
    newEvent(SmsRequested, messageId, { ...order, threadId, encoding, segments, expiresAt })
  ]
}
