import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { BookOpenCheck, CheckCheck } from 'lucide-react'
import { Fragment } from 'react'
import type { AnswerOf } from '../api/client.ts'
import { plainRead } from '../api/queries.ts'
import { PageHead, ScrollingPage, Section } from '../design/page.tsx'
import { Empty, Loaded } from '../design/states.tsx'
import { Look, Status } from '../design/status.tsx'
import { Time } from '../design/time.tsx'
import { counted, dayAfter, dayWords, thousands } from '../words/format.ts'
import { deliveryName, nameOf } from '../words/names.ts'
import type { StatusLook } from '../words/status.ts'

type Books = AnswerOf<'/v1/ledger'>
type Counts = Books['totals']

const BALANCED: StatusLook = { tone: 'success', icon: 'check', word: 'Balanced' }
const NOT_BALANCED: StatusLook = { tone: 'danger', icon: 'alert', word: 'Not balanced' }

/** Columns of the books, in the order of the sum: received = in step + nothing asked + nothing to do + in progress + failed. */
const COLUMNS: readonly { readonly key: keyof Counts; readonly word: string; readonly status?: string }[] = [
  { key: 'received', word: 'Received' },
  { key: 'synced', word: 'In the CRM', status: 'processed' },
  { key: 'simulated', word: 'Dry run', status: 'processed' },
  { key: 'unsynced', word: 'Nothing asked of the CRM', status: 'processed' },
  { key: 'ignored', word: 'Nothing to do', status: 'ignored' },
  { key: 'processing', word: 'In progress', status: 'processing' },
  { key: 'failed', word: 'Failed', status: 'failed' }
]

/** The books: that nothing was lost, and where what is not done stands. */
export default function LedgerPage() {
  const found = useQuery(plainRead('/v1/ledger'))
  return (
    <ScrollingPage name="Ledger">
      <PageHead
        title="Ledger"
        actions={found.data === undefined ? null : <Look look={found.data.balanced ? BALANCED : NOT_BALANCED} />}
      >
        Every webhook of the last seven days, accounted for exactly once.
      </PageHead>
      <Loaded read={found}>
        {(books) =>
          books.days.length === 0 ? (
            <Empty title="Nothing was received in these days" icon={BookOpenCheck} />
          ) : (
            <Body books={books} />
          )
        }
      </Loaded>
    </ScrollingPage>
  )
}

