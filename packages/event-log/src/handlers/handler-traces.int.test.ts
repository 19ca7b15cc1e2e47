import { DeadLettered, newEvent, PermanentError, TransientError } from '@leadlog/contracts'
import { eventually, startOtlpReceiver } from '@leadlog/testing'
import { startTracing } from '@leadlog/tracing'
import t from 'tap'
import { account, Deposited } from '../fixtures/account-events.ts'
import { openTestLog } from '../fixtures/open-test-log.ts'
import { startBatchHandler, startHandler } from './start-handler.ts'

const OUTSIDE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const OTHER = OUTSIDE.replace('0af7', '1bf8')

void t.test('a handler is a child of what appended its event, and the parent of what it appends', async (t) => {
  const receiver = await startOtlpReceiver()
  t.teardown(() => receiver.close())
  const tracing = await startTracing({
    service: 'bank',
    endpoint: receiver.url,
    sampleRatio: 1,
    logger: { warn: () => undefined }
  })
  const log = await openTestLog(t)
  let toldUnder: string | undefined
  const handler = await startHandler(log, {
    service: 'bank',
    handler: 'book',
    stream: 'EVENTS',
    subjects: ['evt.bank.account.*'],
    concurrency: 1,
    retryDelaysMs: [1],
    onGiveUp: async ({ cause }) => void (toldUnder = cause.traceparent),
    handle: async (event, { attempt, cause }) => {
      if (event.subject === 'bank.account.bad') throw new PermanentError('BANK_REFUSED', 'Ada Lovelace has no money')
      if (attempt === 1) throw new TransientError('BANK_CLOSED', 'later')
      if (event.subject !== 'bank.account.a') return
      await log.transact({
        cause,
        handler: 'bank-book',
        actor: 'service:bank',
        load: [account('b')],
        decide: () => [newEvent(Deposited, 'b', { amount: 1 })]
      })
    }
  })
  const begin = (id: string, traceparent: string) =>
    log.transact({
      cause: { id: `begin ${id}`, correlationId: 'day', traceparent },
      handler: 'test',
      actor: 'service:test',
      load: [account(id)],
      decide: () => [newEvent(Deposited, id, { amount: 1 })]
    })
  const first = await begin('a', OUTSIDE)
  const again = await begin('a', OTHER)
  t.match(again, { repeated: true }, 'another trace is no other event')
  t.same('events' in again && again.events, 'events' in first && first.events)
  await begin('bad', OTHER)
  await eventually(() => handler.stats().acked === 2 && handler.stats().deadLettered === 1)
  await handler.stop()
  const [recorded] = (await log.load(account('b'))).events
  const letter = await log.getLast('DEAD_LETTERS', 'dead.bank.book')
  await tracing?.stop()

  const spans = receiver.spans.filter(({ name }) => name === 'bank-book')
  const of = (eventId: string | undefined, attempt: number) =>
    spans.find(
      (span) => span.attributes['leadlog.event.id'] === eventId && span.attributes['leadlog.attempt'] === attempt
    )
  const event = 'events' in first ? first.events[0] : undefined
  const place = { traceId: OUTSIDE.split('-')[1], parentSpanId: OUTSIDE.split('-')[2], kind: 'consumer' }
  t.match(of(event?.id, 1), { ...place, error: 'BANK_CLOSED', attributes: { 'leadlog.outcome': 'retry' } })
  t.match(of(event?.id, 2), { ...place, error: null, attributes: { 'leadlog.outcome': 'ack' } })
  t.equal(recorded?.traceparent, `00-${of(event?.id, 2)?.traceId}-${of(event?.id, 2)?.spanId}-01`)
  t.equal(of(recorded?.id, 1)?.parentSpanId, of(event?.id, 2)?.spanId, 'and so on, from service to service')
  const failed = spans.find(({ error }) => error === 'BANK_REFUSED')
  t.match(letter, { type: DeadLettered.type, traceparent: `00-${failed?.traceId}-${failed?.spanId}-01` })
  t.equal(toldUnder, letter?.traceparent, 'who is told of it is told under the attempt that failed')
  t.notMatch(receiver.raw().toString('latin1'), /Lovelace/, 'the text of an error stays inside')
})

void t.test('in a batch every event has a span of its own', async (t) => {
  const receiver = await startOtlpReceiver()
  t.teardown(() => receiver.close())
  const tracing = await startTracing({
    service: 'bank',
    endpoint: receiver.url,
    sampleRatio: 1,
    logger: { warn: () => undefined }
  })
  const log = await openTestLog(t)
  for (const [id, traceparent] of [
    ['a', OUTSIDE],
    ['b', OTHER]
  ] as const) {
    await log.transact({
      cause: { id, correlationId: id, traceparent },
      handler: 'test',
      actor: 'service:test',
      load: [account(id)],
      decide: () => [newEvent(Deposited, id, { amount: 1 })]
    })
  }
  const causes: (string | undefined)[] = []
  const handler = await startBatchHandler(log, {
    service: 'bank',
    handler: 'sum',
    stream: 'EVENTS',
    subjects: ['evt.bank.account.*'],
    concurrency: 1,
    maxBatch: 2,
    maxBatchWaitMs: 60_000,
    handleBatch: async (deliveries) => {
      causes.push(...deliveries.map(({ context }) => context.cause.traceparent))
      return deliveries.map(() => ({ kind: 'ack' }))
    }
  })
  await eventually(() => handler.stats().acked === 2)
  await handler.stop()
  await tracing?.stop()
  t.same(
    receiver.spans.map(({ traceId, spanId }) => `00-${traceId}-${spanId}-01`).sort(),
    causes.toSorted(),
    'what an event causes carries the span of that event'
  )
  t.same(receiver.spans.map(({ traceId }) => traceId).sort(), [OUTSIDE, OTHER].map((one) => one.split('-')[1]).sort())
  t.match(receiver.spans, [{ attributes: { 'leadlog.batch.size': 2 } }, { attributes: { 'leadlog.batch.size': 2 } }])
})
