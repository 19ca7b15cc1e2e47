import { Button } from '@heroui/react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ArrowRight } from 'lucide-react'
import { useState } from 'react'
import { toast } from 'sonner'
import type { AnswerOf } from '../../api/client.ts'
import { pagedRead, plainRead, readOfOne } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { startWork, type Work } from '../../api/start-work.ts'
import { BackLink } from '../../design/back-link.tsx'
import { ConfirmButton } from '../../design/confirm-button.tsx'
import { PageHead, ScrollingPage, Section } from '../../design/page.tsx'
import { ProgressBar } from '../../design/progress-bar.tsx'
import { Loaded } from '../../design/states.tsx'
import { Status } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { StopWork } from '../../detail/stop-work.tsx'
import { useWork } from '../../live/use-work.ts'
import { may } from '../../words/access.ts'
import { counted, duration, thousands } from '../../words/format.ts'
import { modelName, PHASES, WORK_NAMES } from '../../words/rebuilds.ts'

const route = getRouteApi('/app/rebuilds/$id')
const PATH = '/v1/rebuilds'

/** One rebuild: how far it is, what it would change, and what to do with it. */
export default function RebuildPage() {
  const { id } = route.useParams()
  const { after } = route.useSearch()
  const found = useQuery(readOfOne('/v1/rebuilds/{id}', id, after === undefined ? {} : { after: Number(after) }))
  return (
    <ScrollingPage name="Rebuild">
      <BackLink to="/rebuilds">Rebuilds</BackLink>
      <Loaded read={found}>{(work) => <Body key={id} known={work} />}</Loaded>
    </ScrollingPage>
  )
}

function Body({ known }: { known: Work }) {
  const watched = useWork(PATH, known.state === 'running' ? { id: known.id } : null)
  const work = watched !== null && known.state === 'running' ? watched : known
  return (
    <>
      <PageHead title={work.description ?? 'Rebuild'} actions={<Status kind="work" state={work.state} />}>
        {work.startedBy}, <Time at={work.startedAt} />
        {work.durationMs === null ? '' : `, took ${duration(work.durationMs)}`}
      </PageHead>
      {work.state === 'running' ? <Running work={work} /> : <Ended work={work} />}
    </>
  )
}

function Running({ work }: { work: Work }) {
  const { progress } = work
  const elapsed = progress === null ? 0 : Date.parse(progress.at) - Date.parse(work.startedAt)
  return (
    <section aria-label="Progress" className="panel flex flex-col gap-4 p-4">
      <ProgressBar
        label={PHASES[progress?.phase ?? ''] ?? 'Beginning'}
        done={progress?.done ?? 0}
        total={progress?.total ?? 0}
      />
      <p className="tnum text-xs text-muted">
        {progress?.perSecond == null ? '' : `${thousands(progress.perSecond)} events a second, `}
        {elapsed > 0 ? `${duration(elapsed)} so far` : 'just begun'}
      </p>
      {progress === null || progress.targets.length < 2 ? null : (
        <ul className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
          {progress.targets.map((target) => (
            <li key={target.name}>
              <ProgressBar
                label={`${modelName(target.name)}: ${(PHASES[target.phase] ?? target.phase).toLowerCase()}`}
                done={target.done}
                total={target.total}
              />
            </li>
          ))}
        </ul>
      )}
      <StopWork path={PATH} work={work} />
    </section>
  )
}