function Body({ books }: { books: Books }) {
  const days = books.days.toReversed()
  return (
    <>
      <Gaps books={books} />
      <Section title="By day and source">
        <NarrowBooks books={books} />
        <div
          className="panel hidden overflow-x-auto md:block"
          tabIndex={0}
          role="region"
          aria-label="By day and source"
        >
          <table className="w-full min-w-[46rem] text-left">
            <thead className="text-xs text-muted">
              <tr className="border-b border-border">
                <th scope="col" className="px-4 py-2 font-medium">
                  Day
                </th>
                <th scope="col" className="px-2 py-2 font-medium">
                  Source
                </th>
                {COLUMNS.map(({ key, word }) => (
                  <th key={key} scope="col" className="px-2 py-2 text-right font-medium last:pr-4">
                    {word}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.map((day) => (
                <tr key={`${day.day} ${day.provider}`} className="border-b border-separator">
                  <td className="tnum px-4 py-2 whitespace-nowrap">{dayWords(day.day)}</td>
                  <th scope="row" className="px-2 py-2 font-medium whitespace-nowrap">
                    {nameOf(day.provider)}
                  </th>
                  {COLUMNS.map((column) => (
                    <td key={column.key} className="px-2 py-2 text-right last:pr-4">
                      <Count
                        count={day[column.key]}
                        trouble={column.key === 'failed'}
                        search={searchOf(day.day, day.provider, column.status)}
                      />
                    </td>
                  ))}
                </tr>
              ))}
              <tr className="font-semibold">
                <td className="px-4 py-2" colSpan={2}>
                  Together
                </td>
                {COLUMNS.map((column) => (
                  <td key={column.key} className="px-2 py-2 text-right last:pr-4">
                    <Count
                      count={books.totals[column.key]}
                      trouble={column.key === 'failed'}
                      search={searchOfAll(books, column.status)}
                    />
                  </td>
                ))}
              </tr>
            </tbody>
          </table>
        </div>
      </Section>
      <Section title="Compared with what the sources say">
        <ul className="panel divide-y divide-separator">
          {books.sources.length === 0 ? <li className="px-4 py-3 text-muted">No source was asked yet.</li> : null}
          {books.sources.map(({ provider, lastRun }) => (
            <li key={provider} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 py-3">
              <span className="font-medium">{nameOf(provider)}</span>
              <span className="text-muted">
                {lastRun.problem ??
                  `${counted(lastRun.listed, 'delivery', 'deliveries')} listed, ${counted(lastRun.ingested, 'lost one', 'lost ones')} fetched`}
                , <Time at={lastRun.completedAt} />
              </span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}

/** The books where a table of nine columns has no room: each day and source with its counts below it. */
function NarrowBooks({ books }: { books: Books }) {
  return (
    <ul className="panel divide-y divide-separator md:hidden">
      {books.days.toReversed().map((day) => (
        <li key={`${day.day} ${day.provider}`} className="px-4 py-3">
          <p className="flex items-baseline justify-between gap-2">
            <span className="font-medium">{nameOf(day.provider)}</span>
            <span className="text-xs text-muted">{dayWords(day.day)}</span>
          </p>
          <dl className="mt-2 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1">
            {COLUMNS.map(({ key, word, status }) => (
              <Fragment key={key}>
                <dt className="text-muted">{word}</dt>
                <dd className="text-right">
                  <Count count={day[key]} trouble={key === 'failed'} search={searchOf(day.day, day.provider, status)} />
                </dd>
              </Fragment>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}

/** What is not where it should end; when that is nothing, one quiet line. */
function Gaps({ books }: { books: Books }) {
  if (books.gaps.length === 0) {
    return (
      <p className="flex items-center gap-2 text-tone-success">
        <CheckCheck aria-hidden size={16} /> Everything that was received is done.
      </p>
    )
  }
  return (
    <Section title={`${counted(books.gaps.length, 'event')} not done${books.gapsTruncated ? ', and more' : ''}`}>
      <ul className="panel divide-y divide-separator">
        {books.gaps.map((gap) => (
          <li key={gap.id} className="relative px-4 py-3 hover:bg-surface-secondary">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <Link to="/inbox/$id" params={{ id: gap.id }} className="font-medium before:absolute before:inset-0">
                {deliveryName(gap.eventType)} <span className="font-normal text-muted">{nameOf(gap.provider)}</span>
              </Link>
              <Status kind="received" state={gap.status} />
            </div>
            {gap.reason === null ? null : (
              <p className="mt-0.5 [overflow-wrap:anywhere] text-muted">{gap.reason.replace(/^[A-Z_]+: /, '')}</p>
            )}
            <p className="mt-0.5 text-xs text-muted">
              Received <Time at={gap.receivedAt} hint={false} />
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function searchOf(day: string, provider: string, status: string | undefined): Record<string, string> {
  return { from: day, to: dayAfter(day), provider, ...(status === undefined ? {} : { status }) }
}

function searchOfAll(books: Books, status: string | undefined): Record<string, string> {
  const days = books.days.map(({ day }) => day).toSorted()
  const { from, to } = { from: days[0] ?? '', to: dayAfter(days.at(-1) ?? '') }
  return { from, to, ...(status === undefined ? {} : { status }) }
}

function Count({ count, trouble, search }: { count: number; trouble: boolean; search: Record<string, string> }) {
  if (count === 0) return <span className="tnum text-muted">0</span>
  return (
    <Link
      to="/inbox"
      search={search}
      className={`tnum hover:underline ${trouble ? 'font-semibold text-tone-danger' : ''}`}
    >
      {thousands(count)}
    </Link>
  )
}
