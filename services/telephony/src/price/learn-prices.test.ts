import {
  CallEnded,
  CallPlaced,
  CallPriced,
  CallRecordingReported,
  isRefusal,
  RecordingPriced,
  recordingIdOf,
  SmsPriced,
  SmsReceived,
  type AggregateRef,
  type EventDefinition,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import type { TransactRequest } from '@leadlog/event-log'
import type { TwilioCall, TwilioMessage, TwilioRecording } from '@leadlog/twilio/rest'
import t from 'tap'
import { callIdOf } from '../call/call-ref.ts'
import { learnPrices, type PriceDeps } from './learn-prices.ts'
import { createPriceBook, LOOK_BACK_MS } from './price-book.ts'

const HOUR = 3_600_000
const ASK_AFTER = 300_000
const began = Date.UTC(2026, 10, 30, 12, 0, 0)
const iso = (at: number): string => new Date(at).toISOString()

/** A log in memory that finds what one cause recorded before, and the book that follows it. */
function createWorld() {
  const events: (RecordedEvent & { readonly of: string; readonly cause: string })[] = []
  const books = [createPriceBook(ASK_AFTER), createPriceBook(ASK_AFTER)] as const
  const asked: unknown[] = []
  const lists: { calls: TwilioCall[]; messages: TwilioMessage[]; recordings: TwilioRecording[] } = {
    calls: [],
    messages: [],
    recordings: []
  }
  const keep = (at: number, cause: string, news: readonly NewEvent[]): void => {
    for (const { definition, data, aggregateId } of news) {
      const event = { type: definition.type, data, time: iso(at), of: aggregateId, cause }
      events.push(event as unknown as (typeof events)[number])
      for (const book of books) book.take(event as unknown as RecordedEvent)
    }
  }
  const load = async (ref: AggregateRef) => ({ ref, events: events.filter(({ of }) => of === ref.id), sequence: 0 })
  let now = began
  const deps: unknown = {
    log: {
      load,
      transact: async (request: TransactRequest) => {
        const { cause, load: refs } = request
        const before = events.filter((event) => event.cause === cause.id)
        if (before.length > 0) return { events: before, repeated: true }
        const decided = request.decide(await Promise.all(refs.map(load)))
        if (isRefusal(decided)) throw new TypeError('nothing is refused here')
        keep(now, cause.id, decided)
        return { events: decided, repeated: false }
      }
    },
    twilio: {
      listCalls: async (filter: unknown) => (asked.push(filter), lists.calls),
      listMessages: async (filter: unknown) => (asked.push(filter), lists.messages),
      listRecordings: async (filter: unknown) => (asked.push(filter), lists.recordings)
    }
  }
  return {
    lists,
    asked,
    books,
    tell: (definition: EventDefinition, id: string, data: object) =>
      keep(now, `told ${events.length}`, [{ definition, aggregateId: id, data } as unknown as NewEvent]),
    priced: (definition: EventDefinition) =>
      events.filter(({ type }) => type === definition.type).map(({ data }) => data as { price: string }),
    learn: async (at: number, book = books[0]) => {
      now = began + at
      return learnPrices(deps as PriceDeps, book, now)
    }
  }
}

const call = (sid: string, price: string | null, more: Partial<TwilioCall> = {}): TwilioCall => ({
  sid,
  to: '+14155550142',
  from: '+16465550100',
  status: 'completed',
  direction: 'outbound-api',
  createdAt: new Date(began - 120_000),
  startedAt: new Date(began - 100_000),
  endedAt: new Date(began),
  durationSeconds: 100,
  answeredBy: null,
  parentCallSid: null,
  price: price === null ? null : { amount: price, currency: 'USD' },
  ...more
})

/** A call of ours that ended at the beginning. */
function endedCall(world: ReturnType<typeof createWorld>, sid: string): string {
  const callId = callIdOf(sid)
  const names = { callId, personId: 'p1', leadId: 'l1' }
  world.tell(CallPlaced, callId, { ...names, callSid: sid, dialId: 'd1', from: '', to: null, placedAt: iso(began) })
  world.tell(CallEnded, callId, { ...names, status: 'completed', durationSeconds: 100, endedAt: iso(began) })
  return callId
}

void t.test('a call is asked about once it may have a price, ever more seldom, and for three days', async (t) => {
  const world = createWorld()
  endedCall(world, 'CA1')
  world.lists.calls = [call('CA1', null)]
  const rounds: number[] = []
  for (let at = 0; at < LOOK_BACK_MS + 24 * HOUR; at += 60_000) {
    const before = world.asked.length
    await world.learn(at)
    if (world.asked.length > before) rounds.push(at / 60_000)
  }
  t.strictSame(rounds.slice(0, 5), [5, 15, 35, 75, 155])
  t.ok(rounds.length < 13, `${rounds.length} questions in all`)
  t.equal(world.books[0].size, 0, 'what has no price by then is not charged')
  t.strictSame(world.priced(CallPriced), [])
})

void t.test('a price is taken down once, by whichever process, and again where Twilio changes it', async (t) => {
  const world = createWorld()
  const callId = endedCall(world, 'CA1')
  world.lists.calls = [call('CA1', '0.0280'), call('CA2', '0.5')]
  t.equal(await world.learn(ASK_AFTER), 1)
  t.equal(await world.learn(ASK_AFTER, world.books[1]), 0)
  t.match(world.priced(CallPriced), [
    { callId, callSid: 'CA1', price: '0.0280', currency: 'USD', usedAt: iso(began), leadId: 'l1', durationSeconds: 100 }
  ])
  t.strictSame(world.asked[0], { startedAfter: new Date(began - 100_000 - 600_000), pageSize: 1_000 })
  const asked = world.asked.length
  await world.learn(20 * HOUR)
  t.equal(world.asked.length, asked, 'what has its price is asked about after a day')
  for (const [index, price] of ['0.0140', '0.0280'].entries()) {
    // Another call that ended keeps the lists being read.
    endedCall(world, `CA${index + 7}`)
    world.lists.calls = [call('CA1', price)]
    t.equal(await world.learn((index + 26) * HOUR), 1)
  }
  t.match(
    world.priced(CallPriced).map(({ price }) => price),
    ['0.0280', '0.0140', '0.0280'],
    'also where it is the one from before again'
  )
})

void t.test('a leg is charged to the call that was put through, and what is nobody’s here is left alone', async (t) => {
  const world = createWorld()
  const callId = endedCall(world, 'CA1')
  world.lists.calls = [
    call('CA2', '0.01', { parentCallSid: 'CA1' }),
    call('CA3', '0.02', { parentCallSid: 'CA9' }),
    call('CA1', '0.03')
  ]
  t.equal(await world.learn(ASK_AFTER), 2)
  t.match(world.priced(CallPriced), [
    { callId, callSid: 'CA2', price: '0.01' },
    { callId, callSid: 'CA1', price: '0.03' }
  ])
})

void t.test('a call whose leg has a price is asked about as before, until it has its own', async (t) => {
  const world = createWorld()
  endedCall(world, 'CA1')
  world.lists.calls = [call('CA2', '0.01', { parentCallSid: 'CA1' }), call('CA1', null)]
  t.equal(await world.learn(ASK_AFTER), 1)
  world.lists.calls = [call('CA2', '0.01', { parentCallSid: 'CA1' }), call('CA1', '0.03')]
  t.equal(await world.learn(3 * ASK_AFTER), 1)
  t.match(world.priced(CallPriced), [
    { callSid: 'CA2', price: '0.01' },
    { callSid: 'CA1', price: '0.03' }
  ])
})

void t.test('messages that came in and recordings are charged too', async (t) => {
  const world = createWorld()
  const callId = endedCall(world, 'CA1')
  const names = { messageId: 'm1', threadId: 't1', callerId: 'k1', personId: 'p2', leadId: null }
  world.tell(SmsReceived, 'm1', { ...names, messageSid: 'SM1', receivedAt: iso(began) })
  world.tell(CallRecordingReported, callId, { callId, recordingSid: 'RE1', status: 'completed', durationSeconds: 9 })
  const message = { sid: 'SM1', segments: 2, sentAt: new Date(began), createdAt: null }
  const recording = { sid: 'RE1', callSid: 'CA1', durationSeconds: 9, startedAt: null, createdAt: new Date(began) }
  const price = { amount: '0.0025', currency: 'USD' }
  world.lists.messages = [
    { ...message, price },
    { ...message, sid: 'SM2', price }
  ] as TwilioMessage[]
  world.lists.recordings = [{ ...recording, price }] as TwilioRecording[]
  t.equal(await world.learn(ASK_AFTER), 2)
  t.match(world.priced(SmsPriced), [{ ...names, messageSid: 'SM1', segments: 2, price: '0.0025', usedAt: iso(began) }])
  t.match(world.priced(RecordingPriced), [
    { recordingId: recordingIdOf('RE1'), callId, leadId: 'l1', recordingSid: 'RE1', usedAt: iso(began) }
  ])
})