function Ended({ work }: { work: Work }) {
  const models = useQuery(plainRead('/v1/read-models'))
  const acts = useInfiniteQuery(pagedRead(PATH, {}))
  const own = acts.data?.pages.flatMap(({ data }) => data).filter(({ follows }) => follows === work.id) ?? []
  const concerned = models.data?.data.filter(({ name }) => work.about.includes(name)) ?? []
  const mayAct = may(useMe(), 'commands')
  const isReady =
    concerned.length > 0 &&
    concerned.every(
      ({ rebuild }) =>
        rebuild?.finishedAt != null && Date.parse(rebuild.createdAt) >= Date.parse(work.startedAt) - 1_000
    )
  const wasSwapped = own.some(({ kind, state }) => kind === 'swap' && state === 'done')
  const canGoBack = wasSwapped && concerned.every(({ previous }) => previous !== null)
  return (
    <>
      {work.message === null ? null : (
        <div role="alert" className="rounded-lg bg-tone-danger-soft p-3 text-tone-danger [overflow-wrap:anywhere]">
          <p>{work.message}</p>
          <p className="mt-1 font-mono text-xs">{work.code}</p>
        </div>
      )}
      {work.state === 'done' ? <Counts work={work} /> : null}
      {work.state === 'done' && isReady ? <Comparison id={work.id} /> : null}
      {mayAct && isReady && work.state === 'done' ? <Acts id={work.id} path="swap" also="discard" /> : null}
      {mayAct && canGoBack ? <Acts id={work.id} path="roll-back" /> : null}
      {own.length === 0 ? null : (
        <Section title="What was done with it">
          <ul className="panel divide-y divide-separator">
            {own.map((act) => (
              <li key={act.id} className="flex items-center justify-between gap-3 px-4 py-2.5">
                <span>
                  {WORK_NAMES[act.kind]} by {act.startedBy}, <Time at={act.startedAt} />
                  {act.message === null ? null : <span className="block text-tone-danger">{act.message}</span>}
                </span>
                <Status kind="work" state={act.state} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

interface ModelCounts {
  readonly name: string
  readonly equal: boolean
  readonly rebuiltRows: number
  readonly added: number
  readonly removed: number
  readonly changed: number
  readonly changedByColumn: Readonly<Record<string, number>>
  readonly resumed: boolean
}

function Counts({ work }: { work: Work }) {
  const models = (work.result?.['models'] ?? []) as readonly ModelCounts[]
  return (
    <Section title={`Compared when it was built, ${counted(Number(work.result?.['events'] ?? 0), 'event')} applied`}>
      <ul className="panel divide-y divide-separator" aria-label="Comparison">
        {models.map((model) => (
          <li key={model.name} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 py-2.5">
            <span>
              <span className="font-medium">{modelName(model.name)}</span>{' '}
              <span className="text-xs text-muted">
                {counted(model.rebuiltRows, 'row')}
                {model.resumed ? ', gone on with after an interruption' : ''}
              </span>
            </span>
            <span className="tnum text-right text-xs">
              {model.equal
                ? 'Every row is equal'
                : `${thousands(model.changed)} changed, ${thousands(model.added)} added, ${thousands(model.removed)} removed`}
              {Object.entries(model.changedByColumn).length === 0 ? null : (
                <span className="block text-muted">
                  {Object.entries(model.changedByColumn)
                    .map(([column, count]) => `${column} ${thousands(count)}`)
                    .join(', ')}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Rows that differ now; asked for by the person, since it reads whole tables and shows personal data. */
function Comparison({ id }: { id: string }) {
  const [asked, setAsked] = useState(false)
  const found = useQuery({ ...readOfOne('/v1/rebuilds/{id}/comparison', id), enabled: asked, staleTime: 0 })
  if (!asked) {
    return (
      <Button size="sm" variant="secondary" className="self-start" onPress={() => setAsked(true)}>
        Show rows that differ now
      </Button>
    )
  }
  return (
    <Loaded read={found}>
      {({ models }) => {
        const differing = models.filter(({ samples }) => samples.length > 0)
        if (differing.length === 0) return <p className="text-muted">No row differs.</p>
        return differing.map((model) => <Samples key={model.name} model={model} />)
      }}
    </Loaded>
  )
}

type ModelComparison = AnswerOf<'/v1/rebuilds/{id}/comparison'>['models'][number]

function Samples({ model }: { model: ModelComparison }) {
  const all = model.added + model.removed + model.changed
  return (
    <Section title={`${modelName(model.name)}: ${thousands(model.samples.length)} of ${counted(all, 'differing row')}`}>
      <ul className="panel divide-y divide-separator">
        {model.samples.map((row) => (
          <li key={row.key} className="flex flex-col gap-1 px-4 py-2.5">
            <p className="font-mono text-xs [overflow-wrap:anywhere]">
              {row.key} <span className="font-sans text-muted">{row.kind}</span>
            </p>
            {row.kind === 'changed'
              ? row.columns.map(({ column, live, rebuilt }) => (
                  <p key={column} className="flex flex-wrap items-baseline gap-2 text-xs [overflow-wrap:anywhere]">
                    <span className="text-muted">{column}</span>
                    <span className="line-through decoration-1">{shown(live)}</span>
                    <ArrowRight aria-label="would be" size={12} className="self-center text-muted" />
                    <span>{shown(rebuilt)}</span>
                  </p>
                ))
              : null}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const ACT_WORDS = {
  swap: 'Swap it in',
  discard: 'Discard it',
  'roll-back': 'Roll back to the former tables'
}

/** What is done with the tables; each runs as work of its own and is told below. */
function Acts({ id, path, also }: { id: string; path: keyof typeof ACT_WORDS; also?: 'discard' }) {
  const [started, setStarted] = useState<{ id: string; after: number } | null>(null)
  const act = useWork(PATH, started)
  const working = started !== null && (act === null || act.state === 'running')
  const start = (which: keyof typeof ACT_WORDS): void => {
    startWork(`${PATH}/${id}/${which}`, {}).then(setStarted, (error: Error) => toast.error(error.message))
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button variant={path === 'swap' ? 'primary' : 'secondary'} isDisabled={working} onPress={() => start(path)}>
        {working ? 'Working' : ACT_WORDS[path]}
      </Button>
      {also === undefined ? null : (
        <ConfirmButton
          word={ACT_WORDS[also]}
          question="What was built goes; the tables that are live stay as they are. To have it again it is built anew."
          sure="Discard"
          working={working}
          onSure={() => start(also)}
        />
      )}
      <span className="text-xs text-muted">
        {path === 'swap'
          ? 'The tables that are live now are kept, so you can go back.'
          : 'The present ones are kept as well.'}
      </span>
    </div>
  )
}
