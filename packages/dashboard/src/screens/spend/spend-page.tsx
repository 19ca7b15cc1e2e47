import { useQuery } from '@tanstack/react-query'
import { getRouteApi, lazyRouteComponent, Link } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, Coins } from 'lucide-react'
import { Suspense } from 'react'
import { plainRead } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { PageHead, ScrollingPage, Section } from '../../design/page.tsx'
import { Empty, Loaded } from '../../design/states.tsx'
import { may, seesOwnOnly } from '../../words/access.ts'
import { monthFrom, monthWords, spanOfMonth } from '../../words/spend.ts'
import { BudgetPanel } from './budget-panel.tsx'
import { SetBudget } from './set-budget.tsx'
import { GROUPS, SpendGroups, type GroupBy } from './spend-groups.tsx'

const SpendChart = lazyRouteComponent(() => import('./spend-chart.tsx'))

const route = getRouteApi('/app/spend')

/** Costs come by the stream; what is left of the month and its pace come by asking. */
const ASK_EVERY_MS = 60_000

/** What was spent on what in a month, and what may be. */
export default function SpendPage() {
  const me = useMe()
  const search = route.useSearch()
  const thisMonth = new Date().toISOString().slice(0, 7)
  const month = /^2\d{3}-(0[1-9]|1[0-2])$/.test(search.month ?? '') ? (search.month ?? thisMonth) : thisMonth
  const by: GroupBy = GROUPS.find((one) => one.by === search.by)?.by ?? 'kind'
  const seesAll = may(me, 'operations')
  const budgets = useQuery({
    ...plainRead('/v1/spend/budget', { month }),
    enabled: seesAll,
    refetchInterval: ASK_EVERY_MS
  })
  const days = useQuery(plainRead('/v1/spend', { ...spanOfMonth(month), groupBy: 'day' }))
  const found = [
    ...new Set([
      ...(days.data?.data ?? []).map((one) => one.currency),
      ...(budgets.data?.data ?? []).map((one) => one.currency)
    ])
  ]
  const currency = found.find((one) => one === search.currency) ?? found[0] ?? 'USD'
  const budget = budgets.data?.data.find((one) => one.currency === currency)
  return (
    <ScrollingPage name="Spend">
      <PageHead
        title="Spend"
        actions={
          <>
            <MonthLinks month={month} thisMonth={thisMonth} search={search} />
            {seesAll && may(me, 'commands') && budgets.data !== undefined ? (
              <SetBudget key={`${month} ${currency}`} month={month} budget={budget} />
            ) : null}
          </>
        }
      >
        {seesOwnOnly(me)
          ? 'What your leads cost: language models, calls, messages.'
          : 'What language models, calls and messages cost, and how much of the budget is used.'}
      </PageHead>
      {found.length > 1 ? (
        <nav aria-label="Currency" className="flex gap-1">
          {found.map((one) => (
            <Tab key={one} active={one === currency} search={{ ...search, currency: one }}>
              {one}
            </Tab>
          ))}
        </nav>
      ) : null}
      {seesAll ? (
        <Loaded read={budgets}>
          {() =>
            budget === undefined ? null : (
              <Section title={`Budget of ${monthWords(month)}`}>
                <BudgetPanel month={month} budget={budget} isNow={month === thisMonth} />
              </Section>
            )
          }
        </Loaded>
      ) : null}
      <Loaded read={days}>
        {({ data }) => {
          const spend = data.find((one) => one.currency === currency)
          return spend === undefined ? (
            <div className="panel">
              <Empty title={`Nothing was spent in ${monthWords(month)}`} icon={Coins}>
                Readings by a language model show at once. Twilio tells prices of calls and messages some minutes after
                their end.
              </Empty>
            </div>
          ) : (
            <>
              <Section title="By day">
                <div className="panel p-4">
                  <Suspense fallback={<div role="status" aria-label="Loading" className="h-56" />}>
                    <SpendChart month={month} currency={currency} days={spend.groups} />
                  </Suspense>
                </div>
              </Section>
              <Groups month={month} currency={currency} by={by} search={search} />
            </>
          )
        }}
      </Loaded>
    </ScrollingPage>
  )
}

type Search = Readonly<Record<string, string | undefined>>

function Groups(props: { month: string; currency: string; by: GroupBy; search: Search }) {
  const { month, currency, by, search } = props
  const span = spanOfMonth(month)
  const read = useQuery(plainRead('/v1/spend', { ...span, groupBy: by, currency }))
  return (
    <Section title="What it was spent on">
      <nav aria-label="Grouped by" className="-mx-1 mb-2 flex gap-1 overflow-x-auto px-1 py-1">
        {GROUPS.map((one) => (
          <Tab key={one.by} active={one.by === by} search={{ ...search, by: one.by }}>
            {one.word}
          </Tab>
        ))}
      </nav>
      <Loaded read={read}>
        {({ data }) => {
          const spend = data[0]
          return spend === undefined ? null : <SpendGroups by={by} spend={spend} {...span} />
        }}
      </Loaded>
    </Section>
  )
}

function Tab({ active, search, children }: { active: boolean; search: Search; children: string }) {
  return (
    <Link
      to="/spend"
      search={search as never}
      replace
      resetScroll={false}
      aria-current={active ? 'true' : undefined}
      className={`inline-flex h-7 shrink-0 items-center rounded-full px-3 text-sm font-medium whitespace-nowrap ${
        active ? 'bg-foreground text-background' : 'text-muted hover:bg-default hover:text-foreground'
      }`}
    >
      {children}
    </Link>
  )
}

function MonthLinks({ month, thisMonth, search }: { month: string; thisMonth: string; search: Search }) {
  const next = monthFrom(month, 1)
  const look = 'grid size-8 place-items-center rounded-lg border border-border hover:bg-surface-secondary'
  return (
    <nav aria-label="Month" className="flex items-center gap-2">
      <Link
        to="/spend"
        search={{ ...search, month: monthFrom(month, -1) } as never}
        aria-label={`To ${monthWords(monthFrom(month, -1))}`}
        className={look}
      >
        <ChevronLeft aria-hidden size={16} />
      </Link>
      <span className="min-w-32 text-center font-medium" aria-live="polite">
        {monthWords(month)}
      </span>
      {month >= thisMonth ? (
        <span className="size-8" />
      ) : (
        <Link
          to="/spend"
          search={{ ...search, month: next === thisMonth ? undefined : next } as never}
          aria-label={`To ${monthWords(next)}`}
          className={look}
        >
          <ChevronRight aria-hidden size={16} />
        </Link>
      )}
    </nav>
  )
}
