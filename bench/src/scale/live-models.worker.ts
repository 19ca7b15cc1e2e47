import type { EventLog } from '@leadlog/event-log'
import type { Keyring } from '@leadlog/keyring'
import { runProjections, type RunningProjections } from '@leadlog/projections'
import pg from 'pg'
import { serveWorker } from '../core/worker.ts'
import { openBenchLog } from '../rebuild/open-bench-log.ts'
import { quietLogger } from '../rebuild/quiet-logger.ts'
import { checksums, models } from './scale-models.ts'
import type { AppliedMoment, LiveRequests } from './scale-requests.ts'

/** Filling a table from nothing takes as long as it takes. */
const LEVEL_LIMIT_MS = 3_600_000

let log: EventLog | undefined
let keyring: Keyring | undefined
let pool: pg.Pool | undefined
let running: RunningProjections | undefined
let moments: AppliedMoment[] = []

function opened(): { log: EventLog; pool: pg.Pool; running: RunningProjections } {
  if (!log || !pool || !running) throw new Error('not opened')
  return { log, pool, running }
}

const requests: LiveRequests = {
  async open(place) {
    const bench = await openBenchLog(place)
    log = bench.log
    keyring = bench.keyring
    pool = new pg.Pool({ connectionString: place.databaseUrl, max: 10 })
    running = await runProjections({
      source: log,
      pool,
      projections: models,
      logger: quietLogger,
      onBatch: ({ projection, stream, sequence }) => void moments.push({ projection, stream, sequence, at: Date.now() })
    })
  },
  async level() {
    const { log, pool, running } = opened()
    for (const stream of new Set(models.flatMap(({ subscriptions }) => subscriptions.map(({ stream }) => stream)))) {
      const level = await running.waitFor(stream, await log.lastSequence(stream), LEVEL_LIMIT_MS)
      if (!level) throw new Error(`the live read models do not reach the end of ${stream}`)
    }
    return checksums(pool, 'live')
  },
  applied() {
    const seen = moments
    moments = []
    return Promise.resolve(seen)
  }
}

serveWorker(requests, async () => {
  await running?.stop()
  keyring?.close()
  await log?.close()
  await pool?.end()
})
