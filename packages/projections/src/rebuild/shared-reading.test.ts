import type { EventBatch, EventSource } from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import t from 'tap'
import { MoneyMoved } from '../fixtures/accounts.ts'
import { memoryEventSource } from '../fixtures/memory-event-source.ts'
import { shareReading } from './shared-reading.ts'

const EVENTS = 100
const streams = new Set(['EVENTS'])

function filledSource(options: Parameters<typeof memoryEventSource>[0] = { nextBatchSize: () => 10 }) {
  const source = memoryEventSource(options)
  for (let n = 0; n < EVENTS; n += 1) source.append(MoneyMoved, `t${n}`, { from: 'a', to: 'b', amount: n })
  return source
}

function reading(source: EventSource, range: { from?: number; until?: number } = {}) {
  const ending = new AbortController()
  const batches: EventBatch[] = []
  const gate = { open: true, wake: (): void => undefined }
  const request = {
    stream: 'EVENTS',
    fromSequence: range.from ?? 1,
    untilSequence: range.until ?? EVENTS,
    maxEvents: 50,
    maxWaitMs: 1,
    signal: ending.signal
  }
  const done = (async () => {
    for await (const batch of source.batches(request)) {
      batches.push(batch)
      while (!gate.open) await new Promise<void>((resolve) => (gate.wake = resolve))
    }
  })()
  done.catch(() => undefined)
  return {
    done,
    batches,
    ending,
    sequences: () => batches.flatMap(({ events }) => events.map(({ sequence }) => sequence)),
    hold: () => void (gate.open = false),
    goOn() {
      gate.open = true
      gate.wake()
    }
  }
}

const from = (first: number, last = EVENTS) => Array.from({ length: last - first + 1 }, (_, index) => first + index)

void t.test('one reading serves all, each from its own place to its own end', async (t) => {
  const source = filledSource()
  const shared = shareReading(source, new Map(['a', 'b', 'c'].map((name) => [name, streams])))
  const a = reading(shared.sourceFor('a'))
  const b = reading(shared.sourceFor('b'), { from: 55, until: 83 })
  t.strictSame(a.batches, [], 'it waits for the third')
  const c = reading(shared.sourceFor('c'), { from: 12 })
  await Promise.all([a.done, b.done, c.done])
  t.strictSame(a.sequences(), from(1))
  t.strictSame(b.sequences(), from(55, 83))
  t.equal(b.batches.at(-1)?.throughSequence, 83)
  t.strictSame(c.sequences(), from(12))
  t.strictSame([...source.opened], [['EVENTS', 1]])
})

void t.test('the slowest sets the pace; who has gone holds up nobody', async (t) => {
  const shared = shareReading(filledSource(), new Map(['a', 'b', 'c'].map((name) => [name, streams])))
  const slow = reading(shared.sourceFor('a'))
  slow.hold()
  const quick = reading(shared.sourceFor('b'))
  shared.leave('c', 'EVENTS')
  await eventually(() => slow.batches.length === 1 && quick.batches.length >= 2)
  await new Promise((resolve) => setImmediate(resolve))
  t.ok(quick.batches.length <= 4, `${quick.batches.length} batches ahead of one that took one`)
  slow.ending.abort()
  slow.goOn()
  await quick.done
  t.strictSame(quick.sequences(), from(1))
})

void t.test('who gives up while it waits for the others ends at once', async () => {
  const shared = shareReading(filledSource(), new Map(['a', 'b'].map((name) => [name, streams])))
  const waiting = reading(shared.sourceFor('a'))
  waiting.ending.abort()
  await waiting.done
})

void t.test('who comes late or again reads alone; all interrupted, they begin together again', async (t) => {
  const source = filledSource()
  let failAt = 31
  const breaking: EventSource = {
    lastSequence: (stream) => source.lastSequence(stream),
    firstSequence: (stream) => source.firstSequence(stream),
    async *batches(request) {
      for await (const batch of source.batches(request)) {
        if (batch.throughSequence >= failAt) throw new Error('the log is away')
        yield batch
      }
    }
  }
  const shared = shareReading(breaking, new Map(['a', 'b'].map((name) => [name, streams])))
  const [a, b] = [reading(shared.sourceFor('a')), reading(shared.sourceFor('b'))]
  await t.rejects(a.done, { message: 'the log is away' })
  await t.rejects(b.done, { message: 'the log is away' })
  t.strictSame(a.sequences(), from(1, 30), 'what came before the failure was handed over')
  failAt = Infinity
  const again = [reading(shared.sourceFor('a'), { from: 31 }), reading(shared.sourceFor('b'), { from: 21 })]
  for (const each of again) each.hold()
  await eventually(() => again.every(({ batches }) => batches.length === 1))
  t.equal(source.opened.get('EVENTS'), 2, 'together')
  const alone = reading(shared.sourceFor('a'), { from: 90 })
  await alone.done
  t.strictSame(alone.sequences(), from(90))
  t.equal(source.opened.get('EVENTS'), 3)
  for (const each of again) each.goOn()
  await Promise.all(again.map(({ done }) => done))
  t.strictSame(again[0]?.sequences(), from(31))
})
