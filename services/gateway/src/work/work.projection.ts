import {
  WorkCancelled,
  WorkCompleted,
  WorkStarted,
  WorkStopped,
  type RecordedEvent,
  type WorkKind
} from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { allReadersOnly } from '../database/row-policies.ts'
import { stoppedState, type Work, type WorkFacts } from './work.ts'

/** What operators started: who, why, and how it ended. */
export const work = defineProjection({
  name: 'gateway-work',
  version: 1,
  table: 'gateway.work',
  columns: {
    id: column.text({ primaryKey: true }),
    sequence: column.bigint(),
    kind: column.text<WorkKind>(),
    about: column.jsonb<readonly string[]>(),
    description: column.text({ nullable: true }),
    asked: column.jsonb<WorkFacts>(),
    state: column.text<Work['state']>(),
    started_at: column.timestamptz(),
    started_by: column.text(),
    cancelled_by: column.text({ nullable: true }),
    ended_at: column.timestamptz({ nullable: true }),
    code: column.text({ nullable: true }),
    message: column.text({ nullable: true }),
    result: column.jsonb<WorkFacts>({ nullable: true })
  },
  indexes: [{ on: 'kind, started_at desc, id desc' }, { on: 'id', where: "state = 'running'" }],
  on: [WorkStarted, WorkCancelled, WorkCompleted, WorkStopped],
  key: (event: RecordedEvent) => (event.data as { workId: string }).workId,
  evolve: {
    [WorkStarted.type]: (row, { sequence, time, actor, data }, id) =>
      row ?? {
        id,
        sequence,
        kind: data.kind,
        about: data.about,
        description: data.description,
        asked: data.order,
        state: 'running',
        started_at: time,
        started_by: actor,
        cancelled_by: null,
        ended_at: null,
        code: null,
        message: null,
        result: null
      },
    [WorkCancelled.type]: (row, { actor }) => row && { ...row, cancelled_by: row.cancelled_by ?? actor },
    [WorkCompleted.type]: (row, { time, data }) =>
      row && { ...row, state: 'done', ended_at: time, result: data.result },
    [WorkStopped.type]: (row, { time, data }) =>
      row && {
        ...row,
        state: stoppedState(data.because),
        ended_at: time,
        code: data.code,
        message: data.message,
        result: data.result
      }
  },
  setup: allReadersOnly
})

export type WorkRow = RowOf<typeof work>
