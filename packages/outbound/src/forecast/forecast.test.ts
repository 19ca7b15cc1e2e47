import fc from 'fast-check'
import t from 'tap'
import { LANES, laneIndex, perLane } from '../budget/lanes.ts'
import { DAY, limitsOf, type LimitOptions } from '../budget/limits.ts'
import type { AccountState } from './account-state.ts'
import { forecastAccount } from './forecast.ts'
import { reportBudgets } from './report.ts'
import { shareOut } from './share-out.ts'

const NOON = Date.UTC(2026, 10, 18, 12)
const MIDNIGHT = Date.UTC(2026, 10, 19)
const MINUTE_MS = 60_000
const noLane = perLane(() => 0)
const laneOf = (counts: Partial<Record<(typeof LANES)[number], number>>) => perLane((lane) => counts[lane] ?? 0)
const bulk = laneIndex('bulk')

function account(options: LimitOptions, parts: Partial<AccountState> = {}): AccountState {
  const limits = limitsOf(options)
  const names = { vendor: 'zoho', account: 'eu', limits, announcedAt: NOON, at: NOON, tokens: 0, usedThisMinute: 0 }
  return { ...names, day: [], waiting: noLane, pausedUntil: noLane, perMinute: noLane, ...parts }
}

/** Uses of the window, so many hours ago. */
const used = (count: number, hoursAgo: number) => [
  { slice: Math.floor((NOON - hoursAgo * 3_600_000) / DAY.sliceMs), count }
]

void t.test('a line of bulk work is done when the sustained rate has served it', async (t) => {
  const state = account({ perMinute: 110, burst: 10 })
  const { lanes, usedNow } = forecastAccount(state, laneOf({ bulk: 14_000 }), MIDNIGHT)
  t.equal(lanes[bulk]?.doneAt, NOON + 140 * MINUTE_MS)
  t.equal(usedNow, 0)
  t.equal(lanes[bulk]?.dayReachedAt, null)
  t.equal(lanes[laneIndex('live')]?.doneAt, NOON, 'nothing waits there')
})

void t.test('live traffic takes its part, by weight only where both wait', async (t) => {
  const state = account({ perMinute: 110, burst: 10 }, { perMinute: laneOf({ live: 50, person: 10 }) })
  const { lanes } = forecastAccount(state, laneOf({ bulk: 4_000 }), MIDNIGHT)
  t.equal(Math.round(((lanes[bulk]?.doneAt ?? 0) - NOON) / MINUTE_MS), 100, '100 a minute less the 60 of the others')
})

void t.test('what a quiet account has saved up goes at once', async (t) => {
  const state = account({ perMinute: 110, burst: 10 }, { tokens: 10 })
  const { lanes } = forecastAccount(state, laneOf({ person: 5 }), MIDNIGHT)
  t.ok((lanes[0]?.doneAt ?? Infinity) <= NOON + 1_000)
})

void t.test('a paused lane stands still until its pause is over', async (t) => {
  const pausedUntil = laneOf({ bulk: NOON + 30 * MINUTE_MS, replay: NOON + 30 * MINUTE_MS })
  const { lanes } = forecastAccount(
    account({ perMinute: 110, burst: 10 }, { pausedUntil }),
    laneOf({ bulk: 100 }),
    MIDNIGHT
  )
  t.ok((lanes[bulk]?.doneAt ?? 0) >= NOON + 30 * MINUTE_MS)
  t.ok((lanes[bulk]?.doneAt ?? 0) <= NOON + 31 * MINUTE_MS)
})

void t.test('bulk waits at its part of the day and goes on when old calls leave the window', async (t) => {
  const state = account({ perMinute: 110, burst: 10, perDay: 1_000 }, { day: used(800, 20) })
  const [report] = reportBudgets([state], [{ vendor: 'zoho', lane: 'bulk', calls: 500 }])
  const lane = report?.lanes[bulk]
  t.equal(lane?.dayReachedAt?.slice(0, 16), '2026-11-18T12:01')
  t.equal(lane?.doneAt?.slice(0, 13), '2026-11-18T16', 'the 800 calls leave after 24 hours')
  t.equal(lane?.notToday, 0)
  t.match(report?.words, [
    /^bulk stands still: 90 % of the day's quota will be used up at 12:0\d before its 500 calls that wait are done$/,
    /^bulk done at 16:\d\d, 50 % of today's quota$/,
    "80 % of the day's quota used, 50 % by the end of the day"
  ])
})

