import { Nullable, OneOf, Timestamp, WORK_KINDS } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import { WorkProgress } from './work-progress.ts'
import type { WorkRow } from './work.projection.ts'

const Facts = Type.Record(Type.String(), Type.Unknown())

/** Something that an operator started, and how it stands; without what was asked for, which may name a thousand letters. */
export const WorkSummary = Type.Object({
  id: Type.String(),
  kind: OneOf(...WORK_KINDS),
  about: Type.Array(Type.String(), { description: 'a kind of failure, read models, a what-if' }),
  description: Nullable(Type.String({ description: 'why, in the words of who started it' })),
  follows: Nullable(Type.String({ description: 'id of the rebuild or what-if whose outcome this uses' })),
  state: OneOf('running', 'done', 'stopped', 'failed'),
  startedAt: Timestamp,
  startedBy: Type.String({ description: 'name or address of the person, or the key' }),
  cancelledBy: Nullable(Type.String()),
  endedAt: Nullable(Timestamp),
  durationMs: Nullable(Type.Integer()),
  code: Nullable(Type.String({ description: 'why it failed' })),
  message: Nullable(Type.String()),
  result: Nullable(Type.Unsafe<Record<string, unknown>>({ ...Facts, description: 'figures of what was done' })),
  progress: Nullable(WorkProgress)
})
export type WorkSummary = Static<typeof WorkSummary>

/** The same with what was asked for: for one resource. */
export const WorkAnswer = Type.Object({
  ...WorkSummary.properties,
  order: Type.Unsafe<Record<string, unknown>>({ ...Facts, description: 'what was asked for' })
})
export type WorkAnswer = Static<typeof WorkAnswer>

/** The answer of a route that starts work. */
export const WorkAccepted = Type.Object({
  id: Type.String(),
  after: Type.Integer({ description: 'read with ?after=<this> to be sure to see it' })
})

export function workSummaryOf(
  row: WorkRow,
  nameOf: (actor: string) => string,
  progress: WorkProgress | null
): WorkSummary {
  return {
    id: row.id,
    kind: row.kind,
    about: [...row.about],
    description: row.description,
    follows: idIn(row.asked, 'rebuildId') ?? idIn(row.asked, 'whatIfId'),
    state: row.state,
    startedAt: row.started_at,
    startedBy: nameOf(row.started_by),
    cancelledBy: row.cancelled_by === null ? null : nameOf(row.cancelled_by),
    endedAt: row.ended_at,
    durationMs: row.ended_at === null ? null : Date.parse(row.ended_at) - Date.parse(row.started_at),
    code: row.code,
    message: row.message,
    result: row.result === null ? null : { ...row.result },
    progress: row.state === 'running' ? progress : null
  }
}

function idIn(asked: WorkRow['asked'], name: string): string | null {
  const id = asked[name]
  return typeof id === 'string' ? id : null
}
