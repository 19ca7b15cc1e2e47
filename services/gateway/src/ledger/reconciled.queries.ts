import type { ReadDatabase } from '../database/database.ts'
import type { ReconciliationRow } from '../reconciliations/reconciliations.projection.ts'
import type { LedgerSource } from './ledger.schema.ts'

const DAY_MS = 86_400_000

/** When a day of a source was last compared with the provider's list, and up to which moment of it. */
export interface ReconciledDay {
  readonly at: string
  readonly through: string
}

/** The days of the range that a reconciliation saw everything of, by `<source> <day>`. */
export async function findReconciledDays(
  db: ReadDatabase,
  range: { readonly from: string; readonly to: string }
): Promise<ReadonlyMap<string, ReconciledDay>> {
  const runs = await db
    .selectFrom('gateway.reconciliations')
    .select(['source', 'window_from', 'window_to', 'completed_at'])
    .where('complete', '=', true)
    .where('window_to', '>', range.from)
    .where('window_from', '<', range.to)
    .execute()
  const days = new Map<string, ReconciledDay>()
  for (const { source, window_from, window_to, completed_at } of runs) {
    if (completed_at === null) continue
    for (const start of dayStarts(window_from, window_to)) {
      const key = `${source} ${new Date(start).toISOString().slice(0, 10)}`
      const through = new Date(Math.min(Date.parse(window_to), start + DAY_MS)).toISOString()
      const known = days.get(key)
      days.set(key, {
        at: known && known.at > completed_at ? known.at : completed_at,
        through: known && known.through > through ? known.through : through
      })
    }
  }
  return days
}

/** The newest run of every source, and its last success. */
export async function findSources(db: ReadDatabase): Promise<LedgerSource[]> {
  const newest = await db
    .selectFrom('gateway.reconciliations')
    .distinctOn('source')
    .selectAll()
    .where('completed_at', 'is not', null)
    .orderBy('source')
    .orderBy('started_at', 'desc')
    .execute()
  const succeeded = await db
    .selectFrom('gateway.reconciliations')
    .select(({ fn }) => ['source', fn.max('completed_at').as('at')])
    .where('complete', '=', true)
    .groupBy('source')
    .execute()
  const lastSuccess = new Map(succeeded.map(({ source, at }) => [source, at]))
  return newest.map((row) => sourceOf(row, lastSuccess.get(row.source) ?? null))
}

function sourceOf(row: ReconciliationRow, lastSuccessAt: string | null): LedgerSource {
  return {
    provider: row.source,
    reconciledAt: lastSuccessAt,
    lastRun: {
      id: row.id,
      from: row.window_from,
      to: row.window_to,
      completedAt: row.completed_at ?? '',
      complete: row.complete ?? false,
      listed: row.listed ?? 0,
      known: row.known ?? 0,
      ingested: row.ingested ?? 0,
      failed: row.failed ?? 0,
      problem: row.problem === null ? null : `${row.problem.code}: ${row.problem.message}`
    }
  }
}

/** Starts of the UTC days that a window touches. */
function* dayStarts(from: string, to: string): Generator<number, void, undefined> {
  const end = Date.parse(to)
  for (let start = Math.floor(Date.parse(from) / DAY_MS) * DAY_MS; start < end; start += DAY_MS) yield start
}
