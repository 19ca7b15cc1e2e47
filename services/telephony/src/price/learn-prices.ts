import {
  CallPriced,
  derivedId,
  RecordingPriced,
  recordingIdOf,
  SmsPriced,
  type AggregateRef,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import type { TwilioCall, TwilioConnection, TwilioMessage, TwilioPrice, TwilioRecording } from '@leadlog/twilio/rest'
import { callIdOf, callRef } from '../call/call-ref.ts'
import { callOf, ownerOf } from '../call/call.ts'
import { messageRef } from '../sms/message.ts'
import { pricesOf, takePrice } from './decide-price.ts'
import { LOOK_BACK_MS, priceText, type PriceBook, type PricedKind } from './price-book.ts'

export interface PriceDeps {
  readonly log: Pick<EventLog, 'load' | 'transact'>
  readonly twilio: Pick<TwilioConnection, 'listCalls' | 'listMessages' | 'listRecordings'>
}

type Taken = 'news' | 'known' | 'not-ours'

/** The largest page that Twilio gives: prices are read for days, not for moments. */
const PAGE_SIZE = 1_000

/**
 * Reads Twilio's lists back to the oldest thing that is due, and takes down each price that is new: once, whoever reads. What is
 * nobody's here is left alone; a leg that a call was put through to is charged to that call.
 *
 * @returns how many prices were new
 * @throws the errors of the client
 */
export async function learnPrices(deps: PriceDeps, book: PriceBook, now: number): Promise<number> {
  const due = book.due(now)
  let news = 0
  const since = (kind: PricedKind): Date | null => {
    const times = due.filter((one) => one.kind === kind).map((one) => Math.max(one.since, now - LOOK_BACK_MS))
    return times.length === 0 ? null : new Date(Math.min(...times))
  }
  const takeNew = async (
    { sid, price }: { readonly sid: string; readonly price: TwilioPrice | null },
    takeIt: (price: TwilioPrice) => Promise<Taken>
  ): Promise<void> => {
    const text = price === null ? null : priceText(charged(price))
    if (price === null || text === null || book.known(sid) === text) return
    const taken = await takeIt(price)
    if (taken === 'news') news += 1
    // A call of which nothing was heard yet may still be ours.
    if (taken !== 'not-ours') book.seen(sid, text)
  }

  const calls = since('call')
  if (calls !== null) {
    for (const call of await deps.twilio.listCalls({ startedAfter: calls, pageSize: PAGE_SIZE })) {
      await takeNew(call, (price) => takeCall(deps, call, price))
    }
  }
  const messages = since('message')
  if (messages !== null) {
    for (const message of await deps.twilio.listMessages({ sentAfter: messages, pageSize: PAGE_SIZE })) {
      await takeNew(message, (price) => takeMessage(deps, book, message, price))
    }
  }
  const recordings = since('recording')
  if (recordings !== null) {
    for (const recording of await deps.twilio.listRecordings({ createdAfter: recordings })) {
      await takeNew(recording, (price) => takeRecording(deps, recording, price))
    }
  }
  book.asked(due, now)
  return news
}

async function takeCall(deps: PriceDeps, call: TwilioCall, price: TwilioPrice): Promise<Taken> {
  const { sid, parentCallSid, durationSeconds, endedAt, startedAt, createdAt } = call
  // One that was put through is a leg of its call, unless it has a history of its own.
  for (const of of [sid, ...(parentCallSid === null ? [] : [parentCallSid])]) {
    const callId = callIdOf(of)
    const owner = ownerOf(callOf((await deps.log.load(callRef(callId))).events))
    if (owner === null) continue
    const usedAt = timeOf(endedAt, startedAt, createdAt)
    const data = { callId, ...owner, callSid: sid, durationSeconds, ...charged(price), usedAt }
    return take(deps, callRef(callId), sid, price, (events) => takePrice(CallPriced, callId, events, sid, data))
  }
  return 'not-ours'
}

async function takeMessage(
  deps: PriceDeps,
  book: PriceBook,
  message: TwilioMessage,
  price: TwilioPrice
): Promise<Taken> {
  const { sid, segments, sentAt, createdAt } = message
  const names = book.messageOf(sid)
  if (names === undefined) return 'not-ours'
  const { messageId } = names
  const data = { ...names, messageSid: sid, segments, ...charged(price), usedAt: timeOf(sentAt, createdAt) }
  return take(deps, messageRef(messageId), sid, price, (events) => takePrice(SmsPriced, messageId, events, sid, data))
}

async function takeRecording(deps: PriceDeps, recording: TwilioRecording, price: TwilioPrice): Promise<Taken> {
  const { sid, callSid, durationSeconds, startedAt, createdAt } = recording
  if (callSid === null) return 'not-ours'
  const callId = callIdOf(callSid)
  const owner = ownerOf(callOf((await deps.log.load(callRef(callId))).events))
  if (owner === null) return 'not-ours'
  const recordingId = recordingIdOf(sid)
  const usedAt = timeOf(startedAt, createdAt)
  const data = { recordingId, callId, ...owner, recordingSid: sid, durationSeconds, ...charged(price), usedAt }
  return take(deps, callRef(callId), sid, price, (events) => takePrice(RecordingPriced, callId, events, sid, data))
}

function charged({ amount, currency }: TwilioPrice) {
  return { price: amount, currency }
}

/** The first that is known of the times at which something was used. */
function timeOf(...times: readonly (Date | null)[]): string {
  return (times.find((time) => time !== null) ?? new Date(0)).toISOString()
}

/** The cause names the thing, its price and how many it had before: a price that comes back is another news. */
async function take(
  { log }: PriceDeps,
  ref: AggregateRef,
  sid: string,
  { amount, currency }: TwilioPrice,
  decide: (events: readonly RecordedEvent[]) => readonly NewEvent[]
): Promise<Taken> {
  const before = pricesOf((await log.load(ref)).events, sid).length
  const result = await log.transact({
    cause: { id: derivedId('twilio-price', sid, amount, currency, String(before)), correlationId: ref.id },
    handler: 'telephony-price',
    actor: 'provider:twilio',
    load: [ref],
    decide: ([history]) => decide(history?.events ?? [])
  })
  return 'events' in result && !result.repeated && result.events.length > 0 ? 'news' : 'known'
}
