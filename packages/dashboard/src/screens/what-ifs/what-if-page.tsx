import { Button } from '@heroui/react'
import { infiniteQueryOptions, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Quote } from 'lucide-react'
import { useState } from 'react'
import { read, type AnswerOf } from '../../api/client.ts'
import { pagedRead, readOfOne } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { startWork, type Work } from '../../api/start-work.ts'
import { BackLink } from '../../design/back-link.tsx'
import { Choice, Field, Refusal } from '../../design/field.tsx'
import { PageHead, ScrollingPage, Section } from '../../design/page.tsx'
import { ProgressBar } from '../../design/progress-bar.tsx'
import { Empty, Loaded } from '../../design/states.tsx'
import { Status } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { StopWork } from '../../detail/stop-work.tsx'
import { useWork } from '../../live/use-work.ts'
import { may } from '../../words/access.ts'
import { counted, dollars, duration, thousands } from '../../words/format.ts'
import { appliedWords } from '../../words/what-ifs.ts'

const route = getRouteApi('/app/what-ifs/$id')
const PATH = '/v1/what-ifs'

type LeadRecord = AnswerOf<'/v1/what-ifs/{id}/records'>['data'][number]

const PAGE_ROWS = 100

function recordsOf(id: string) {
  return infiniteQueryOptions({
    queryKey: ['/v1/what-ifs/{id}/records', { path: { id } }],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      read('/v1/what-ifs/{id}/records', {
        path: { id },
        query: { limit: PAGE_ROWS, cursor: pageParam },
        signal
      }),
    getNextPageParam: (page) => page.nextCursor
  })
}

/** One what-if: how far it is, what would be different, and putting some of it into force. */
export default function WhatIfPage() {
  const { id } = route.useParams()
  const { after } = route.useSearch()
  const found = useQuery(readOfOne('/v1/what-ifs/{id}', id, after === undefined ? {} : { after: Number(after) }))
  return (
    <ScrollingPage name="What-if">
      <BackLink to="/what-ifs">What-ifs</BackLink>
      <Loaded read={found}>{(work) => <Body key={id} known={work} />}</Loaded>
    </ScrollingPage>
  )
}

function Body({ known }: { known: Work }) {
  const watched = useWork(PATH, known.state === 'running' ? { id: known.id } : null)
  const work = known.state === 'running' && watched !== null ? watched : known
  return (
    <>
      <PageHead title={work.description ?? 'What-if'} actions={<Status kind="work" state={work.state} />}>
        {work.startedBy}, <Time at={work.startedAt} />
        {work.durationMs === null ? '' : `, took ${duration(work.durationMs)}`}
      </PageHead>
      {work.message === null ? null : (
        <p role="alert" className="rounded-lg bg-tone-danger-soft p-3 text-tone-danger">
          {work.message}
        </p>
      )}
      {work.state === 'running' ? <Running work={work} /> : null}
      {work.state === 'done' ? <Result work={work} /> : null}
    </>
  )
}

function Running({ work }: { work: Work }) {
  const { progress } = work
  return (
    <section aria-label="Progress" className="panel flex flex-col gap-3 p-4">
      <ProgressBar
        label={progress?.phase === 'read' ? 'Leads compared' : 'Looking for what was read'}
        done={progress?.done ?? 0}
        total={progress?.total ?? 0}
      />
      <StopWork path={PATH} work={work} />
    </section>
  )
}

interface Totals {
  readonly leads: number
  readonly leadsChanged: number
  readonly readings: number
  readonly calls: number
  readonly costMicroUsd: number
}

function Result({ work }: { work: Work }) {
  const totals = work.result?.['totals'] as Totals | null
  const found = useInfiniteQuery(recordsOf(work.id))
  const records = found.data?.pages.flatMap(({ data }) => data) ?? []
  return (
    <>
      {totals === null ? null : (
        <p className="text-muted">
          {thousands(totals.leadsChanged)} of {counted(totals.leads, 'lead')} would be different.{' '}
          {totals.calls === 0
            ? 'Nobody outside was asked.'
            : `${counted(totals.calls, 'call')} of the model, ${dollars(totals.costMicroUsd)}.`}
        </p>
      )}
      <Loaded read={found}>
        {() => (
          <Differences
            whatIfId={work.id}
            records={records}
            onMore={found.hasNextPage ? () => void found.fetchNextPage() : null}
          />
        )}
      </Loaded>
      <Applications whatIfId={work.id} records={records} />
    </>
  )
}

