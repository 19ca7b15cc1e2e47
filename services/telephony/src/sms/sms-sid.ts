import { isEvent, SmsSidTaken, type AggregateRef, type RecordedEvent } from '@leadlog/contracts'

/** A message at Twilio, by Twilio's id. */
export function smsSidRef(messageSid: string): AggregateRef {
  return { context: 'telephony', aggregate: 'sms-sid', id: messageSid }
}

/** Which of our messages it is; null while it is none. */
export function ownerOf(events: readonly RecordedEvent[]): string | null {
  const taken = events.find((event) => isEvent(event, SmsSidTaken))
  return taken && isEvent(taken, SmsSidTaken) ? taken.data.messageId : null
}
