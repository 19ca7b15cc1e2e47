import type { Pool } from 'pg'
import { inTransaction } from './transaction.ts'

/** One key for all processes, so that a first start of several at once creates the tables once. */
const BOOKKEEPING_LOCK = 'leadlog.projections/bookkeeping'

/** Short rows that change with every batch: free space keeps the updates on the same page. */
const STATEMENTS: readonly string[] = [
  `create schema if not exists projections`,
  `create sequence if not exists projections.epoch`,
  `create table if not exists projections.tables (
    projection text not null,
    slot text not null,
    version integer not null,
    shape text not null,
    created_at timestamptz not null default now(),
    finished_at timestamptz,
    primary key (projection, slot)
  )`,
  `create table if not exists projections.checkpoints (
    projection text not null,
    slot text not null,
    stream text not null,
    version integer not null,
    seq bigint not null,
    epoch bigint not null,
    parked_generation bigint not null default 0,
    event_time timestamptz,
    updated_at timestamptz not null default now(),
    primary key (projection, slot, stream)
  ) with (fillfactor = 50)`,
  `create table if not exists projections.parked (
    projection text not null,
    slot text not null,
    stream text not null,
    key text not null,
    seq bigint not null,
    event_type text not null,
    error_code text,
    error_message text,
    attempts integer not null default 0,
    parked_at timestamptz not null default now(),
    primary key (projection, slot, stream, key, seq)
  )`
]

/**
 * Creates what the projections keep about themselves: which copy of a table is which version, checkpoints, parked
 * events. Safe to call from several processes at once.
 */
export async function ensureBookkeeping(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ present: boolean }>(
    `select to_regclass('projections.parked') is not null as present`
  )
  if (rows[0]?.present) return
  await inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [BOOKKEEPING_LOCK])
    for (const statement of STATEMENTS) await client.query(statement)
  })
}
