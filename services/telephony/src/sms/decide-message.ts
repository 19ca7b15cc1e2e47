import {
  newEvent,
  SmsDispatched,
  SmsHeld,
  SmsNotSent,
  SmsSent,
  SmsSidTaken,
  SmsStatusReported,
  type ContactCheck,
  type DataOf,
  type NewEvent,
  type SmsRequested
} from '@leadlog/contracts'
import { isSettled, type Message } from './message.ts'

type Names = Pick<DataOf<typeof SmsRequested>, 'messageId' | 'threadId' | 'callerId' | 'personId' | 'leadId'>

/** Whose message it is, as every event of it says. */
export function namesOf({ messageId, threadId, callerId, personId, leadId }: Names): Names {
  return { messageId, threadId, callerId, personId, leadId }
}

/**
 * What follows from looking whether a waiting message may go: it goes next, it waits for the morning, or it will not be sent.
 * Nothing for one that is settled. Pure.
 */
export function judge(message: Message, check: ContactCheck, now: Date): readonly NewEvent[] {
  const { requested } = message
  if (requested === null || isSettled(message)) return []
  const names = namesOf(requested)
  const at = now.toISOString()
  const { messageId } = names
  if (check.result === 'suppressed') {
    const detail = `The recipient is not to be written to: ${check.reason ?? 'suppressed'}`
    return [newEvent(SmsNotSent, messageId, { ...names, reason: 'suppressed', code: null, detail, check, at })]
  }
  if (at >= requested.expiresAt) {
    return [newEvent(SmsNotSent, messageId, { ...names, ...EXPIRED, check, at })]
  }
  if (check.result === 'quiet') {
    const until = check.until ?? at
    return message.heldUntil === until ? [] : [newEvent(SmsHeld, messageId, { ...names, check, until, at })]
  }
  const attempt = message.dispatches.length + 1
  return [newEvent(SmsDispatched, messageId, { ...names, attempt, check, at })]
}

const EXPIRED = { reason: 'expired' as const, code: null, detail: 'It could not be sent in time' }

/** Twilio took it. Pure. */
export function noteSent(
  message: Message,
  taken: Pick<DataOf<typeof SmsSent>, 'messageSid' | 'status' | 'segments'>,
  now: Date
): readonly NewEvent[] {
  const { requested } = message
  if (requested === null || isSettled(message)) return []
  const names = namesOf(requested)
  const at = now.toISOString()
  return [newEvent(SmsSent, names.messageId, { ...names, ...taken, at })]
}

/** It will not be sent. Pure. */
export function noteNotSent(
  message: Message,
  why: Pick<DataOf<typeof SmsNotSent>, 'reason' | 'code' | 'detail' | 'check'>,
  now: Date
): readonly NewEvent[] {
  const { requested } = message
  if (requested === null || isSettled(message)) return []
  const names = namesOf(requested)
  return [newEvent(SmsNotSent, names.messageId, { ...names, ...why, at: now.toISOString() })]
}

/** Takes down a report of Twilio's, each status of a message once. Pure. */
export function reportSms(
  message: Message,
  report: Pick<DataOf<typeof SmsStatusReported>, 'messageSid' | 'status' | 'errorCode' | 'reportedAt'>
): readonly NewEvent[] {
  const { requested } = message
  if (requested === null) return []
  const names = namesOf(requested)
  return [newEvent(SmsStatusReported, names.messageId, { ...names, ...report })]
}

/** A message at Twilio is taken for one of ours, unless it is another one's. Pure. */
export function takeSid(
  owner: string | null,
  messageSid: string,
  messageId: string,
  now: Date
): { readonly mine: boolean; readonly events: readonly NewEvent[] } {
  if (owner !== null) return { mine: owner === messageId, events: [] }
  return { mine: true, events: [newEvent(SmsSidTaken, messageSid, { messageSid, messageId, at: now.toISOString() })] }
}
