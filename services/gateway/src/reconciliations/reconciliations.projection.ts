import { ReconciliationCompleted, ReconciliationStarted, type DataOf } from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { allReadersOnly } from '../database/row-policies.ts'

type Completed = DataOf<typeof ReconciliationCompleted>

const NOT_YET = {
  completed_at: null,
  complete: null,
  listed: null,
  known: null,
  ingested: null,
  failed: null,
  days: null,
  ingested_ids: [],
  problem: null
}

/** Every comparison of what a provider lists with what came as webhooks. */
export const reconciliations = defineProjection({
  name: 'gateway-reconciliations',
  version: 2,
  table: 'gateway.reconciliations',
  columns: {
    id: column.text({ primaryKey: true }),
    source: column.text(),
    trigger: column.text<Completed['trigger']>(),
    window_from: column.timestamptz(),
    window_to: column.timestamptz(),
    started_at: column.timestamptz(),
    completed_at: column.timestamptz({ nullable: true }),
    complete: column.boolean({ nullable: true }),
    listed: column.integer({ nullable: true }),
    known: column.integer({ nullable: true }),
    ingested: column.integer({ nullable: true }),
    failed: column.integer({ nullable: true }),
    days: column.jsonb<Completed['days']>({ nullable: true }),
    ingested_ids: column.textArray(),
    problem: column.jsonb<Completed['problem']>({ nullable: true })
  },
  indexes: [{ on: 'source, started_at desc' }, { on: 'window_to', where: 'complete' }],
  on: [ReconciliationStarted, ReconciliationCompleted],
  key: (event) => event.data.runId,
  evolve: {
    [ReconciliationStarted.type]: (row, event, id) => row ?? { id, ...beginningOf(event.data), ...NOT_YET },
    [ReconciliationCompleted.type]: (_row, event, id) => {
      const { completedAt, complete, listed, known, ingested, failed, days, ingestedIds, problem } = event.data
      return {
        id,
        ...beginningOf(event.data),
        completed_at: completedAt,
        complete,
        listed,
        known,
        ingested,
        failed,
        days,
        ingested_ids: ingestedIds,
        problem
      }
    }
  },
  setup: allReadersOnly
})

export type ReconciliationRow = RowOf<typeof reconciliations>

function beginningOf(data: Pick<Completed, 'source' | 'trigger' | 'from' | 'to' | 'startedAt'>) {
  return {
    source: data.source,
    trigger: data.trigger,
    window_from: data.from,
    window_to: data.to,
    started_at: data.startedAt
  }
}
