import type { PerLane } from '../budget/lanes.ts'
import type { BudgetReport, LaneReport } from './report.ts'

/**
 * A forecast as a person says it: "bulk done at 14:20, 62 % of today's quota". Times are UTC, with the day where it is
 * another one. Trouble comes first.
 *
 * @param dayParts the part of the day's quota that each lane may use up, 0 to 1
 */
export function sayForecast(report: Omit<BudgetReport, 'words'>, dayParts: PerLane<number>): string[] {
  const { lanes, day, at } = report
  const time = (iso: string): string => sayTime(iso, at)
  const reached = lanes.flatMap((lane, index) => {
    if (lane.dayReachedAt === null) return []
    const part = percent(dayParts[index] ?? 1)
    const left = lane.notToday > 0 ? `; ${counted(lane.notToday)} will have to wait for another day` : ''
    const before = lane.waiting > 0 ? ` before its ${counted(lane.waiting)} that wait are done` : ''
    const when =
      Date.parse(lane.dayReachedAt) - Date.parse(at) < ONE_STEP_MS
        ? 'is used up now'
        : `will be used up at ${time(lane.dayReachedAt)}`
    return [`${lane.lane} stands still: ${part} of the day's quota ${when}${before}${left}`]
  })
  const paused = lanes
    .filter((lane) => lane.pausedUntil !== null && lane.waiting > 0)
    .map(({ lane, pausedUntil }) => `${lane} pauses until ${time(pausedUntil ?? at)}: the vendor said so`)
  const waiting = lanes.filter((lane) => lane.waiting > 0).map((lane) => sayLane(lane, day.endsAt, time))
  const calm = waiting.length === 0 ? ['nothing waits'] : []
  return [...reached, ...paused, ...waiting, ...calm, ...sayDay(day)]
}

/** A limit reached within the forecast's first steps is reached now. */
const ONE_STEP_MS = 60_000

function sayLane(
  { lane, waiting, doneAt, dayShareWhenDone }: LaneReport,
  endsAt: string,
  time: (iso: string) => string
): string {
  if (doneAt === null) return `${lane} takes longer than a week: ${counted(waiting)} wait`
  const whose = doneAt <= endsAt ? "today's quota" : "the day's quota"
  const share = dayShareWhenDone === null ? '' : `, ${percent(dayShareWhenDone)} of ${whose}`
  return `${lane} done at ${time(doneAt)}${share}`
}

function sayDay({ share, shareAtEndOfDay }: BudgetReport['day']): string[] {
  if (share === null || shareAtEndOfDay === null) return []
  return [`${percent(share)} of the day's quota used, ${percent(shareAtEndOfDay)} by the end of the day`]
}

function sayTime(iso: string, at: string): string {
  const clock = iso.slice(11, 16)
  return iso.slice(0, 10) === at.slice(0, 10) ? clock : `${clock} on ${iso.slice(0, 10)}`
}

function percent(share: number): string {
  return `${String(Math.round(share * 100))} %`
}

function counted(calls: number): string {
  return `${calls.toLocaleString('en-US')} ${calls === 1 ? 'call' : 'calls'}`
}
