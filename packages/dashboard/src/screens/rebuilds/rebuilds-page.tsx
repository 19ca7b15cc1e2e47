import { Button } from '@heroui/react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { toast } from 'sonner'
import type { AnswerOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { startWork, type Work } from '../../api/start-work.ts'
import { Refusal } from '../../design/field.tsx'
import { PageHead, ScrollingPage, Section } from '../../design/page.tsx'
import { ReasonField } from '../../design/reason-field.tsx'
import { Empty, Loaded } from '../../design/states.tsx'
import { WorkHistory, type WorkLine } from '../../detail/work-history.tsx'
import { may } from '../../words/access.ts'
import { bytes, counted, thousands } from '../../words/format.ts'
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
        <WorkHistory
          path="/v1/rebuilds"
          label="Rebuilds"
          empty={<Empty title="Nothing was built anew yet" />}
          lineOf={lineOf}
        />
      </Section>
    </ScrollingPage>
  )
}

function Models({ models }: { models: readonly Model[] }) {
  const navigate = useNavigate()
  const mayBuild = may(useMe(), 'commands')
  const standings = useQuery(plainRead('/v1/projections'))
  const standing = new Map(byProjection(standings.data?.data ?? []).map((one) => [one.name, one]))
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [description, setDescription] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const start = useMutation({
    mutationFn: (body: { models: string[]; description: string }) => startWork('/v1/rebuilds', body),
    onSuccess: ({ id, after }) => navigate({ to: '/rebuilds/$id', params: { id }, search: { after: String(after) } }),
    onError: (error) => toast.error(error.message)
  })
  const toggle = (name: string): void => {
    const next = new Set(chosen)
    if (!next.delete(name)) next.add(name)
    setChosen(next)
  }
  const build = (): void => {
    if (chosen.size === 0) return setProblem('Choose at least one read model to build anew.')
    if (description.trim() === '') return setProblem('Say why, in a few words: it is kept with the rebuild.')
    setProblem(null)
    const names = models.map(({ name }) => name).filter((name) => chosen.has(name))
    start.mutate({ models: names, description: description.trim() })
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        build()
      }}
    >
      <fieldset disabled={!mayBuild} className="panel divide-y divide-separator">
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
      {mayBuild ? (
        <div className="flex flex-wrap items-end gap-3">
          <ReasonField value={description} onChange={setDescription} />
          <Button type="button" variant="secondary" onPress={() => setChosen(new Set(models.map(({ name }) => name)))}>
            Choose all
          </Button>
          <Button type="submit" variant="primary" isDisabled={start.isPending}>
            {chosen.size === 0 ? 'Build anew' : `Build ${counted(chosen.size, 'read model')} anew`}
          </Button>
        </div>
      ) : null}
      <Refusal>{problem}</Refusal>
    </form>
  )
}

/** A rebuild has a page of its own; what was done with its tables is told on the page of that rebuild. */
function lineOf({ id, kind, description, follows, about, result }: Work): WorkLine {
  return {
    title: description ?? WORK_NAMES[kind],
    to: '/rebuilds/$id',
    id: follows ?? id,
    about: about.length > 3 ? counted(about.length, 'read model') : about.map(modelName).join(', '),
    outcome: rebuildOutcome(kind, result, thousands)
  }
}
