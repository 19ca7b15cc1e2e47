import { column, defineProjection, rebuildProjection, runProjections } from '@leadlog/projections'
import type { EventLog } from '@leadlog/event-log'
import pg from 'pg'
import { serveWorker } from '../core/worker.ts'
import { leadDigest } from './lead-digest.ts'
import { leadEvents, leadFold, type LeadRow } from './lead-fold.ts'
import { openBenchLog } from './open-bench-log.ts'
import { quietLogger } from './quiet-logger.ts'
import type { RebuildRequests } from './rebuild-requests.ts'

const leads = defineProjection({
  name: 'bench-leads',
  version: 1,
  table: 'bench.leads',
  columns: {
    id: column.text({ primaryKey: true }),
    email: column.text(),
    name: column.text({ nullable: true }),
    phone: column.text({ nullable: true }),
    company: column.text({ nullable: true }),
    status: column.text(),
    captured_at: column.timestamptz(),
    demo_at: column.timestamptz({ nullable: true }),
    last_activity_at: column.timestamptz(),
    meetings: column.integer(),
    fields: column.jsonb<LeadRow['fields']>()
  },
  on: leadEvents,
  key: (event) => event.data.leadId,
  evolve: leadFold
})

let log: EventLog | undefined
let pool: pg.Pool | undefined
let built = ''
let close = async (): Promise<void> => undefined

function opened(): { source: EventLog; pool: pg.Pool } {
  if (!log || !pool) throw new Error('not opened')
  return { source: log, pool }
}

/** Beside the live table, as `leadlog projections rebuild` does it. */
async function rebuild(): Promise<{ events: number; milliseconds: number }> {
  const result = await rebuildProjection({ projection: leads, ...opened(), logger: quietLogger })
  built = result.table
  return { events: result.events, milliseconds: result.durationMs }
}

/** As a service that starts with an empty table: batch by batch, each with its checkpoint, readable meanwhile. */
async function catchUp(): Promise<{ events: number; milliseconds: number }> {
  const { source, pool } = opened()
  const last = await source.lastSequence('EVENTS')
  const began = performance.now()
  let events = 0
  let done: () => void = () => undefined
  const level = new Promise<void>((resolve) => (done = resolve))
  const running = await runProjections({
    projections: [leads],
    source,
    pool,
    logger: quietLogger,
    onBatch: (batch) => {
      events += batch.events
      if (batch.sequence >= last) done()
    }
  })
  await level
  const milliseconds = performance.now() - began
  await running.stop()
  built = 'bench.leads'
  return { events, milliseconds }
}

const requests: RebuildRequests = {
  async open(place) {
    const { log: openedLog, keyring } = await openBenchLog(place)
    const openedPool = new pg.Pool({ connectionString: place.databaseUrl, max: 10 })
    log = openedLog
    pool = openedPool
    close = async () => {
      keyring.close()
      await openedLog.close()
      await openedPool.end()
    }
  },
  async rebuild({ way }) {
    await opened().pool.query('drop schema if exists bench cascade; drop schema if exists projections cascade')
    return way === 'catch-up' ? catchUp() : rebuild()
  },
  digest: ({ leads }) => leadDigest(opened().pool, built, leads)
}

serveWorker(requests, () => close())
