import { useQuery } from '@tanstack/react-query'
import type { AnswerOf } from '../api/client.ts'
import { plainRead } from '../api/queries.ts'
import { PageHead, ScrollingPage, Section } from '../design/page.tsx'
import { Loaded, LoadingBlock } from '../design/states.tsx'
import { Look, Status } from '../design/status.tsx'
import { Time } from '../design/time.tsx'
import { useConnection } from '../live/live-updates.tsx'
import { byProjection, type ReadModel } from '../words/read-models.ts'
import { counted, duration, thousands } from '../words/format.ts'
import { nameOf, sentence } from '../words/names.ts'
import type { StatusLook } from '../words/status.ts'

type Budget = AnswerOf<'/v1/budgets'>['data'][number]

/** These figures come by asking, not by the stream. */
const ASK_EVERY_MS = 10_000

/** Whether every part works, how far read models are, and what vendors still allow. */
export default function HealthPage() {
  const projections = useQuery({ ...plainRead('/v1/projections'), refetchInterval: ASK_EVERY_MS })
  const budgets = useQuery({ ...plainRead('/v1/budgets'), refetchInterval: ASK_EVERY_MS })
  const models = projections.data === undefined ? [] : byProjection(projections.data.data)
  return (
    <ScrollingPage name="System health">
      <PageHead title="System health">
        How far the read models are behind the log, and what the vendors still allow.
      </PageHead>
      {/* Both at once: what came later would push aside what is being read. */}
      {projections.isPending || budgets.isPending ? (
        <LoadingBlock />
      ) : (
        <>
          <Summary models={models} />
          <Section title="Vendor accounts">
            <Loaded read={budgets}>
              {({ data, shared }) =>
                data.length === 0 ? (
                  <p className="text-muted">
                    {shared
                      ? 'No vendor was called yet.'
                      : 'Without Redis each process keeps a share of its own; there is nothing to add up.'}
                  </p>
                ) : (
                  <div className="grid gap-3 md:grid-cols-2">
                    {data.map((budget) => (
                      <BudgetCard key={`${budget.vendor} ${budget.account}`} budget={budget} />
                    ))}
                  </div>
                )
              }
            </Loaded>
          </Section>
          <Section title="Read models">
            <Loaded read={projections}>{() => <ReadModels models={models} />}</Loaded>
          </Section>
          {models.some(({ parked }) => parked.length > 0) ? (
            <Section title="Parked rows: an event could not be applied, so theirs wait; all others go on">
              <ul className="panel divide-y divide-separator">
                {models.flatMap((model) =>
                  model.parked.map((row) => (
                    <li key={`${model.name} ${row.key}`} className="px-4 py-2.5">
                      <p className="font-mono text-xs break-all">{row.key}</p>
                      <p className="[overflow-wrap:anywhere]">{row.message}</p>
                      <p className="text-xs text-muted">
                        {sentence(model.name)}, <Time at={row.parkedAt} />
                      </p>
                    </li>
                  ))
                )}
              </ul>
            </Section>
          ) : null}
        </>
      )}
    </ScrollingPage>
  )
}

/** Those that are not where they should be, one by one; those that are, in one line that opens. */
function ReadModels({ models }: { models: readonly ReadModel[] }) {
  const fine = models.filter(isFine)
  return (
    <div className="panel divide-y divide-separator">
      {fine.length === models.length ? null : <ModelList models={models.filter((model) => !isFine(model))} />}
      {fine.length === 0 ? null : (
        <details>
          <summary className="flex cursor-pointer items-center gap-2 px-4 py-2.5 font-medium hover:bg-surface-secondary">
            <span className="flex-1">{counted(fine.length, 'read model')} level with the log</span>
            <Status kind="projection" state="running" />
          </summary>
          <div className="border-t border-separator">
            <ModelList models={fine} />
          </div>
        </details>
      )}
    </div>
  )
}

