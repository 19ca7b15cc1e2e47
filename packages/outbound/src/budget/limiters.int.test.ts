import { testRedis } from '@leadlog/testing'
import fc from 'fast-check'
import { Redis } from 'ioredis'
import t from 'tap'
import { LANES, laneIndex, perLane } from './lanes.ts'
import type { TakeRequest } from './limiter.ts'
import { limitsOf, type Limits } from './limits.ts'
import { createLocalLimiter } from './local-limiter.ts'
import { createSharedLimiter, type SharedLimiter } from './shared-limiter.ts'

const { url, prefix } = await testRedis(t)
const redis = new Redis(url)
t.teardown(() => redis.disconnect())

const NO_CHARGE = { minute: 0, day: 0 }
const START = Date.UTC(2026, 10, 18)
let accounts = 0

/** Several processes on one account, at a time that the test sets. */
function processes(limits: Limits, count: number): { time: { now: number }; limiters: SharedLimiter[] } {
  const time = { now: START }
  const keyPrefix = `${prefix}{${String(accounts++)}}`
  const clock = (): Date => new Date(time.now)
  const limiters = Array.from({ length: count }, (_, i) =>
    createSharedLimiter({ redis, keyPrefix, limits, processId: `p${String(i)}`, clock })
  )
  return { time, limiters }
}

function request(counts: readonly number[], cost = 1): TakeRequest {
  return { costs: counts.map((count) => Array.from({ length: count }, () => cost)), waiting: counts }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}

/** The most that was used in any window that ends with a use. */
function mostWithin(windowMs: number, uses: readonly { at: number; cost: number }[]): number {
  return Math.max(
    0,
    ...uses.map((last) =>
      sum(uses.filter((use) => use.at > last.at - windowMs && use.at <= last.at).map((u) => u.cost))
    )
  )
}

const demand = fc.record({
  process: fc.integer({ min: 0, max: 2 }),
  afterMs: fc.integer({ min: 0, max: 3_000 }),
  cost: fc.constantFrom(1, 1, 1, 3),
  counts: fc.tuple(fc.nat(6), fc.nat(6), fc.nat(6), fc.nat(30), fc.nat(30))
})

void t.test('several processes together never exceed the minute nor the day', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({ perMinute: fc.integer({ min: 5, max: 80 }), perDay: fc.integer({ min: 20, max: 300 }) }),
      fc.array(demand, { minLength: 20, maxLength: 60 }),
      async (options, steps) => {
        const { time, limiters } = processes(limitsOf(options), 3)
        const uses: { at: number; cost: number }[] = []
        for (const { process, afterMs, cost, counts } of steps) {
          time.now += afterMs
          const { granted } = (await limiters[process]?.take(request(counts, cost), NO_CHARGE)) ?? { granted: [] }
          uses.push({ at: time.now, cost: sum(granted) * cost })
        }
        t.ok(mostWithin(60_000, uses) <= options.perMinute)
        t.ok(sum(uses.map((use) => use.cost)) <= options.perDay)
      }
    ),
    { numRuns: 15 }
  )
})

void t.test('with always something waiting all that is allowed is used, evenly', async (t) => {
  const { time, limiters } = processes(limitsOf({ perMinute: 250, burst: 50 }), 2)
  const perSecond: number[] = []
  for (let second = 0; second < 180; second++) {
    const results = await Promise.all(limiters.map((limiter) => limiter.take(request([0, 30, 0, 30, 0]), NO_CHARGE)))
    perSecond.push(sum(results.map(({ granted }) => sum(granted))))
    time.now += 1_000
  }
  t.equal(perSecond[0], 50, 'the burst')
  t.ok(perSecond.slice(1).every((count) => count === 3 || count === 4))
  t.equal(sum(perSecond.slice(120)), 200, 'a minute of sustained calls')
})

void t.test('the day is a rolling one, and bulk work leaves a part of it to others', async (t) => {
  const { time, limiters } = processes(limitsOf({ perMinute: 50, burst: 50, perDay: 50 }), 1)
  const [limiter] = limiters
  if (!limiter) throw new Error('one was made')
  const bulk = await limiter.take(request([0, 0, 0, 60, 60]), NO_CHARGE)
  t.same(bulk.granted, [0, 0, 0, 37, 8], '4 to 1 until the replay had to stop at 40, then bulk until 45')
  time.now += 3_600_000
  const live = await limiter.take(request([0, 60, 0, 60, 0]), NO_CHARGE)
  t.same(live.granted, [0, 5, 0, 0, 0])
  const freeAt = live.usage.dayFreeAt[laneIndex('bulk')] ?? 0
  t.ok(freeAt >= START + 86_400_000 && freeAt <= START + 86_400_000 + 600_000)
  time.now = freeAt
  const next = await limiter.take(request([0, 0, 0, 60, 0]), NO_CHARGE)
  t.equal(sum(next.granted), 40, '45 again, less the 5 live calls of the hour after')
})

