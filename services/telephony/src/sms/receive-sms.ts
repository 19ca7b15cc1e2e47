import {
  derivedId,
  newEvent,
  SmsReceived,
  type NewEvent,
  type OptWord,
  type SuppressionReason
} from '@leadlog/contracts'
import type { AggregateHistory } from '@leadlog/event-log'
import { release, suppress } from '../suppression/decide-suppression.ts'
import { openWays, suppressionOf } from '../suppression/suppression.ts'
import { messageOf, receivedMessageId } from './message.ts'
import { answersItself, optWordOf, ownAnswers } from './opt-words.ts'
import { requestSms } from './request-sms.ts'
import { openThread, threadIdOf } from './thread.ts'
import type { IncomingSms } from './translate-sms.ts'

/** Who sent it. */
export interface Sender {
  readonly callerId: string
  readonly personId: string
  readonly leadId: string | null
}

/** START undoes what STOP did, here and in Twilio's own list, and nothing else. */
const UNDONE_BY_START: readonly SuppressionReason[] = ['opted-out', 'vendor-blocked']

/**
 * A message came in: it is taken down, opens its thread, and where it is one of Twilio's words it closes or opens the way for
 * messages. Answered is such a word where Twilio does not. Pure.
 */
export function receiveSms(
  incoming: IncomingSms,
  sender: Sender,
  histories: {
    readonly message: AggregateHistory | undefined
    readonly caller: AggregateHistory | undefined
    readonly suppression: AggregateHistory | undefined
  },
  at: string
): readonly NewEvent[] {
  if (messageOf(histories.message?.events ?? []).received !== null) return []
  const { messageSid, from, to, text, media, optOutType } = incoming
  const { callerId, personId, leadId } = sender
  const messageId = receivedMessageId(messageSid)
  const threadId = threadIdOf(to, callerId)
  const caller = histories.caller?.events ?? []
  const word = optWordOf(text, to, optOutType)
  const answeredByTwilio = word !== null && answersItself(to, optOutType)
  const names = { messageId, threadId, callerId, personId, leadId }
  const received = { ...names, messageSid, from, to, text, media, word, answeredByTwilio, receivedAt: at }
  const suppression = histories.suppression ? suppressionOf(histories.suppression) : openWays(callerId)
  const source = { kind: 'message' as const, messageId, word: text.trim().toUpperCase().slice(0, 20) }
  const order = { personId, leadId, channels: ['sms' as const], source, why: null, at }
  const events: NewEvent[] = [
    ...openThread(caller, { threadId, callerId, personId, leadId, ours: to, openedAt: at }),
    newEvent(SmsReceived, messageId, received)
  ]
  if (word === 'stop') {
    events.push(...suppress(suppression, { ...order, kind: 'phone', address: from, reason: 'opted-out' }))
  }
  if (word === 'start') events.push(...release(suppression, { ...order, reasons: UNDONE_BY_START }))
  return word === null || answeredByTwilio ? events : [...events, answerTo(word, incoming, sender, messageId, at)]
}

/** The thread is open by then. */
function answerTo(word: OptWord, { from, to }: IncomingSms, sender: Sender, messageId: string, at: string): NewEvent {
  const [requested] = requestSms([], {
    ...sender,
    messageId: derivedId('sms-answer', messageId),
    from: to,
    to: from,
    text: ownAnswers[word],
    purpose: word === 'help' ? 'answer' : 'confirmation',
    sendAt: null,
    template: null,
    inReplyTo: messageId,
    requestedAt: at
  }).slice(-1)
  if (requested === undefined) throw new TypeError('A request is always made')
  return requested
}
