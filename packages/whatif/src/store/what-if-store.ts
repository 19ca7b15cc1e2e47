import { ERASED } from '@leadlog/contracts'
import type { Keyring } from '@leadlog/keyring'
import { migrateUp } from '@leadlog/service'
import { sql, type Kysely, type Selectable } from 'kysely'
import { WhatIfError } from '../errors.ts'
import { whatIfMigrations } from './migrations.ts'
import type { Run, RunRecord, RunTotals } from './run.ts'
import type { WhatIfTables } from './tables.ts'

/** What is personal in a record: sealed as one text. */
type Sealed = Pick<RunRecord, 'name' | 'email' | 'differences' | 'adoptions'>

/** Where a record stands among those of its run. */
export interface RecordPlace {
  /** How many fields would be different. */
  readonly changed: number
  readonly leadId: string
}

/** Runs, what they found, and the answers they were given, in Postgres. */
export interface WhatIfStore {
  begin(run: Omit<Run, 'state' | 'totals' | 'error' | 'finishedAt'>): Promise<void>
  addRecord(runId: string, record: RunRecord): Promise<void>
  end(
    runId: string,
    end: { state: 'done' | 'stopped' | 'failed'; totals: RunTotals; error: string | null; at: Date }
  ): Promise<void>
  /** Newest first. */
  runs(limit: number): Promise<Run[]>
  /** The run whose id begins so. @throws WhatIfError WHATIF_RUN_UNKNOWN where there is none, or are several */
  run(id: string): Promise<Run>
  /** The records with most changes first. Records of erased persons are empty. */
  records(runId: string): Promise<RunRecord[]>
  /**
   * Those of them of which something would be different, or could not be compared, page by page in the same order.
   *
   * @param page what it begins after; null for the first page
   * @returns with what the next page begins after; null at the end
   */
  recordPage(
    runId: string,
    page: { readonly limit: number; readonly after: RecordPlace | null }
  ): Promise<{ records: RunRecord[]; next: RecordPlace | null }>
  markApplied(runId: string, leadIds: readonly string[], at: Date): Promise<void>
  /** Forgets a run and its records; answers are kept. @returns false where there was none */
  remove(runId: string): Promise<boolean>
  /** Forgets runs that were begun, and answers that were kept, before the moment; a run that is under way stays. @returns how many */
  forget(before: Date): Promise<{ runs: number; answers: number }>
  /** The sealed answer that is kept under the key. */
  answer(key: string): Promise<string | null>
  /** Which of the keys have an answer. */
  answered(keys: readonly string[]): Promise<ReadonlySet<string>>
  keepAnswer(answer: { key: string; personId: string; sealed: string }): Promise<void>
}

