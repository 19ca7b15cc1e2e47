/**
 * Compares a rebuild, and a live run that catches up, with a loop written by hand for the same table and the same
 * events, in one run on one server. Usage: DATABASE_URL=… node packages/projections/bench/run.ts [events] [rounds]
 * With a third argument `rebuild`, only rebuilds, and tells the memory that takes.
 */
import { Pool } from 'pg'
import { discardTable, rebuildProjection, runProjections, tableChecksum } from '../src/index.ts'
import { inspect } from 'node:util'
import { databaseUrl } from './config.ts'
import { bareLoop } from './bare-loop.ts'
import { generatedSource } from './generated-events.ts'
import { leadRows } from './lead-rows.ts'

const silent = () => undefined
const print = (line: string): boolean => process.stdout.write(`${line}\n`)
const logger = {
  info: silent,
  warn: silent,
  error: (fields: object, text: string) => print(`${text} ${inspect(fields)}`)
}
const count = Number(process.argv[2] ?? 100_000)
const rounds = Number(process.argv[3] ?? 5)
const only = process.argv[4] ?? 'all'
const source = generatedSource(count)
const pool = new Pool({ connectionString: databaseUrl() })
pool.on('error', silent)
const names = { schema: 'bench', name: 'leads' }
const bare = { schema: 'bench', name: 'bare' }

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return Math.round(count / ((performance.now() - started) / 1000))
}

async function bareRound(): Promise<number> {
  await pool.query('create schema if not exists bench; drop table if exists bench.bare')
  await pool.query(
    `create table bench.bare (id text primary key, email text not null, name text, status text not null,
      fields jsonb not null, events integer not null, updated_at timestamptz not null)`
  )
  // The same indexes as the read model's, made at the same moment as a rebuild makes them: last.
  return timed(async () => {
    await bareLoop(pool, source, 'bench.bare')
    for (const name of ['email', 'status', 'updated_at']) await pool.query(`create index on bench.bare (${name})`)
    await pool.query('analyze bench.bare')
  })
}

async function rebuildRound(): Promise<number> {
  const rate = await timed(() => rebuildProjection({ projection: leadRows, source, pool, logger }))
  if (only === 'rebuild') return rate
  const rebuilt = await tableChecksum(pool, { schema: 'bench', name: 'leads__rebuild' })
  const byHand = await tableChecksum(pool, bare)
  if (rebuilt.checksum !== byHand.checksum) throw new Error('the two tables differ')
  await discardTable(pool, leadRows, 'rebuild')
  return rate
}

async function liveRound(): Promise<number> {
  await pool.query('drop schema if exists projections cascade; drop table if exists bench.leads')
  const running = await runProjections({ source, pool, projections: [leadRows], logger })
  const rate = await timed(() => running.waitFor('EVENTS', count, 600_000))
  await running.stop()
  const live = await tableChecksum(pool, names)
  if (live.checksum !== (await tableChecksum(pool, bare)).checksum) throw new Error('the two tables differ')
  return rate
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

const rates = { bare: [] as number[], rebuild: [] as number[], live: [] as number[] }
for (let round = 0; round < rounds; round += 1) {
  if (only === 'all') rates.bare.push(await bareRound())
  rates.rebuild.push(await rebuildRound())
  if (only === 'all') rates.live.push(await liveRound())
  else await discardTable(pool, leadRows, 'rebuild')
}
const byHand = median(rates.bare)
const peak = process.resourceUsage().maxRSS / 1024
print(`${count} events, median of ${rounds} rounds, events/s:`)
print(`  by hand   ${byHand}   ${rates.bare.join(' ')}`)
print(
  `  rebuild   ${median(rates.rebuild)}   ratio ${(median(rates.rebuild) / byHand).toFixed(2)}   ${rates.rebuild.join(' ')}`
)
print(`  live run  ${median(rates.live)}   ratio ${(median(rates.live) / byHand).toFixed(2)}   ${rates.live.join(' ')}`)
print(`  peak resident memory ${Math.round(peak)} MB`)
await pool.end()
