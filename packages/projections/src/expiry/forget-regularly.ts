import type { EventSource } from '@leadlog/contracts'
import type { Pool } from 'pg'
import type { Projection } from '../definition/define-projection.ts'
import type { ProjectionLogger } from '../run/logger.ts'
import { pause } from '../run/back-off.ts'
import { forgetExpired } from './forget-expired.ts'
import { readBeginnings } from './read-beginnings.ts'

/** The first look comes soon: a process may not live until the second. */
const FIRST_LOOK_MS = 60_000

export interface ForgetOptions {
  readonly source: EventSource
  readonly pool: Pool
  readonly projections: readonly Projection[]
  readonly logger: ProjectionLogger
  readonly everyMs: number
  readonly signal: AbortSignal
  /** This process runs the projection; the others leave its table alone. */
  isRunning(projection: string): boolean
}

/** Keeps the live tables without what has expired, until the signal fires. A failure is tried again the next time. */
export async function forgetRegularly(options: ForgetOptions): Promise<void> {
  const { source, pool, logger, everyMs, signal } = options
  const expiring = options.projections.filter(({ expires }) => Object.keys(expires).length > 0)
  if (expiring.length === 0) return
  for (let waitMs = Math.min(everyMs, FIRST_LOOK_MS); !signal.aborted; waitMs = everyMs) {
    await pause(waitMs, signal)
    for (const projection of expiring) {
      if (signal.aborted || !options.isRunning(projection.name)) continue
      try {
        const rows = await forgetExpired(pool, projection, 'live', await readBeginnings(source, projection), signal)
        if (rows > 0) logger.info({ projection: projection.name, rows }, 'what has expired was forgotten')
      } catch (error) {
        logger.warn({ err: error, projection: projection.name }, 'what has expired could not be forgotten')
      }
    }
  }
}
