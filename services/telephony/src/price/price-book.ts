import {
  CallEnded,
  CallPriced,
  CallRecordingReported,
  isEvent,
  RecordingPriced,
  SmsPriced,
  SmsReceived,
  SmsSent,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { callIdOf } from '../call/call-ref.ts'
import { namesOf } from '../sms/decide-message.ts'

export type PricedKind = 'call' | 'message' | 'recording'

/** Something that Twilio charges, or may charge, and of which it is to be asked. */
export interface Unpriced {
  readonly kind: PricedKind
  readonly key: string
  /** When it was made, or somewhat before: lists are read back to there. In milliseconds. */
  readonly since: number
  readonly dueAt: number
  /** How often it was asked in vain. */
  readonly asked: number
}

/** Whose message one of Twilio's is. */
export type MessageNames = Pick<DataOf<typeof SmsSent>, 'messageId' | 'threadId' | 'callerId' | 'personId' | 'leadId'>

/** What has its price and what has none yet, as far as the log of the last days tells. */
export interface PriceBook {
  take(event: RecordedEvent): void
  due(now: number): readonly Unpriced[]
  /** Twilio was asked: what still has no price is asked about again, each time after twice as long. */
  asked(due: readonly Unpriced[], now: number): void
  /** The price that is taken down, as `<amount> <currency>`; undefined where none is. */
  known(sid: string): string | undefined
  /** A price that is taken down, before the log tells of it. */
  seen(sid: string, price: string): void
  messageOf(messageSid: string): MessageNames | undefined
  readonly size: number
}

/** What has no price after so long is not charged; it is also how far back lists are read. */
export const LOOK_BACK_MS = 3 * 86_400_000

/** Prices that Twilio corrected are seen once more after a day. */
const CORRECTED_BY_MS = 86_400_000

/** A call is made before it ends by how long it lasted and rang. */
const RINGS_MS = 10 * 60_000

/** More than is used in three days; older things are not listed any more. */
const MOST_KEPT = 200_000

function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.set(key, value)
  for (const [oldest] of map) {
    if (map.size <= MOST_KEPT) break
    map.delete(oldest)
  }
}

/** @param askAfterMs how long after its end something is asked about first */
export function createPriceBook(askAfterMs: number): PriceBook {
  const waiting = new Map<string, Unpriced>()
  const prices = new Map<string, string>()
  const messages = new Map<string, MessageNames>()

  const expect = (kind: PricedKind, id: string, since: number, from: number): void => {
    const key = `${kind} ${id}`
    if (waiting.get(key)?.asked === Infinity) return
    waiting.set(key, { kind, key, since, dueAt: from + askAfterMs, asked: 0 })
  }
  const priced = (kind: PricedKind, id: string, sid: string, price: string, at: number): void => {
    keep(prices, sid, price)
    const key = `${kind} ${id}`
    const open = waiting.get(key)
    if (open !== undefined) waiting.set(key, { ...open, dueAt: at + CORRECTED_BY_MS, asked: Infinity })
  }

  return {
    take(event) {
      const at = Date.parse(event.time)
      if (isEvent(event, CallEnded)) {
        const { callId, endedAt, durationSeconds } = event.data
        expect('call', callId, Date.parse(endedAt) - (durationSeconds ?? 0) * 1_000 - RINGS_MS, at)
      } else if (isEvent(event, CallRecordingReported)) {
        const { recordingSid, status, durationSeconds } = event.data
        if (status === 'completed')
          expect('recording', recordingSid, at - (durationSeconds ?? 0) * 1_000 - RINGS_MS, at)
      } else if (isEvent(event, SmsSent)) {
        keep(messages, event.data.messageSid, namesOf(event.data))
        expect('message', event.data.messageSid, Date.parse(event.data.at) - RINGS_MS, at)
      } else if (isEvent(event, SmsReceived)) {
        keep(messages, event.data.messageSid, namesOf(event.data))
        expect('message', event.data.messageSid, Date.parse(event.data.receivedAt) - RINGS_MS, at)
      } else if (isEvent(event, CallPriced)) {
        // Of a leg it says nothing about the price of its call.
        const { callSid } = event.data
        priced('call', callIdOf(callSid), callSid, priceText(event.data), at)
      } else if (isEvent(event, SmsPriced)) {
        priced('message', event.data.messageSid, event.data.messageSid, priceText(event.data), at)
      } else if (isEvent(event, RecordingPriced)) {
        priced('recording', event.data.recordingSid, event.data.recordingSid, priceText(event.data), at)
      }
    },
    due: (now) => [...waiting.values()].filter(({ dueAt }) => dueAt <= now),
    asked(due, now) {
      for (const { key, since } of due) {
        const open = waiting.get(key)
        if (open === undefined || open.dueAt > now) continue
        // A price that stood for a day stands.
        if (open.asked === Infinity || since < now - LOOK_BACK_MS) waiting.delete(key)
        else waiting.set(key, { ...open, dueAt: now + askAfterMs * 2 ** (open.asked + 1), asked: open.asked + 1 })
      }
    },
    known: (sid) => prices.get(sid),
    seen: (sid, price) => keep(prices, sid, price),
    messageOf: (messageSid) => messages.get(messageSid),
    get size() {
      return waiting.size
    }
  }
}

export function priceText({ price, currency }: { readonly price: string; readonly currency: string }): string {
  return `${price} ${currency}`
}
