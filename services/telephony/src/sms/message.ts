import {
  derivedId,
  isEvent,
  SmsAttributed,
  SmsDispatched,
  SmsHeld,
  SmsNotSent,
  SmsReceived,
  SmsRequested,
  SmsSent,
  SmsStatusReported,
  type AggregateRef,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { furtherStatus, type SmsReport } from '@leadlog/call-flow'

/** A text message: what was asked for or came in, and what became of it. */
export interface Message {
  readonly requested: DataOf<typeof SmsRequested> | null
  readonly received: DataOf<typeof SmsReceived> | null
  /** How often it was put back because it was quiet, and how often it went to Twilio. */
  readonly holds: number
  readonly heldUntil: string | null
  readonly dispatches: readonly DataOf<typeof SmsDispatched>[]
  readonly sent: DataOf<typeof SmsSent> | null
  readonly notSent: DataOf<typeof SmsNotSent> | null
  /** Twilio's id, also where only a callback told it. */
  readonly messageSid: string | null
  readonly report: SmsReport | null
  /** Whose it turned out to be since. */
  readonly attributed: { readonly leadId: string | null } | null
}

export const unknownMessage: Message = {
  requested: null,
  received: null,
  holds: 0,
  heldUntil: null,
  dispatches: [],
  sent: null,
  notSent: null,
  messageSid: null,
  report: null,
  attributed: null
}

export function messageRef(messageId: string): AggregateRef {
  return { context: 'telephony', aggregate: 'message', id: messageId }
}

/** The id of a message that came in. */
export function receivedMessageId(messageSid: string): string {
  return derivedId('twilio-message', messageSid)
}

export function evolveMessage(message: Message, event: RecordedEvent): Message {
  if (isEvent(event, SmsRequested)) return { ...message, requested: event.data }
  if (isEvent(event, SmsReceived)) return { ...message, received: event.data, messageSid: event.data.messageSid }
  if (isEvent(event, SmsHeld)) return { ...message, holds: message.holds + 1, heldUntil: event.data.until }
  if (isEvent(event, SmsDispatched)) return { ...message, dispatches: [...message.dispatches, event.data] }
  if (isEvent(event, SmsSent)) return { ...message, sent: event.data, messageSid: event.data.messageSid }
  if (isEvent(event, SmsNotSent)) return { ...message, notSent: event.data }
  if (isEvent(event, SmsStatusReported)) {
    const { status, errorCode, reportedAt, messageSid } = event.data
    return { ...message, messageSid, report: furtherStatus(message.report, { status, errorCode, reportedAt }) }
  }
  if (isEvent(event, SmsAttributed)) return { ...message, attributed: { leadId: event.data.leadId } }
  return message
}

export function messageOf(events: readonly RecordedEvent[]): Message {
  return events.reduce(evolveMessage, unknownMessage)
}

/** Whether nothing more is to be done about sending it. */
export function isSettled(message: Message): boolean {
  return message.sent !== null || message.notSent !== null
}
