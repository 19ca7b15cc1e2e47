import type { RowOf, AnswerOf } from '../api/client.ts'
import type { StatusLook } from './status.ts'
import { reasonWords } from './suppressions.ts'

type Thread = RowOf<'/v1/sms-threads'>
type Message = AnswerOf<'/v1/sms-threads/{id}/messages'>['data'][number]

/** Who is at the other end of a thread. */
export function threadName(thread: Pick<Thread, 'number' | 'expanded'>): string {
  const lead = thread.expanded?.lead ?? null
  if (lead !== null) return lead.name ?? lead.email
  return thread.number ?? 'An erased number'
}

const look = (tone: StatusLook['tone'], icon: StatusLook['icon'], word: string): StatusLook => ({ tone, icon, word })

const LOOKS: Readonly<Record<Message['status'], StatusLook>> = {
  waiting: look('info', 'clock', 'Waits'),
  held: look('info', 'clock', 'Until quiet hours end'),
  'not-sent': look('danger', 'alert', 'Not sent'),
  received: look('neutral', 'check', 'Received'),
  accepted: look('info', 'clock', 'With Twilio'),
  scheduled: look('info', 'clock', 'With Twilio'),
  queued: look('info', 'clock', 'With Twilio'),
  sending: look('info', 'clock', 'With Twilio'),
  sent: look('success', 'check', 'Sent'),
  failed: look('danger', 'alert', 'Failed'),
  canceled: look('neutral', 'minus', 'Canceled'),
  undelivered: look('danger', 'alert', 'Not delivered'),
  delivered: look('success', 'check', 'Delivered'),
  read: look('success', 'eye', 'Read')
}

export function messageLook(status: Message['status']): StatusLook {
  return LOOKS[status]
}

/** Whether it can still be taken out of the queue. */
export function mayCancel({ status, direction }: Pick<Message, 'status' | 'direction'>): boolean {
  return direction === 'out' && (status === 'waiting' || status === 'held')
}

/** Why a message did not go, or waits; null where there is nothing to explain. */
export function whyNotSent(message: Pick<Message, 'notSent' | 'check' | 'errorCode'>): string | null {
  const { notSent, check, errorCode } = message
  if (check?.result === 'suppressed' && check.reason !== null) {
    return `${reasonWords(check.reason)}, looked at immediately before it would have gone`
  }
  if (notSent !== null) return notSent.code === null ? notSent.detail : `${notSent.detail} (${notSent.code})`
  return errorCode === null ? null : `Twilio's error ${errorCode}`
}
