import { Button } from '@heroui/react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { toast } from 'sonner'
import type { AnswerOf } from '../../api/client.ts'
import { pagedRead, plainRead } from '../../api/queries.ts'
import { startWork, type Work } from '../../api/start-work.ts'
import { PageHead, ScrollingPage, Section } from '../../design/page.tsx'
import { Empty, Failed, Loaded, LoadingRows } from '../../design/states.tsx'
import { Status } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { bytes, counted, duration, thousands } from '../../words/format.ts'
import { byProjection } from '../../words/read-models.ts'
import { modelName, rebuildOutcome, WORK_NAMES } from '../../words/rebuilds.ts'

type Model = AnswerOf<'/v1/read-models'>['data'][number]

/** The read models, building them anew, and every rebuild there was. */
export default function RebuildsPage() {
  const models = useQuery(plainRead('/v1/read-models'))
  return (
    <ScrollingPage name="Rebuilds">
      <PageHead title="Rebuilds">
        Read models built anew from the log, beside the live ones. Reads go on; nothing changes until you swap.
      </PageHead>
      <Loaded read={models}>{({ data }) => <Models models={data} />}</Loaded>
      <Section title="History">
        <History />
      </Section>
    </ScrollingPage>
  )
}

function Models({ models }: { models: readonly Model[] }) {
  const navigate = useNavigate()
  const standings = useQuery(plainRead('/v1/projections'))
  const standing = new Map(byProjection(standings.data?.data ?? []).map((one) => [one.name, one]))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [description, setDescription] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [working, setWorking] = useState(false)
  const field = useId()
  const toggle = (name: string): void => {
    const next = new Set(chosen)
    if (!next.delete(name)) next.add(name)
    setChosen(next)
  }
  const start = async (): Promise<void> => {
    if (chosen.size === 0) return setProblem('Choose at least one read model to build anew.')
    if (description.trim() === '') return setProblem('Say why, in a few words: it is kept with the rebuild.')
    setProblem(null)
    setWorking(true)
    try {
      const names = models.map(({ name }) => name).filter((name) => chosen.has(name))
      const { id, after } = await startWork('/v1/rebuilds', { models: names, description: description.trim() })
      await navigate({ to: '/rebuilds/$id', params: { id }, search: { after: String(after) } })
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error))
    } finally {
      setWorking(false)
    }
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void start()
      }}
    >
      <fieldset className="panel divide-y divide-separator">
        <legend className="sr-only">Read models to build anew</legend>
        {models.map((model) => {
          const lag = standing.get(model.name)
          return (
            <label
              key={model.name}
              className="flex cursor-pointer items-start gap-3 px-4 py-2.5 hover:bg-surface-secondary"
            >
              <input
                type="checkbox"
                checked={chosen.has(model.name)}
                onChange={() => toggle(model.name)}
                className="mt-0.5 size-4 shrink-0 accent-[var(--accent)]"
              />
              <span className="grid min-w-0 flex-1 gap-x-4 gap-y-0.5 sm:grid-cols-[minmax(0,1fr)_auto_9rem]">
                <span className="min-w-0">
                  <span className="block font-medium">{modelName(model.name)}</span>
                  <span className="block text-xs text-muted">
                    {model.rebuild === null
                      ? ''
                      : model.rebuild.finishedAt === null
                        ? 'A half-built table stands beside it. '
                        : 'A rebuilt table waits beside it. '}
                    {model.previous === null ? '' : 'The table from before the last swap is kept.'}
                  </span>
                </span>
                <span className="tnum text-xs text-muted sm:text-right">
                  {counted(model.rows, 'row')}, {bytes(model.bytes)}
                  {model.version === model.newestVersion ? '' : ', of an older version'}
                </span>
                <span className="text-xs sm:text-right">
                  {lag === undefined ? null : lag.lagEvents === 0 ? (
                    <span className="text-muted">Level with the log</span>
                  ) : (
                    <span>{counted(lag.lagEvents, 'event')} behind</span>
                  )}
                </span>
              </span>
            </label>
          )
        })}
      </fieldset>
      <div className="flex flex-wrap items-end gap-3">
        <div className="flex min-w-60 flex-1 flex-col gap-1">
          <label htmlFor={field} className="text-xs font-medium">
            Reason, without anybody's name
          </label>
          <input
            id={field}
            value={description}
            maxLength={500}
            onChange={(event) => setDescription(event.target.value)}
            className="h-9 rounded-lg border border-[var(--field-border)] bg-surface px-3"
          />
        </div>
        <Button type="button" variant="secondary" onPress={() => setChosen(new Set(models.map(({ name }) => name)))}>
          Choose all
        </Button>
        <Button type="submit" variant="primary" isDisabled={working}>
          {chosen.size === 0 ? 'Build anew' : `Build ${counted(chosen.size, 'read model')} anew`}
        </Button>
      </div>
      {problem === null ? null : (
        <p role="alert" className="text-tone-danger">
          {problem}
        </p>
      )}
    </form>
  )
}

function History() {
  const found = useInfiniteQuery(pagedRead('/v1/rebuilds', {}))
  if (found.isPending) return <LoadingRows rows={3} />
  if (found.isError) return <Failed error={found.error} onRetry={() => void found.refetch()} />
  const rows = found.data.pages.flatMap(({ data }) => data)
  if (rows.length === 0) return <Empty title="Nothing was built anew yet" />
  return (
    <>
      <ul className="panel divide-y divide-separator" aria-label="Rebuilds">
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </ul>
      {found.hasNextPage ? (
        <Button size="sm" variant="secondary" className="mt-3" onPress={() => void found.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </>
  )
}

/** A rebuild has a page of its own; what was done with its tables is told on the page of that rebuild. */
function Row({ row }: { row: Work }) {
  const rebuildId = row.kind === 'rebuild' ? row.id : String(row.order['rebuildId'])
  return (
    <li className="relative flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-4 py-3 hover:bg-surface-secondary">
      <div className="min-w-0">
        <Link
          to="/rebuilds/$id"
          params={{ id: rebuildId }}
          className="font-medium [overflow-wrap:anywhere] before:absolute before:inset-0"
        >
          {row.description ?? WORK_NAMES[row.kind]}
        </Link>
        <p className="text-xs text-muted">
          {row.about.length > 3 ? counted(row.about.length, 'read model') : row.about.map(modelName).join(', ')}.{' '}
          {row.startedBy}, <Time at={row.startedAt} hint={false} />
          {row.durationMs === null ? '' : `, ${duration(row.durationMs)}`}
        </p>
      </div>
      <div className="flex items-center gap-3">
        <span className="tnum text-xs text-muted">{rebuildOutcome(row.kind, row.result, thousands)}</span>
        <Status kind="work" state={row.state} />
      </div>
    </li>
  )
}
