import { LANES, perLane, type PerLane } from '../budget/lanes.ts'
import { DAY } from '../budget/limits.ts'
import type { AccountState } from './account-state.ts'
import { shareOut } from './share-out.ts'

/** How far a forecast looks; what takes longer has no time of its end. */
export const HORIZON_MS = 7 * 86_400_000

/** The first minute in seconds, since a short line is done within it; then in minutes. */
const FINE_STEP_MS = 1_000
const FINE_STEPS = 60
const STEP_MS = 60_000

/** Less than this part of a call is rounding. */
const NOTHING = 1e-6

/** What becomes of one lane. Times in milliseconds since 1970. */
export interface LaneForecast {
  /** Calls that wait: in processes, and those that stand behind them. */
  readonly waiting: number
  /** When all that waits now has gone; null where that takes longer than a week. */
  readonly doneAt: number | null
  /** Calls of the last 24 hours at that moment. */
  readonly usedWhenDone: number | null
  /** When the lane first stands still because its part of the day is used up; null where it never does before its end. */
  readonly dayReachedAt: number | null
  /** Calls, those that still arrive today included, that the day's limit leaves for another day. */
  readonly notToday: number
}

/** Where the use of an account goes if traffic stays as it was in the last minutes. */
export interface Forecast {
  readonly lanes: PerLane<LaneForecast>
  readonly usedNow: number
  /** Calls of the 24 hours that end with the day. */
  readonly usedAtEndOfDay: number
}

/**
 * What happens next with an account: the same rules as the shared budget, on quantities instead of calls, in steps of a
 * minute. New calls arrive in the lanes person, live and retry as fast as these lanes used the budget lately; bulk work
 * and replays have an end, so only what waits counts.
 *
 * @param backlog calls that stand behind those in the processes, for each lane: what waits there is part of it, so the
 * larger of the two counts
 * @param endOfDay until when the day goes, in milliseconds since 1970
 */
export function forecastAccount(state: AccountState, backlog: PerLane<number>, endOfDay: number): Forecast {
  const { limits, at } = state
  const first = perLane((_, lane) => Math.max(state.waiting[lane] ?? 0, backlog[lane] ?? 0))
  const arriving = perLane((lane, index) =>
    lane === 'bulk' || lane === 'replay' ? 0 : (state.perMinute[index] ?? 0) / STEP_MS
  )
  const waits = [...first]
  const ahead = [...first]
  const doneAt = first.map((count): number | null => (count > 0 ? null : at))
  const usedWhenDone: (number | null)[] = perLane(() => null)
  const dayReachedAt: (number | null)[] = perLane(() => null)
  let notToday: PerLane<number> = perLane(() => 0)

  const slices = new Map(state.day.map(({ slice, count }) => [slice, count]))
  let used = state.day.reduce((sum, { count }) => sum + count, 0)
  const usedNow = used
  let usedAtEndOfDay: number | null = null
  let oldest = Math.floor(at / DAY.sliceMs) - DAY.slices
  let tokens = Math.min(state.tokens, Math.max(0, limits.perMinute - state.usedThisMinute))

  const endDay = (): void => {
    usedAtEndOfDay = used
    notToday = waits.map((count, lane) => (dayReachedAt[lane] === null || count < NOTHING ? 0 : count))
  }

  let now = at
  for (let steps = 0; now < at + HORIZON_MS; steps++) {
    if (usedAtEndOfDay === null && now >= endOfDay) endDay()
    if (usedAtEndOfDay !== null && doneAt.every((time) => time !== null)) break
    const left = endOfDay > now ? endOfDay - now : Infinity
    const length = Math.min(steps < FINE_STEPS ? FINE_STEP_MS : STEP_MS, left)
    const slice = Math.floor(now / DAY.sliceMs)
    for (; oldest < slice - DAY.slices; oldest++) {
      used -= slices.get(oldest) ?? 0
      slices.delete(oldest)
    }
    arriving.forEach((rate, lane) => (waits[lane] = (waits[lane] ?? 0) + rate * length))
    const free = tokens + limits.rate * length
    const granted = shareOut({
      free: Math.min(free, limits.perMinute),
      used,
      demand: waits.map((count, lane) => ((state.pausedUntil[lane] ?? 0) > now ? 0 : count)),
      weights: limits.weights,
      dayLimits: limits.dayLimits
    })
    const total = granted.reduce((sum, count) => sum + count, 0)
    tokens = Math.min(limits.burst, free - total)
    used += total
    slices.set(slice, (slices.get(slice) ?? 0) + total)
    for (const [lane, count] of granted.entries()) {
      waits[lane] = Math.max(0, (waits[lane] ?? 0) - count)
      const before = ahead[lane] ?? 0
      ahead[lane] = Math.max(0, before - count)
      if (doneAt[lane] === null && ahead[lane] < NOTHING) {
        doneAt[lane] = Math.round(now + (length * before) / Math.max(count, before))
        usedWhenDone[lane] = used
      }
      // What arrives after the lane's present line is done matters until the day ends.
      const open = doneAt[lane] === null || usedAtEndOfDay === null
      if (open && (waits[lane] ?? 0) > NOTHING && used >= (limits.dayLimits[lane] ?? Infinity) - NOTHING) {
        dayReachedAt[lane] ??= now + length
      }
    }
    now += length
  }
  if (usedAtEndOfDay === null) endDay()
  return {
    lanes: LANES.map((_, lane) => ({
      waiting: first[lane] ?? 0,
      doneAt: doneAt[lane] ?? null,
      usedWhenDone: usedWhenDone[lane] ?? null,
      dayReachedAt: dayReachedAt[lane] ?? null,
      notToday: notToday[lane] ?? 0
    })),
    usedNow,
    usedAtEndOfDay: usedAtEndOfDay ?? used
  }
}
