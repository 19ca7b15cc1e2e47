import {
  ContactSuppressed,
  isEvent,
  SmsHeld,
  SmsNotSent,
  SmsRequested,
  SmsSent,
  type RecordedEvent
} from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import { followLog, type Clock, type FollowParts } from '@leadlog/service'
import type { Waiting } from './next-due.ts'

interface Entry extends Waiting {
  readonly callerId: string
  readonly requestedAt: number
}

/** The messages that wait, as the log tells; in memory, since every process looks at them all the time. */
export interface SmsQueue {
  waiting(): Iterable<Waiting>
  /** When the oldest message that could go was asked for, in milliseconds; null where none could. */
  oldestDue(now: number): number | null
  readonly size: number
  /** Not before that time, for this process. */
  putOff(messageId: string, until: number): void
  /** Resolves with the next change. */
  changed(): Promise<void>
  stop(): Promise<void>
}

/** Longer than any message may wait: sendAt is at most 30 days ahead, and it expires three days later. */
const LOOK_BACK_MS = 40 * 86_400_000

const SUBJECTS = ['evt.telephony.message.>', 'evt.telephony.suppression.>']

/** Folds the waiting messages; those of somebody who is suppressed become due at once, so that they end. */
export function createSmsQueue(): { readonly take: (event: RecordedEvent) => void } & Omit<SmsQueue, 'stop'> {
  const entries = new Map<string, Entry>()
  let change = Promise.withResolvers<void>()
  const hurry = (callerId: string): void => {
    for (const entry of entries.values()) {
      if (entry.callerId === callerId) entries.set(entry.messageId, { ...entry, notBefore: 0 })
    }
  }
  return {
    take(event) {
      if (isEvent(event, SmsRequested)) {
        const { messageId, from, callerId, sendAt, requestedAt } = event.data
        const notBefore = sendAt === null ? 0 : Date.parse(sendAt)
        const order = event.sequence
        entries.set(messageId, { messageId, from, callerId, notBefore, order, requestedAt: Date.parse(requestedAt) })
      } else if (isEvent(event, SmsHeld)) {
        const entry = entries.get(event.data.messageId)
        if (entry) entries.set(entry.messageId, { ...entry, notBefore: Date.parse(event.data.until) })
      } else if (isEvent(event, SmsSent) || isEvent(event, SmsNotSent)) entries.delete(event.data.messageId)
      else if (isEvent(event, ContactSuppressed) && event.data.channels.includes('sms')) hurry(event.data.suppressionId)
      else return
      change.resolve()
      change = Promise.withResolvers<void>()
    },
    waiting: () => entries.values(),
    oldestDue(now) {
      const due = [...entries.values()].filter(({ notBefore }) => notBefore <= now)
      return due.length === 0
        ? null
        : Math.min(...due.map(({ requestedAt, notBefore }) => Math.max(requestedAt, notBefore)))
    },
    get size() {
      return entries.size
    },
    putOff(messageId, until) {
      const entry = entries.get(messageId)
      if (entry && entry.notBefore < until) entries.set(messageId, { ...entry, notBefore: until })
    },
    changed: () => change.promise
  }
}

/** Reads what may still wait, then follows the log. */
export function openSmsQueue(
  parts: FollowParts & { readonly log: Pick<EventLog, 'sequenceAt'>; readonly clock: Clock }
): SmsQueue {
  const { log, clock } = parts
  const queue = createSmsQueue()
  const following = followLog(parts, {
    name: 'sms-queue',
    subjects: SUBJECTS,
    from: () => log.sequenceAt('EVENTS', new Date(clock.now().getTime() - LOOK_BACK_MS)),
    take: (event) => queue.take(event)
  })
  return {
    ...queue,
    get size() {
      return queue.size
    },
    stop: () => following.stop()
  }
}
