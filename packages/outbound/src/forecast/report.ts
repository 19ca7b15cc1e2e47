import type { Lane } from '@leadlog/contracts'
import { laneIndex, LANES, perLane } from '../budget/lanes.ts'
import type { AccountState } from './account-state.ts'
import { forecastAccount } from './forecast.ts'
import { sayForecast } from './say-forecast.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** Calls that stand behind those in the processes: work in the log that no process has in hand yet. */
export interface Backlog {
  readonly vendor: string
  readonly lane: Lane
  readonly calls: number
}

export interface LaneReport {
  readonly lane: Lane
  /** Calls that wait, the backlog included. */
  readonly waiting: number
  /** Calls a minute in the last minutes. */
  readonly perMinute: number
  readonly pausedUntil: string | null
  /** When what waits now is done; null where nothing waits, and where it takes longer than a week. */
  readonly doneAt: string | null
  /** The part of the day's quota that is used by then, 0 to 1; null without a quota. */
  readonly dayShareWhenDone: number | null
  /** From when the lane stands still because its part of the day's quota is used up. */
  readonly dayReachedAt: string | null
  /** Calls that the day's quota leaves for another day. */
  readonly notToday: number
}

/** One vendor account: where its budget stands, and what becomes of what waits. */
export interface BudgetReport {
  readonly vendor: string
  readonly account: string
  readonly at: string
  readonly minute: { readonly used: number; readonly limit: number; readonly sustained: number }
  /** Of the last 24 hours: the windows of the vendors roll. */
  readonly day: {
    readonly used: number
    readonly limit: number | null
    readonly share: number | null
    readonly usedAtEndOfDay: number
    readonly shareAtEndOfDay: number | null
    readonly endsAt: string
  }
  readonly lanes: readonly LaneReport[]
  /** The same in words, the most important first. */
  readonly words: readonly string[]
}

/** Every account with its forecast until the end of the day (UTC). Of several accounts of one vendor the backlog is the one's that was kept last. */
export function reportBudgets(states: readonly AccountState[], backlogs: readonly Backlog[]): BudgetReport[] {
  return states.map((state) => {
    const sameVendor = states.filter(({ vendor }) => vendor === state.vendor)
    const newest = sameVendor.every(({ announcedAt }) => announcedAt <= state.announcedAt)
    return reportBudget(state, newest ? backlogs.filter(({ vendor }) => vendor === state.vendor) : [])
  })
}

function reportBudget(state: AccountState, backlogs: readonly Backlog[]): BudgetReport {
  const { limits, at } = state
  const backlog = perLane((lane) =>
    backlogs.reduce((sum, entry) => sum + (entry.lane === lane ? Math.max(0, entry.calls) : 0), 0)
  )
  const endOfDay = (Math.floor(at / DAY_MS) + 1) * DAY_MS
  const forecast = forecastAccount(state, backlog, endOfDay)
  const hasQuota = Number.isFinite(limits.perDay)
  const share = (used: number | null): number | null =>
    used === null || !hasQuota ? null : Math.round((used / limits.perDay) * 1_000) / 1_000
  const report = {
    vendor: state.vendor,
    account: state.account,
    at: isoOf(at),
    minute: { used: state.usedThisMinute, limit: limits.perMinute, sustained: Math.round(limits.rate * MINUTE_MS) },
    day: {
      used: forecast.usedNow,
      limit: hasQuota ? limits.perDay : null,
      share: share(forecast.usedNow),
      usedAtEndOfDay: Math.round(forecast.usedAtEndOfDay),
      shareAtEndOfDay: share(forecast.usedAtEndOfDay),
      endsAt: isoOf(endOfDay)
    },
    lanes: LANES.map((lane) => {
      const index = laneIndex(lane)
      const one = forecast.lanes[index]
      const pausedUntil = state.pausedUntil[index] ?? 0
      const waits = (one?.waiting ?? 0) > 0
      return {
        lane,
        waiting: Math.ceil(one?.waiting ?? 0),
        perMinute: Math.round((state.perMinute[index] ?? 0) * 10) / 10,
        pausedUntil: pausedUntil > 0 ? isoOf(pausedUntil) : null,
        doneAt: waits && typeof one?.doneAt === 'number' ? isoOf(one.doneAt) : null,
        dayShareWhenDone: waits ? share(one?.usedWhenDone ?? null) : null,
        dayReachedAt: typeof one?.dayReachedAt === 'number' ? isoOf(one.dayReachedAt) : null,
        notToday: Math.ceil(one?.notToday ?? 0)
      }
    })
  }
  return {
    ...report,
    words: sayForecast(
      report,
      perLane((_, lane) => (limits.dayLimits[lane] ?? Infinity) / limits.perDay)
    )
  }
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString()
}