function isFine({ lagEvents, parkedKeys, state }: ReadModel): boolean {
  return lagEvents === 0 && parkedKeys === 0 && state === 'running'
}

function ModelList({ models }: { models: readonly ReadModel[] }) {
  return (
    <ul className="divide-y divide-separator">
      {models.map((model) => (
        <li key={model.name} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
          <span className="min-w-40 flex-1 font-medium">{sentence(model.name.replace(/^gateway-/, ''))}</span>
          <span className="tnum text-muted">
            {model.lagEvents === 0
              ? 'level with the log'
              : `${counted(model.lagEvents, 'event')} behind, ${duration(model.lagSeconds * 1000)}`}
          </span>
          {model.parkedKeys === 0 ? null : (
            <span className="font-medium text-tone-danger">{counted(model.parkedKeys, 'row')} parked</span>
          )}
          <Status kind="projection" state={model.state} />
        </li>
      ))}
    </ul>
  )
}

const FINE: StatusLook = { tone: 'success', icon: 'check', word: 'Level with the log' }
const BEHIND: StatusLook = { tone: 'warning', icon: 'clock', word: 'Catching up' }
const PARKED: StatusLook = { tone: 'danger', icon: 'alert', word: 'Rows are parked' }
/** A read model that is so far behind shows old figures. */
const LATE_SECONDS = 10

function Summary({ models }: { models: readonly ReadModel[] }) {
  const connection = useConnection()
  if (models.length === 0) return null
  const parked = models.some(({ parkedKeys }) => parkedKeys > 0)
  const late = models.some(({ lagSeconds }) => lagSeconds > LATE_SECONDS)
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Look look={parked ? PARKED : late ? BEHIND : FINE} />
      <span className="text-muted">
        {connection === 'live' ? 'Changes reach this page as they happen.' : 'This page asks again every few seconds.'}
      </span>
    </div>
  )
}

function BudgetCard({ budget }: { budget: Budget }) {
  const { minute, day } = budget
  const waiting = budget.lanes.reduce((sum, lane) => sum + lane.waiting, 0)
  return (
    <article className="panel flex flex-col gap-3 p-4">
      <header className="flex items-baseline justify-between gap-2">
        <h3 className="font-medium">{nameOf(budget.vendor)}</h3>
        <span className="tnum text-xs text-muted">
          {waiting === 0 ? 'nothing waits' : `${counted(waiting, 'call')} wait`}
        </span>
      </header>
      <Bar label={`${nameOf(budget.vendor)}: this minute`} word="This minute" used={minute.used} limit={minute.limit} />
      {day.limit === null ? (
        <p className="tnum text-xs text-muted">{counted(day.used, 'call')} in 24 hours; no daily quota</p>
      ) : (
        <Bar label={`${nameOf(budget.vendor)}: 24 hours`} word="24 hours" used={day.used} limit={day.limit} />
      )}
      {waiting === 0 ? null : (
        <ul className="text-xs text-muted">
          {budget.words.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </article>
  )
}

/** Above this share the bar says so in colour and in words. */
const TIGHT_SHARE = 0.8

function Bar({ label, word, used, limit }: { label: string; word: string; used: number; limit: number }) {
  const share = limit === 0 ? 1 : Math.min(1, used / limit)
  const tight = share >= TIGHT_SHARE
  return (
    <div>
      <p className="tnum mb-1 flex justify-between text-xs">
        <span className="text-muted">{word}</span>
        <span className={tight ? 'font-medium text-tone-danger' : ''}>
          {thousands(used)} of {thousands(limit)}
          {tight ? ', nearly used up' : ''}
        </span>
      </p>
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={limit}
        aria-valuenow={Math.min(used, limit)}
        className="h-1.5 overflow-hidden rounded-full bg-default"
      >
        <div
          className={`h-full rounded-full ${tight ? 'bg-tone-danger' : 'bg-accent'}`}
          style={{ width: `${String(share * 100)}%` }}
        />
      </div>
    </div>
  )
}
