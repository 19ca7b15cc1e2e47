import type { ReactNode } from 'react'
import type { AnswerOf } from '../../api/client.ts'
import { Look } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { budgetLook, minorMoney, money, monthWords, shareWords } from '../../words/spend.ts'

type Budget = AnswerOf<'/v1/spend/budget'>['data'][number]

/** Where people are told. */
const MARKS = [80, 90] as const

/** How much of a month's budget is used, with the marks at which people are told. */
export function BudgetPanel(props: { month: string; budget: Budget; isNow: boolean }) {
  const { month, budget, isNow } = props
  const { currency, usedMicros, budgetMicros, leftMicros, forecastMicros } = budget
  const share = budgetMicros === null ? null : usedMicros / budgetMicros
  return (
    <div className="panel flex flex-col gap-4 p-4">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
        <Figure word="Used">{money(usedMicros, currency)}</Figure>
        <Figure word={budget.thisMonthOnly ? 'Budget, this month only' : 'Budget'}>
          {budget.budget === null ? 'None set' : minorMoney(budget.budget, currency)}
        </Figure>
        {leftMicros === null ? null : leftMicros < 0 ? (
          <Figure word="Over">
            <span className="text-tone-danger">{money(-leftMicros, currency)}</span>
          </Figure>
        ) : (
          <Figure word="Left">{money(leftMicros, currency)}</Figure>
        )}
        {isNow ? (
          <Figure word="At the month’s end, at this pace">
            <span className={budgetMicros !== null && forecastMicros > budgetMicros ? 'text-tone-danger' : ''}>
              {money(forecastMicros, currency)}
            </span>
          </Figure>
        ) : null}
      </dl>
      {share === null || budgetMicros === null ? null : (
        <div className="flex flex-col gap-2">
          <div className="relative pt-5">
            {MARKS.map((mark) => (
              <span key={mark} aria-hidden className="absolute top-0 bottom-0" style={{ left: `${String(mark)}%` }}>
                <span className="absolute top-0 -translate-x-1/2 text-xs whitespace-nowrap text-muted">
                  {String(mark)}
                  <span className="max-sm:hidden"> %</span>
                </span>
                <span className="absolute top-5 bottom-0 w-px bg-foreground" />
              </span>
            ))}
            <div
              role="progressbar"
              aria-label={`Budget of ${monthWords(month)} in ${currency} that is used`}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={Math.min(100, Math.round(share * 100))}
              className="h-3 overflow-hidden rounded-full bg-surface-tertiary"
            >
              <div
                className={`h-full rounded-full ${share >= 0.9 ? 'bg-tone-danger' : share >= 0.8 ? 'bg-tone-warning' : 'bg-accent'}`}
                style={{ width: `${String(Math.min(1, Math.max(0, share)) * 100)}%` }}
              />
            </div>
          </div>
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Look look={budgetLook(usedMicros, budgetMicros)} />
            <span className="tnum text-muted">{shareWords(share)} used</span>
          </p>
        </div>
      )}
      {budget.reached.length === 0 ? null : (
        <ul className="flex flex-col gap-1 text-muted" aria-label="What people were told">
          {budget.reached.map(({ threshold, budget: of, at }) => (
            <li key={`${String(threshold)} ${String(of)}`}>
              {String(threshold)} % reached <Time at={at} />
              {of === budget.budget ? '' : `, of ${minorMoney(of, currency)}`}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Figure({ word, children }: { word: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{word}</dt>
      <dd className="tnum text-xl font-semibold">{children}</dd>
    </div>
  )
}
