import { readFileSync } from 'node:fs'
import type { EventLog } from '@leadlog/event-log'
import type { Keyring } from '@leadlog/keyring'
import { discardTable, rebuildProjections } from '@leadlog/projections'
import pg from 'pg'
import { serveWorker } from '../core/worker.ts'
import { openBenchLog } from '../rebuild/open-bench-log.ts'
import { quietLogger } from '../rebuild/quiet-logger.ts'
import { checksums, models } from './scale-models.ts'
import type { RebuildAllRequests } from './scale-requests.ts'

const MIB = 1024 * 1024

let log: EventLog | undefined
let keyring: Keyring | undefined
let pool: pg.Pool | undefined

function opened(): { log: EventLog; pool: pg.Pool } {
  if (!log || !pool) throw new Error('not opened')
  return { log, pool }
}

/** The largest resident size so far, which the kernel keeps. */
function peakMiB(): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? NaN) / 1024
}

const requests: RebuildAllRequests = {
  async open(place) {
    const bench = await openBenchLog(place)
    log = bench.log
    keyring = bench.keyring
    pool = new pg.Pool({ connectionString: place.databaseUrl, max: 10 })
  },
  async rebuild() {
    const { log: source, pool } = opened()
    for (const model of models) await discardTable(pool, model, 'rebuild')
    const streams = new Set(models.flatMap(({ subscriptions }) => subscriptions.map(({ stream }) => stream)))
    const ends = await Promise.all([...streams].map((stream) => source.lastSequence(stream)))
    const before = process.cpuUsage()
    const began = performance.now()
    await rebuildProjections({ projections: models, source, pool, logger: quietLogger })
    const milliseconds = performance.now() - began
    const used = process.cpuUsage(before)
    globalThis.gc?.()
    return {
      events: ends.reduce((sum, end) => sum + end, 0),
      milliseconds,
      processorMs: (used.user + used.system) / 1000,
      peakMiB: peakMiB(),
      heapMiB: process.memoryUsage().heapUsed / MIB
    }
  },
  checksums: () => checksums(opened().pool, 'rebuild')
}

serveWorker(requests, async () => {
  keyring?.close()
  await log?.close()
  await pool?.end()
})