/** @param onMore has more of them read; null where all are there */
function Differences({
  whatIfId,
  records,
  onMore
}: {
  whatIfId: string
  records: readonly LeadRecord[]
  onMore: (() => void) | null
}) {
  const mayApply = may(useMe(), 'commands')
  const [field, setField] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const fields = [...new Set(records.flatMap(({ differences }) => differences.map((one) => one.field)))].sort()
  const shown = records.filter(({ differences }) => differences.some((one) => field === '' || one.field === field))
  if (records.length === 0 && onMore === null) return <Empty title="Nothing would be different" />
  const toggle = (leadId: string): void => {
    const next = new Set(chosen)
    if (!next.delete(leadId)) next.add(leadId)
    setChosen(next)
  }
  return (
    <>
      <div className="flex flex-wrap items-end gap-3">
        <Choice
          label="Field"
          value={field}
          options={[{ value: '', word: 'All fields' }, ...fields.map((name) => ({ value: name, word: name }))]}
          onChange={setField}
        />
        <Button variant="secondary" onPress={() => setChosen(new Set(shown.map(({ leadId }) => leadId)))}>
          Select all {thousands(shown.length)} {onMore === null ? '' : 'shown'}
        </Button>
      </div>
      <ul aria-label="Leads that would be different" className="panel divide-y divide-separator">
        {shown.map((record) => (
          <li key={record.leadId} className="flex items-start gap-3 px-4 py-3">
            <input
              type="checkbox"
              aria-label={`Select ${record.name ?? record.email ?? record.leadId}`}
              checked={chosen.has(record.leadId)}
              onChange={() => toggle(record.leadId)}
              className="mt-1 size-4 shrink-0 accent-[var(--accent)]"
            />
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline justify-between gap-x-3">
                <Link to="/leads/$id" params={{ id: record.leadId }} className="font-medium text-link hover:underline">
                  {record.name ?? record.email ?? 'An erased person'}
                </Link>
                <span className="text-xs text-muted">
                  {record.appliedAt === null ? (
                    record.crmId === null ? (
                      'No CRM record yet'
                    ) : (
                      ''
                    )
                  ) : (
                    <>
                      Applied <Time at={record.appliedAt} hint={false} />
                    </>
                  )}
                </span>
              </p>
              <dl className="mt-1 flex flex-col gap-1.5">
                {record.differences
                  .filter((one) => field === '' || one.field === field)
                  .map((one) => (
                    <div key={one.field} className="grid gap-x-3 sm:grid-cols-[10rem_1fr_1fr]">
                      <dt className="font-mono text-xs [overflow-wrap:anywhere] text-muted">{one.field}</dt>
                      <dd className="[overflow-wrap:anywhere] text-muted">
                        <span className="sr-only">is </span>
                        {one.is.value ?? 'nothing'}
                      </dd>
                      <dd className="[overflow-wrap:anywhere]">
                        <span className="sr-only">would be </span>
                        {one.wouldBe.value ?? 'nothing'}
                        {one.wouldBe.evidence === null ? null : (
                          <span className="mt-0.5 flex gap-1 text-xs text-muted italic">
                            <Quote aria-hidden size={11} className="mt-0.5 shrink-0" />
                            {one.wouldBe.evidence}
                          </span>
                        )}
                      </dd>
                    </div>
                  ))}
              </dl>
            </div>
          </li>
        ))}
      </ul>
      {onMore === null ? null : (
        <Button size="sm" variant="secondary" className="self-start" onPress={onMore}>
          Show more
        </Button>
      )}
      {mayApply ? <Apply whatIfId={whatIfId} leadIds={[...chosen]} onDone={() => setChosen(new Set())} /> : null}
    </>
  )
}

/** Writes to the CRM, so the person types how many leads they mean. */
function Apply({ whatIfId, leadIds, onDone }: { whatIfId: string; leadIds: readonly string[]; onDone: () => void }) {
  const [typed, setTyped] = useState('')
  const [refused, setRefused] = useState<string | null>(null)
  const [started, setStarted] = useState<{ id: string; after: number } | null>(null)
  const work = useWork(PATH, started)
  const start = useMutation({
    mutationFn: () => startWork(`${PATH}/${whatIfId}/apply`, { leadIds: [...leadIds].sort() }),
    onSuccess: (begun) => {
      setStarted(begun)
      setTyped('')
      onDone()
    },
    onError: (error) => setRefused(error.message)
  })
  const isRunning = start.isPending || (started !== null && (work === null || work.state === 'running'))
  const apply = (): void => {
    if (leadIds.length === 0) return setRefused('Select the leads that you want to apply it to.')
    if (typed.trim() !== String(leadIds.length))
      return setRefused(`Type ${String(leadIds.length)}, the number of leads selected.`)
    setRefused(null)
    start.mutate()
  }
  return (
    <form
      className="panel sticky bottom-3 flex flex-wrap items-end gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <Field
        wide={false}
        label={
          leadIds.length === 0
            ? 'Select leads, then type how many to apply'
            : `Writes ${counted(leadIds.length, 'lead')} to the CRM. Type ${String(leadIds.length)} to confirm`
        }
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" variant="primary" isDisabled={isRunning}>
        {isRunning ? 'Applying' : 'Apply to the selected'}
      </Button>
      {refused === null ? null : (
        <div className="basis-full">
          <Refusal>{refused}</Refusal>
        </div>
      )}
    </form>
  )
}

interface Outcome {
  readonly leadId: string
  readonly outcome: string
  readonly code: string | null
}

/** What was put into force, lead by lead. */
function Applications({ whatIfId, records }: { whatIfId: string; records: readonly LeadRecord[] }) {
  const found = useInfiniteQuery(pagedRead(PATH, { about: whatIfId }))
  const works = found.data?.pages.flatMap(({ data }) => data) ?? []
  if (works.length === 0) return null
  const nameOf = (leadId: string): string => records.find((record) => record.leadId === leadId)?.name ?? 'This lead'
  return (
    <Section title="Applied">
      <ul className="panel divide-y divide-separator" aria-label="Applied">
        {works.map((work) => (
          <li key={work.id} className="px-4 py-3">
            <p className="flex items-center justify-between gap-3">
              <span>
                {work.startedBy}, <Time at={work.startedAt} />
              </span>
              <Status kind="work" state={work.state} />
            </p>
            {work.message === null ? null : <p className="text-tone-danger">{work.message}</p>}
            <ul className="mt-1 flex flex-col gap-0.5">
              {((work.result?.['outcomes'] ?? []) as readonly Outcome[]).map(({ leadId, outcome, code }) => (
                <li key={leadId}>
                  <Link to="/leads/$id" params={{ id: leadId }} className="text-link hover:underline">
                    {nameOf(leadId)}
                  </Link>
                  : {appliedWords(outcome, code)}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Section>
  )
}
