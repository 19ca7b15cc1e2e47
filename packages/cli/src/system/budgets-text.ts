import type { BudgetReport, LaneReport } from '@leadlog/outbound/forecast'
import { count } from '../output/quantity.ts'
import type { Style } from '../output/style.ts'
import { formatTable } from '../output/table.ts'

/** Budgets as a person reads them: for each account its use, its busy lanes, and the forecast in words. */
export function budgetsText(reports: readonly BudgetReport[], style: Style): string {
  if (reports.length === 0) return 'No process keeps a budget in this Redis.'
  return reports.map((report) => accountText(report, style)).join('\n\n')
}

function accountText(report: BudgetReport, style: Style): string {
  const { minute, day, lanes, words } = report
  const busy = lanes.filter(
    ({ waiting, perMinute, pausedUntil }) => waiting > 0 || perMinute > 0 || pausedUntil !== null
  )
  const ofDay = day.limit === null ? `${count(day.used)} in 24 h` : `${count(day.used)} of ${count(day.limit)} in 24 h`
  return [
    `${style.bold(report.vendor)} ${style.dim(report.account)}  ${count(minute.used)} of ${count(minute.limit)} calls in the last minute, ${ofDay}`,
    ...(busy.length === 0 ? [] : [laneTable(busy, report.at, style)]),
    ...words.map((line) => (/^\w+ (stands still|takes longer)/.test(line) ? style.bad(line) : line))
  ].join('\n')
}

function laneTable(lanes: readonly LaneReport[], at: string, style: Style): string {
  return formatTable(
    lanes,
    [
      { title: 'lane', value: ({ lane }) => lane },
      { title: 'waiting', right: true, value: ({ waiting }) => count(waiting) },
      { title: 'a minute', right: true, value: ({ perMinute }) => String(perMinute) },
      {
        title: 'done',
        value: ({ doneAt, waiting }) => (waiting === 0 ? '' : doneAt === null ? 'over a week' : clock(doneAt, at))
      },
      { title: 'not today', right: true, value: ({ notToday }) => (notToday === 0 ? '' : count(notToday)) }
    ],
    style
  )
}

function clock(iso: string, at: string): string {
  return iso.slice(0, 10) === at.slice(0, 10) ? iso.slice(11, 16) : `${iso.slice(5, 10)} ${iso.slice(11, 16)}`
}
