import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { startPostgres } from '@leadlog/local/servers'
import pg from 'pg'

/**
 * Whether monthly partitions would help `gateway.timeline`: one table and a partitioned one with the same rows and indexes, on a
 * Postgres of its own. Figures for docs/adr/0040. Run: node infra/local/run.mjs exec bench/src/partitions/measure.ts
 */
const ROWS = 200_000
const LEADS = 5_000
const MONTHS = 24
const LOOK_UPS = 2_000

const COLUMNS = `id text not null, person_id text, correlation_id text not null, stream text not null, sequence bigint not null,
  type text not null, at timestamptz not null, recorded_at timestamptz not null, kind text not null, title text not null,
  detail text, source text not null, meeting_id text`

const indexes = (table: string): string[] => [
  `create index on ${table} (person_id, at desc, id desc) where person_id is not null`,
  `create index on ${table} (correlation_id) where person_id is null`
]

const rows = (from: number, to: number): string => `
  select md5(n::text), 'p' || (n * 7919 % ${LEADS}), md5((n / 8)::text), 'EVENTS', n, 'crm.LeadEnriched.v1',
    timestamptz '2025-01-01' + n * interval '${MONTHS * 30} days' / ${ROWS},
    timestamptz '2025-01-01' + n * interval '${MONTHS * 30} days' / ${ROWS}, 'lead', 'The lead was enriched', repeat('x', 80), 'crm', null
  from generate_series(${from}, ${to}) n`

const folder = await mkdtemp(path.join(tmpdir(), 'leadlog-partitions-'))
const server = await startPostgres({ dataDir: folder, durable: true, background: true })
const client = new pg.Client({ connectionString: server.url })
await client.connect()
try {
  await client.query(`create table whole (${COLUMNS}, primary key (id))`)
  // A partitioned table has no primary key without the column that it is cut by.
  await client.query(`create table cut (${COLUMNS}, primary key (id, at)) partition by range (at)`)
  for (let month = 0; month <= MONTHS; month++) {
    const bound = (plus: number): string => new Date(Date.UTC(2025, month + plus, 1)).toISOString().slice(0, 10)
    await client.query(`create table cut_${month} partition of cut for values from ('${bound(0)}') to ('${bound(1)}')`)
  }
  const figures: Record<string, Record<string, number>> = {}
  for (const table of ['whole', 'cut']) {
    for (const index of indexes(table)) await client.query(index)
    const fill = await timed(() => client.query(`insert into ${table} ${rows(1, ROWS)}`))
    await client.query(`vacuum analyze ${table}`)
    const upsert = `on conflict (${table === 'cut' ? 'id, at' : 'id'}) do update set title = excluded.title`
    const lookUp = `select * from ${table} where person_id = $1 order by at desc, id desc limit 50`
    const newest = `select * from ${table} where person_id = $1 and at >= timestamptz '2026-11-01' order by at desc limit 50`
    const byId = `select * from ${table} where id = md5($1::text)`
    figures[table] = {
      fillMs: fill,
      timelineOfALeadMs: await perLookUp(lookUp, (at) => `p${at % LEADS}`),
      timelineOfAMonthMs: await perLookUp(newest, (at) => `p${at % LEADS}`),
      rowByIdMs: await perLookUp(byId, (at) => String(at * 97)),
      upsertOf5000Ms: await timed(() => client.query(`insert into ${table} ${rows(100_001, 105_000)} ${upsert}`)),
      forgetAMonthMs: await timed(() =>
        client.query(table === 'cut' ? 'drop table cut_0' : `delete from whole where at < timestamptz '2025-02-01'`)
      )
    }
  }
  console.table(
    Object.fromEntries(
      Object.keys(figures['whole'] ?? {}).map((name) => [
        name,
        Object.fromEntries(Object.entries(figures).map(([table, of]) => [table, Number((of[name] ?? 0).toFixed(3))]))
      ])
    )
  )
} finally {
  await client.end()
  await server.kill()
  await rm(folder, { recursive: true, force: true })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

async function perLookUp(text: string, parameter: (at: number) => string): Promise<number> {
  const query = (at: number) => client.query({ name: text.slice(0, 60), text, values: [parameter(at)] })
  for (let at = 0; at < 100; at++) await query(at)
  const whole = await timed(async () => {
    for (let at = 0; at < LOOK_UPS; at++) await query(at)
  })
  return whole / LOOK_UPS
}