void t.test('a line too long for one step goes on with the next at once', async (t) => {
  const { limiters } = processes(limitsOf({ perMinute: 200, burst: 200 }), 1)
  const first = await limiters[0]?.take(request([0, 100, 0, 0, 0]), NO_CHARGE)
  t.match(first, { granted: [0, 64, 0, 0, 0], askAgainInMs: 1 })
  const second = await limiters[0]?.take(request([0, 36, 0, 0, 0]), NO_CHARGE)
  t.match(second, { granted: [0, 36, 0, 0, 0], askAgainInMs: 0 })
})

void t.test('a person waiting in another process comes before bulk work', async (t) => {
  const { time, limiters } = processes(limitsOf({ perMinute: 60, burst: 1 }), 2)
  const [bulkProcess, personProcess] = limiters
  if (!bulkProcess || !personProcess) throw new Error('two were made')
  t.same((await bulkProcess.take(request([0, 0, 0, 9, 0]), NO_CHARGE)).granted, [0, 0, 0, 1, 0])
  const waits = await personProcess.take(request([1, 0, 0, 0, 0]), NO_CHARGE)
  t.same(waits.granted, [0, 0, 0, 0, 0])
  time.now += waits.askAgainInMs
  const left = await bulkProcess.take(request([0, 0, 0, 9, 0]), NO_CHARGE)
  t.same([sum(left.granted), left.askAgainInMs], [0, 20], 'the call is left to the person')
  t.same((await personProcess.take(request([1, 0, 0, 0, 0]), NO_CHARGE)).granted, [1, 0, 0, 0, 0])

  await personProcess.take(request([1, 0, 0, 0, 0]), NO_CHARGE)
  time.now += 1_999
  t.equal(sum((await bulkProcess.take(request([0, 0, 0, 9, 0]), NO_CHARGE)).granted), 0)
  time.now += 1
  t.equal(sum((await bulkProcess.take(request([0, 0, 0, 9, 0]), NO_CHARGE)).granted), 1)
})

void t.test('a pause holds for all processes until its time, for the named lanes', async (t) => {
  const { time, limiters } = processes(limitsOf({ perMinute: 60, burst: 30 }), 2)
  const [first, second] = limiters
  if (!first || !second) throw new Error('two were made')
  await first.pause(5_000, [3, 4])
  const paused = await second.take(request([1, 1, 1, 1, 1]), NO_CHARGE)
  t.same(paused.granted, [1, 1, 1, 0, 0])
  t.equal(paused.usage.pausedUntil[3], START + 5_000)
  time.now += 4_999
  t.equal(sum((await second.take(request([0, 0, 0, 1, 1]), NO_CHARGE)).granted), 0)
  time.now += 1
  t.equal(sum((await second.take(request([0, 0, 0, 1, 1]), NO_CHARGE)).granted), 2)
})

void t.test('what was used while Redis was away is charged', async (t) => {
  const { limiters } = processes(limitsOf({ perMinute: 60, burst: 60, perDay: 100 }), 1)
  const result = await limiters[0]?.take(request([0, 200, 0, 0, 0]), { minute: 50, day: 70 })
  t.match(result, { granted: [0, 10, 0, 0, 0], usage: { usedThisMinute: 60, usedThisDay: 80 } })
})

void t.test('one process alone gets from Redis what it would get by itself', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.array(demand, { minLength: 10, maxLength: 40 }), async (steps) => {
      const limits = limitsOf({ perMinute: 40, perDay: 120 })
      const { time, limiters } = processes(limits, 1)
      const local = createLocalLimiter(limits)
      for (const { afterMs, counts, cost } of steps) {
        time.now += afterMs
        const shared = await limiters[0]?.take(request(counts, cost), NO_CHARGE)
        const alone = local.take(
          request(counts, cost),
          time.now,
          perLane(() => 0)
        )
        t.same(shared?.granted, alone.granted)
        t.same(shared?.usage.dayFreeAt, alone.usage.dayFreeAt)
        t.same([shared?.askAgainInMs, shared?.usage.usedThisMinute], [alone.askAgainInMs, alone.usage.usedThisMinute])
      }
    }),
    { numRuns: 10 }
  )
})

void t.test('under lasting overload every lane gets calls', async (t) => {
  const { time, limiters } = processes(limitsOf({ perMinute: 600, burst: 10 }), 3)
  const taken = LANES.map(() => 0)
  for (let i = 0; i < 200; i++) {
    time.now += 300
    const results = await Promise.all(limiters.map((limiter) => limiter.take(request([50, 50, 50, 50, 50]), NO_CHARGE)))
    for (const { granted } of results) granted.forEach((count, lane) => (taken[lane] = (taken[lane] ?? 0) + count))
  }
  const all = sum(taken)
  t.ok(all > 550)
  for (const [lane, weight] of [64, 32, 8, 4, 1].entries()) {
    t.ok(Math.abs((taken[lane] ?? 0) - (all * weight) / 109) <= 2, `lane ${String(lane)} has its share`)
  }
})