void t.test('what the quota leaves for another day is said', async (t) => {
  const state = account({ perMinute: 110, burst: 10, perDay: 1_000 }, { day: used(500, 2) })
  const [report] = reportBudgets([state], [{ vendor: 'zoho', lane: 'bulk', calls: 1_900 }])
  t.equal(report?.lanes[bulk]?.notToday, 1_500)
  t.equal(report?.day.shareAtEndOfDay, 0.9)
  t.match(report?.words[0], /quota will be used up at 12:0\d before .*; 1,500 calls will have to wait for another day$/)
  t.match(report?.words[1], /^bulk done at \d\d:\d\d on 2026-11-\d\d, /)
})

void t.test('live calls that come after the quota is used up are said too', async (t) => {
  const state = account({ perMinute: 110, burst: 10, perDay: 1_000 }, { perMinute: laneOf({ live: 10 }) })
  const [report] = reportBudgets([state], [])
  t.equal(report?.lanes[laneIndex('live')]?.dayReachedAt?.slice(0, 13), '2026-11-18T13')
  t.equal(report?.lanes[laneIndex('live')]?.notToday, 6_200, '12 hours of 600 less the 1,000')
  t.equal(report?.day.shareAtEndOfDay, 1)
})

void t.test('longer than a week has no time', async (t) => {
  const [report] = reportBudgets([account({ perMinute: 1 })], [{ vendor: 'zoho', lane: 'replay', calls: 100_000 }])
  t.match(report?.words, ['replay takes longer than a week: 100,000 calls wait'])
  t.equal(report?.day.share, null)
})

void t.test('the backlog belongs to the account that is kept now; what waits in processes is part of it', async (t) => {
  const old = account({ perMinute: 100 }, { account: 'old', announcedAt: NOON - 1 })
  const kept = account({ perMinute: 100 }, { waiting: laneOf({ bulk: 100 }) })
  const reports = reportBudgets([old, kept], [{ vendor: 'zoho', lane: 'bulk', calls: 300 }])
  t.same(
    reports.map(({ lanes }) => lanes[bulk]?.waiting),
    [0, 300]
  )
  t.same(reports[0]?.words, ['nothing waits'])
})

const quantities = fc.tuple(...LANES.map(() => fc.nat(5_000)))

void t.test('shares never exceed what is free, asked for, or left of the day', async () => {
  fc.assert(
    fc.property(
      quantities,
      fc.nat(2_000),
      fc.nat(1_000),
      fc.integer({ min: 1, max: 2_000 }),
      (demand, free, used, perDay) => {
        const limits = limitsOf({ perMinute: 100, perDay })
        const granted = shareOut({ free, used, demand, weights: limits.weights, dayLimits: limits.dayLimits })
        const total = granted.reduce((sum, count) => sum + count, 0)
        const idle = free - total > 1e-6
        return (
          total <= free + 1e-6 &&
          granted.every((count, lane) => count >= 0 && count <= (demand[lane] ?? 0) + 1e-6) &&
          (total === 0 || used + total <= perDay + 1e-6) &&
          (!idle ||
            granted.every(
              (count, lane) =>
                (demand[lane] ?? 0) - count < 1e-6 || used + total >= (limits.dayLimits[lane] ?? 0) - 1e-6
            ))
        )
      }
    )
  )
})

void t.test('more waiting, or more traffic, never ends sooner; no window exceeds the day', async () => {
  const perDay = 10_000
  fc.assert(
    fc.property(quantities, fc.nat(3_000), fc.nat(80), (backlog, more, traffic) => {
      const options = { perMinute: 110, burst: 10, perDay }
      const plain = forecastAccount(account(options), backlog, MIDNIGHT)
      const longer = forecastAccount(
        account(options),
        backlog.map((count) => count + more),
        MIDNIGHT
      )
      const busier = forecastAccount(account(options, { perMinute: laneOf({ live: traffic }) }), backlog, MIDNIGHT)
      const end = (forecast: typeof plain): number => forecast.lanes[bulk]?.doneAt ?? Infinity
      return (
        // A step's length: where within it a lane ends is interpolated.
        end(longer) >= end(plain) - MINUTE_MS &&
        end(busier) >= end(plain) - MINUTE_MS &&
        [plain, longer, busier].every(({ usedAtEndOfDay }) => usedAtEndOfDay <= perDay + 1e-3)
      )
    }),
    { numRuns: 40 }
  )
})