/** Opens the store, making its tables where they are missing. */
export async function openWhatIfStore(options: {
  // The tables are known here alone.
  db: Kysely<unknown>
  keyring: Keyring
  clock: () => Date
}): Promise<WhatIfStore> {
  const { keyring, clock } = options
  await migrateUp(options.db, whatIfMigrations)
  const db = options.db.withTables<WhatIfTables>()

  const opened = async (row: Selectable<WhatIfTables['whatif.records']>): Promise<RunRecord> => {
    const value = await keyring.open(row.person_id, row.sealed, contextOf(row.run_id, row.lead_id))
    const personal: Sealed = value === ERASED ? NOTHING : (value as Sealed)
    return {
      leadId: row.lead_id,
      personId: row.person_id,
      crmId: row.crm_id,
      problems: row.problems,
      appliedAt: row.applied_at,
      ...personal
    }
  }

  return {
    async begin(run) {
      await db
        .insertInto('whatif.runs')
        .values({
          id: run.id,
          state: 'running',
          variant: JSON.stringify(run.variant),
          selection: JSON.stringify(run.selection),
          as_of: run.asOf,
          estimate: JSON.stringify(run.estimate),
          totals: null,
          error: null,
          actor: run.actor,
          created_at: run.createdAt,
          finished_at: null
        })
        .execute()
    },
    async addRecord(runId, record) {
      const { name, email, differences, adoptions } = record
      const personal: Sealed = { name, email, differences, adoptions }
      await db
        .insertInto('whatif.records')
        .values({
          run_id: runId,
          lead_id: record.leadId,
          person_id: record.personId,
          crm_id: record.crmId,
          changed: differences.length,
          problems: JSON.stringify(record.problems),
          sealed: await keyring.seal(record.personId, personal, contextOf(runId, record.leadId)),
          applied_at: null
        })
        .execute()
    },
    async end(runId, { state, totals, error, at }) {
      await db
        .updateTable('whatif.runs')
        .set({ state, totals: JSON.stringify(totals), error, finished_at: at })
        .where('id', '=', runId)
        .execute()
    },
    async runs(limit) {
      const rows = await db
        .selectFrom('whatif.runs')
        .selectAll()
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(runOf)
    },
    async run(id) {
      const rows = await db
        .selectFrom('whatif.runs')
        .selectAll()
        .where(sql<boolean>`starts_with(id, ${id})`)
        .limit(2)
        .execute()
      const [row] = rows
      if (row === undefined)
        throw new WhatIfError('WHATIF_RUN_UNKNOWN', `There is no what-if ${id}. See: leadlog whatif list`)
      if (rows.length > 1)
        throw new WhatIfError(
          'WHATIF_RUN_UNKNOWN',
          `Several what-ifs begin with ${id}: give more of it. See: leadlog whatif list`
        )
      return runOf(row)
    },
    async records(runId) {
      const rows = await db
        .selectFrom('whatif.records')
        .selectAll()
        .where('run_id', '=', runId)
        .orderBy('changed', 'desc')
        .orderBy('lead_id')
        .execute()
      return Promise.all(rows.map(opened))
    },
    async recordPage(runId, { limit, after }) {
      let query = db
        .selectFrom('whatif.records')
        .selectAll()
        .where('run_id', '=', runId)
        .where(sql<boolean>`(changed > 0 or jsonb_array_length(problems) > 0)`)
      if (after !== null) {
        const { changed, leadId } = after
        query = query.where(sql<boolean>`(changed < ${changed} or (changed = ${changed} and lead_id > ${leadId}))`)
      }
      const rows = await query
        .orderBy('changed', 'desc')
        .orderBy('lead_id')
        .limit(limit + 1)
        .execute()
      const kept = rows.slice(0, limit)
      const last = rows.length > limit ? kept.at(-1) : undefined
      return {
        records: await Promise.all(kept.map(opened)),
        next: last === undefined ? null : { changed: last.changed, leadId: last.lead_id }
      }
    },
    async markApplied(runId, leadIds, at) {
      await db
        .updateTable('whatif.records')
        .set({ applied_at: at })
        .where('run_id', '=', runId)
        .where('lead_id', 'in', [...leadIds])
        .execute()
    },
    async remove(runId) {
      const { numDeletedRows } = await db.deleteFrom('whatif.runs').where('id', '=', runId).executeTakeFirst()
      return numDeletedRows > 0n
    },
    async forget(before) {
      const runs = await db
        .deleteFrom('whatif.runs')
        .where('created_at', '<', before)
        .where('state', '!=', 'running')
        .executeTakeFirst()
      const answers = await db.deleteFrom('whatif.answers').where('kept_at', '<', before).executeTakeFirst()
      return { runs: Number(runs.numDeletedRows), answers: Number(answers.numDeletedRows) }
    },
    async answer(key) {
      const row = await db.selectFrom('whatif.answers').select('sealed').where('key', '=', key).executeTakeFirst()
      return row?.sealed ?? null
    },
    async answered(keys) {
      if (keys.length === 0) return new Set()
      const rows = await db
        .selectFrom('whatif.answers')
        .select('key')
        .where('key', '=', sql<string>`any(${[...keys]})`)
        .execute()
      return new Set(rows.map(({ key }) => key))
    },
    async keepAnswer({ key, personId, sealed }) {
      await db
        .insertInto('whatif.answers')
        .values({ key, person_id: personId, sealed, kept_at: clock() })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ person_id: personId, sealed, kept_at: clock() }))
        .execute()
    }
  }
}

const NOTHING: Sealed = { name: null, email: null, differences: [], adoptions: [] }

function contextOf(runId: string, leadId: string): string {
  return `what-if/${runId}/${leadId}`
}

function runOf(row: Selectable<WhatIfTables['whatif.runs']>): Run {
  return {
    id: row.id,
    state: row.state,
    variant: row.variant,
    selection: row.selection,
    asOf: Number(row.as_of),
    estimate: row.estimate,
    totals: row.totals,
    error: row.error,
    actor: row.actor,
    createdAt: row.created_at,
    finishedAt: row.finished_at
  }
}
