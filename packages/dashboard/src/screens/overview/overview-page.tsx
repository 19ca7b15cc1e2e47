import { useQuery } from '@tanstack/react-query'
import { lazyRouteComponent, Link } from '@tanstack/react-router'
import { ArrowRight, CheckCheck, PowerOff } from 'lucide-react'
import { Suspense, type ReactNode } from 'react'
import type { AnswerOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { PageHead, ScrollingPage, Section } from '../../design/page.tsx'
import { Loaded } from '../../design/states.tsx'
import { Time } from '../../design/time.tsx'
import { tasksOf } from '../../words/attention.ts'
import { counted, duration, thousands } from '../../words/format.ts'
import { nameOf } from '../../words/names.ts'
import { byProjection } from '../../words/read-models.ts'
import { money, spanOfMonth } from '../../words/spend.ts'
import { switchedOff } from '../../words/switched-off.ts'
import { Funnel } from './funnel.tsx'

type Answer = AnswerOf<'/v1/overview'>

const Throughput = lazyRouteComponent(() => import('./throughput.tsx'))

/** These come by asking, not by the stream. */
const ASK_EVERY_MS = 15_000

/** The first look: what needs a person, what flows, and what it costs. */
export default function OverviewPage() {
  const found = useQuery({ ...plainRead('/v1/overview'), refetchInterval: 60_000 })
  return (
    <ScrollingPage name="Overview">
      <PageHead title="Overview">What needs you, and what flows.</PageHead>
      <Loaded read={found}>{(overview) => <Body overview={overview} />}</Loaded>
    </ScrollingPage>
  )
}

function Body({ overview }: { overview: Answer }) {
  const { day, leads } = overview
  const since = { from: day.from }
  return (
    <>
      <NeedsYou overview={overview} />
      <section
        aria-label="Last 24 hours"
        className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-border bg-border sm:grid-cols-3 xl:grid-cols-6"
      >
        <Figure word="Received, 24 hours" to="/inbox" search={since}>
          {thousands(day.received)}
        </Figure>
        <Figure word="Done" to="/inbox" search={{ ...since, status: 'processed,ignored' }}>
          {thousands(day.done)}
        </Figure>
        <Figure word="In progress" to="/inbox" search={{ ...since, status: 'queued,processing' }}>
          {thousands(day.underWay)}
        </Figure>
        <Figure word="Failed" to="/inbox" search={{ ...since, status: 'failed' }} trouble={day.failed > 0}>
          {thousands(day.failed)}
        </Figure>
        <Figure word="To the CRM, median" to="/events" search={{ type: 'crm-sync.RecordWritten.v1' }}>
          {day.crmP50Ms === null ? 'None yet' : duration(day.crmP50Ms)}
        </Figure>
        <Figure word="To the CRM, slowest 1 %" to="/events" search={{ type: 'crm-sync.RecordWritten.v1' }}>
          {day.crmP99Ms === null ? 'None yet' : duration(day.crmP99Ms)}
        </Figure>
      </section>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Section title="Webhooks by hour of receipt" aside={<More to="/ledger">Ledger</More>}>
          <div className="panel p-4">
            <Suspense fallback={<div role="status" aria-label="Loading" className="h-52" />}>
              <Throughput hours={day.hours} />
            </Suspense>
          </div>
        </Section>
        <Section title={counted(leads.total, 'lead')} aside={<More to="/leads">All leads</More>}>
          <Funnel leads={leads} />
        </Section>
      </div>
      <div className="grid gap-6 md:grid-cols-3">
        <Lag />
        <Quota />
        <Spent />
      </div>
      <SwitchedOff overview={overview} />
    </>
  )
}

/** What is left out on purpose, so that nobody takes it for a failure. */
function SwitchedOff({ overview }: { overview: Answer }) {
  const switches = switchedOff(overview.off)
  return (
    <Section title="Deliberately off" aside={<More to="/settings/flags">Flags</More>}>
      {switches.length === 0 ? (
        <p className="text-muted">Nothing. The CRM is written to, and language models read.</p>
      ) : (
        <ul className="panel divide-y divide-separator">
          {switches.map(({ key, words, why, since, by, to, type }) => (
            <li key={key}>
              <Link
                to={to}
                search={type === null ? {} : { type, from: overview.day.from }}
                className="flex items-center gap-3 px-4 py-3 hover:bg-surface-secondary"
              >
                <PowerOff aria-hidden size={16} className="shrink-0 text-muted" />
                <span className="min-w-0 flex-1">
                  <span className="block font-medium">{words}</span>
                  <span className="block [overflow-wrap:anywhere] text-muted">
                    {why}
                    {since === null ? null : (
                      <>
                        {' '}
                        Switched off by {by}, <Time at={since} />.
                      </>
                    )}
                  </span>
                </span>
                <ArrowRight aria-hidden size={16} className="shrink-0 text-muted" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** Space in proportion to trouble: a good day is one quiet line. */
function NeedsYou({ overview }: { overview: Answer }) {
  const tasks = tasksOf(overview.attention)
  if (tasks.length === 0) {
    return (
      <p className="flex items-center gap-2 text-tone-success">
        <CheckCheck aria-hidden size={16} /> Nothing needs you. Everything that was received is done or under way.
      </p>
    )
  }
  return (
    <Section title="Needs you">
      <ul className="panel divide-y divide-separator">
        {tasks.map((task) => (
          <li key={task.key}>
            <Link
              to={task.to}
              search={task.search}
              className="flex items-center gap-4 px-4 py-3 hover:bg-surface-secondary"
            >
              <span className="tnum min-w-10 rounded-lg bg-tone-danger-soft px-2 py-1 text-center text-base font-semibold text-tone-danger">
                {thousands(task.count)}
              </span>
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{task.words}</span>
                <span className="block text-muted">{task.why}</span>
              </span>
              <ArrowRight aria-hidden size={16} className="text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Figure(props: {
  word: string
  to: '/inbox' | '/events'
  search: Record<string, string>
  trouble?: boolean
  children: ReactNode
}) {
  return (
    <Link
      to={props.to}
      search={props.search}
      className="bg-surface px-4 py-3 -outline-offset-2 hover:bg-surface-secondary"
    >
      <span className="block text-xs text-muted">{props.word}</span>
      <span className={`tnum block text-xl font-semibold ${props.trouble === true ? 'text-tone-danger' : ''}`}>
        {props.children}
      </span>
    </Link>
  )
}

function More({
  to,
  children
}: {
  to: '/ledger' | '/leads' | '/health' | '/settings/flags' | '/spend'
  children: ReactNode
}) {
  return (
    <Link to={to} className="text-xs font-medium text-link hover:underline">
      {children}
    </Link>
  )
}

function Lag() {
  const found = useQuery({ ...plainRead('/v1/projections'), refetchInterval: ASK_EVERY_MS })
  const models = byProjection(found.data?.data ?? [])
  const behind = Math.max(0, ...models.map(({ lagEvents }) => lagEvents))
  return (
    <Section title="Lag" aside={<More to="/health">Health</More>}>
      <Link to="/health" className="panel block p-4 hover:bg-surface-secondary">
        <p className="text-xl font-semibold">
          {found.data === undefined ? '…' : behind === 0 ? 'None' : counted(behind, 'event')}
        </p>
        <p className="text-muted">
          {behind === 0
            ? `${counted(models.length, 'read model')} level with the log`
            : `the furthest of ${counted(models.length, 'read model')} is behind the log`}
        </p>
      </Link>
    </Section>
  )
}

function Quota() {
  const found = useQuery({ ...plainRead('/v1/budgets'), refetchInterval: ASK_EVERY_MS })
  const [tightest] = (found.data?.data ?? [])
    .filter(({ day }) => day.share !== null)
    .toSorted((a, b) => (b.day.share ?? 0) - (a.day.share ?? 0))
  const share = tightest?.day.share ?? null
  return (
    <Section title="Vendor quota" aside={<More to="/health">Health</More>}>
      <Link to="/health" className="panel block p-4 hover:bg-surface-secondary">
        <p className="tnum text-xl font-semibold">
          {share === null ? 'No daily quota' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} % used`}
        </p>
        <p className="text-muted">
          {tightest === undefined
            ? 'No vendor with one was called yet'
            : `${nameOf(tightest.vendor)}, ${thousands(tightest.day.used)} of ${thousands(tightest.day.limit ?? 0)} calls in 24 hours`}
        </p>
      </Link>
    </Section>
  )
}

/** What the screen of the spend shows of this month too. */
function Spent() {
  const span = spanOfMonth(new Date().toISOString().slice(0, 7))
  const found = useQuery({ ...plainRead('/v1/spend', { ...span, groupBy: 'day' }), refetchInterval: 60_000 })
  const spent = found.data?.data ?? []
  return (
    <Section title="Spend, this month" aside={<More to="/spend">Spend</More>}>
      <Link to="/spend" className="panel block p-4 hover:bg-surface-secondary">
        <p className="tnum text-xl font-semibold">
          {found.data === undefined
            ? '…'
            : spent.length === 0
              ? 'None'
              : spent.map(({ currency, amountMicros }) => money(amountMicros, currency)).join(', ')}
        </p>
        <p className="text-muted">on language models, calls and messages</p>
      </Link>
    </Section>
  )
}
