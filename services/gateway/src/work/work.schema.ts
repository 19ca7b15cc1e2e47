import { Nullable, OneOf, Timestamp, WORK_KINDS } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import { WorkProgress } from './work-progress.ts'
import type { WorkRow } from './work.projection.ts'

const Facts = Type.Record(Type.String(), Type.Unknown())

/** Something that an operator started, and how it stands. */
export const WorkAnswer = Type.Object({
  id: Type.String(),
  kind: OneOf(...WORK_KINDS),
  about: Type.Array(Type.String(), { description: 'a kind of failure, read models, a what-if' }),
  description: Nullable(Type.String({ description: 'why, in the words of who started it' })),
  order: Type.Unsafe<Record<string, unknown>>({ ...Facts, description: 'what was asked for' }),
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
export type WorkAnswer = Static<typeof WorkAnswer>

/** The answer of a route that starts work. */
export const WorkAccepted = Type.Object({
  id: Type.String(),
  after: Type.Integer({ description: 'read with ?after=<this> to be sure to see it' })
})

export function workAnswerOf(
  row: WorkRow,
  nameOf: (actor: string) => string,
  progress: WorkProgress | null
): WorkAnswer {
  return {
    id: row.id,
    kind: row.kind,
    about: [...row.about],
    description: row.description,
    order: { ...row.asked },
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
