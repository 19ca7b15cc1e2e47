import { sql, type RawBuilder } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { ofOneMoment } from '../database/one-moment.ts'
import { statusOf, writeCounts } from '../received-events/status.ts'
import { gapStep } from './gap-step.ts'
import type { Ledger, LedgerCounts, LedgerGap } from './ledger.schema.ts'
import { findReconciledDays, findSources } from './reconciled.queries.ts'

/** Gaps that one answer lists; more than that is an outage, told by the counts. */
const MAX_GAPS = 1_000

export interface LedgerRange {
  /** ISO 8601, included. */
  readonly from: string
  /** ISO 8601, excluded. */
  readonly to: string
}

/** A day of a provider, without its reconciliation. */
type LedgerDay = LedgerCounts & Pick<Ledger['days'][number], 'day' | 'provider'>

/**
 * Every received event of the range with its status and what became of its CRM writes. The writes are looked up for each
 * event: a range is a small part of them.
 */
export function accounts(db: ReadDatabase, { from, to }: LedgerRange, narrowed: RawBuilder<boolean> = sql`true`) {
  return db
    .selectFrom('gateway.received_events as r')
    .leftJoinLateral(
      (counted) =>
        counted
          .selectFrom('gateway.crm_writes as c')
          .select([
            writeCounts.total.as('total'),
            writeCounts.open.as('open'),
            writeCounts.refused.as('refused'),
            writeCounts.simulated.as('simulated')
          ])
          .whereRef('c.correlation_id', '=', 'r.id')
          .as('w'),
      (join) => join.onTrue()
    )
    .where(narrowed)
    .where('r.received_at', '>=', from)
    .where('r.received_at', '<', to)
    .select((row) => [
      'r.id',
      row.ref('r.provider').$notNull().as('provider'),
      row.ref('r.event_type').$notNull().as('event_type'),
      row.ref('r.received_at').$notNull().as('received_at'),
      'r.translated_at',
      'r.enriched_at',
      'r.steps',
      'r.verified_by',
      'r.last_error',
      statusOf.as('status'),
      sql<number>`coalesce(w.total, 0)`.as('writes'),
      sql<number>`coalesce(w.simulated, 0)`.as('simulated'),
      sql<number>`coalesce(w.open, 0)`.as('open_writes'),
      sql<number>`coalesce(w.refused, 0)`.as('refused_writes'),
      sql<boolean>`r.open_dead_letters <> '{}'`.as('parked')
    ])
}

const count = (condition: string) => sql<number>`(count(*) filter (where ${sql.raw(condition)}))::int`

/** The books of the range, all of one moment: counts by day and provider, and every gap. */
export function findLedger(db: ReadDatabase, range: LedgerRange): Promise<Ledger> {
  return ofOneMoment(db, (moment) => ledgerOf(moment, range))
}

/** The same for a read that is of one moment already. */
export async function ledgerOf(moment: ReadDatabase, range: LedgerRange): Promise<Ledger> {
  const days = await findDays(moment, range)
  const gaps = await findGaps(moment, range)
  const totals = days.reduce<LedgerCounts>(added, NOTHING)
  const reconciled = await findReconciledDays(moment, range)
  return {
    ...range,
    balanced: days.every(isBalanced),
    totals,
    days: days.map((day) => {
      const { at, through } = reconciled.get(`${day.provider} ${day.day}`) ?? { at: null, through: null }
      return { ...day, reconciledAt: at, reconciledThrough: through }
    }),
    sources: await findSources(moment),
    gaps: gaps.slice(0, MAX_GAPS),
    gapsTruncated: gaps.length > MAX_GAPS
  }
}

async function findDays(db: ReadDatabase, range: LedgerRange): Promise<LedgerDay[]> {
  return db
    .selectFrom(accounts(db, range).as('a'))
    .select([
      sql<string>`to_char(a.received_at at time zone 'UTC', 'YYYY-MM-DD')`.as('day'),
      'a.provider',
      count('true').as('received'),
      count(`a.status <> 'ignored'`).as('accepted'),
      count(`a.status = 'ignored'`).as('ignored'),
      count(`a.status = 'failed'`).as('failed'),
      count(`a.status in ('queued', 'processing')`).as('processing'),
      count(`a.status = 'queued'`).as('queued'),
      count(`a.status = 'processed'`).as('processed'),
      count(`a.enriched_at is not null`).as('enriched'),
      count(`a.status = 'processed' and a.writes > a.simulated`).as('synced'),
      count(`a.status = 'processed' and a.writes > 0 and a.writes = a.simulated`).as('simulated'),
      count(`a.status = 'processed' and a.writes = 0`).as('unsynced'),
      count(`a.parked`).as('parked'),
      count(`a.verified_by like '%-api-pull'`).as('pulled')
    ])
    .groupBy(['day', 'a.provider'])
    .orderBy('day')
    .orderBy('a.provider')
    .execute()
}

async function findGaps(db: ReadDatabase, range: LedgerRange): Promise<LedgerGap[]> {
  const rows = await db
    .selectFrom(accounts(db, range).as('a'))
    .select([
      'a.id',
      'a.provider',
      'a.event_type',
      'a.received_at',
      'a.status',
      'a.last_error',
      'a.translated_at',
      'a.steps',
      'a.open_writes as openWrites',
      'a.refused_writes as refusedWrites'
    ])
    .where(sql<boolean>`(a.status in ('queued', 'processing', 'failed') or (a.status = 'processed' and a.writes = 0))`)
    .orderBy('a.received_at')
    .orderBy('a.id')
    .limit(MAX_GAPS + 1)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    provider: row.provider,
    eventType: row.event_type,
    receivedAt: row.received_at,
    status: row.status,
    step: gapStep(row),
    reason: row.last_error === null ? null : `${row.last_error.code}: ${row.last_error.message}`
  }))
}

const NOTHING: LedgerCounts = {
  received: 0,
  accepted: 0,
  ignored: 0,
  failed: 0,
  processing: 0,
  queued: 0,
  processed: 0,
  enriched: 0,
  synced: 0,
  simulated: 0,
  unsynced: 0,
  parked: 0,
  pulled: 0
}

function isBalanced(counts: LedgerCounts): boolean {
  const { received, accepted, ignored, failed, processing, processed, synced, simulated, unsynced } = counts
  return (
    received === ignored + failed + processing + processed &&
    received === accepted + ignored &&
    processed === synced + simulated + unsynced
  )
}

function added(sum: LedgerCounts, day: LedgerCounts): LedgerCounts {
  const names = Object.keys(NOTHING) as (keyof LedgerCounts)[]
  return Object.fromEntries(names.map((name) => [name, sum[name] + day[name]])) as unknown as LedgerCounts
}
