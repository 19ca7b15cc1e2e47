import type { Pool } from 'pg'
import { ownTables } from './read-models.ts'

export interface ScrubStep {
  readonly step: string
  readonly done: boolean
  /** Why it could not be done; empty where it was. */
  readonly reason: string
}

/**
 * Takes deleted rows out of Postgres' files: tables are written anew without them, so is the statistics table, which
 * keeps samples of column values, and the write-ahead log is switched and cut. Each table is locked while it is written
 * anew. Needs the tables' owner, and for the last steps the right to checkpoint; what is refused is reported.
 */
export async function scrubPostgres(pool: Pool): Promise<readonly ScrubStep[]> {
  const statements = [
    ...(await ownTables(pool)).map((table) => `vacuum (full, analyze) ${table}`),
    'vacuum (full) pg_catalog.pg_statistic',
    // Twice: the first checkpoint still keeps the segment in which it began.
    'select pg_switch_wal()',
    'checkpoint',
    'select pg_switch_wal()',
    'checkpoint'
  ]
  const steps: ScrubStep[] = []
  for (const step of statements) {
    try {
      await pool.query(step)
      steps.push({ step: step.replaceAll('"', ''), done: true, reason: '' })
    } catch (error) {
      steps.push({
        step: step.replaceAll('"', ''),
        done: false,
        reason: error instanceof Error ? error.message : String(error)
      })
    }
  }
  return [...steps, await walStep(pool)]
}

/** Segments that are not needed any more keep their content where Postgres recycles them. */
async function walStep(pool: Pool): Promise<ScrubStep> {
  const { rows } = await pool.query<{ wal_recycle: string }>('show wal_recycle')
  const done = rows[0]?.wal_recycle === 'off'
  const reason = done ? '' : 'wal_recycle is on: old segments keep their content until they are written over'
  return { step: 'write-ahead log removed', done, reason }
}
