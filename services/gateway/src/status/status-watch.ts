import type { HandlerAttention } from '@leadlog/event-log'
import type { Clock, Logger } from '@leadlog/service'
import type { ReadDatabase } from '../database/database.ts'
import { nothingSeen, signsOf, watch, type Watched } from './public-status.ts'
import { countLateWrites, findIncidents, type FailureIncident } from './status.queries.ts'

/** Who asks for messages in the log. */
export type SystemSigns = () => Promise<readonly HandlerAttention[]>

export interface StatusWatch {
  /** What the newest looks found; nothing is asked for it. */
  current(): WatchedStatus
  /** Looks once more. */
  look(): Promise<void>
  stop(): void
}

export interface WatchedStatus extends Watched {
  /** When it was last looked. */
  readonly at: Date
  /** Null while the read models cannot be asked. */
  readonly incidents: readonly FailureIncident[] | null
}

/** Two looks in a row make a bad state: half a minute. */
const LOOK_EVERY_MS = 15_000
/** A look ends before the next begins. */
const LOOK_LIMIT_MS = 10_000
const INCIDENT_DAYS = 7
const DAY_MS = 86_400_000

/** Looks at the system again and again, so that however many ask for its status, it is asked no more often. */
export function watchStatus(parts: {
  readonly signs: SystemSigns
  readonly db: ReadDatabase
  readonly clock: Clock
  readonly logger: Logger
}): StatusWatch {
  const { signs, db, clock, logger } = parts
  const started = clock.now()
  let status: WatchedStatus = { ...nothingSeen(started), at: started, incidents: null }
  const orNull = async <T>(what: string, ask: () => Promise<T>): Promise<T | null> => {
    const limit = Promise.withResolvers<never>()
    const timer = setTimeout(() => limit.reject(new Error(`no answer within ${LOOK_LIMIT_MS / 1000} s`)), LOOK_LIMIT_MS)
    try {
      return await Promise.race([ask(), limit.promise])
    } catch (error) {
      logger.debug({ err: error }, `status: ${what} could not be asked`)
      return null
    } finally {
      clearTimeout(timer)
    }
  }
  const look = async (): Promise<void> => {
    const now = clock.now()
    const [handlers, lateWrites, incidents] = await Promise.all([
      orNull('the log', signs),
      orNull('the read models', () => countLateWrites(db, now)),
      orNull('the dead letters', () => findIncidents(db, new Date(now.getTime() - INCIDENT_DAYS * DAY_MS)))
    ])
    status = { ...watch(status, { services: handlers && signsOf(handlers), lateWrites }, now), at: now, incidents }
  }
  let looking = look()
  const timer = setInterval(() => {
    looking = looking.then(look)
  }, LOOK_EVERY_MS)
  timer.unref()
  return {
    current: () => status,
    look: () => (looking = looking.then(look)),
    stop: () => clearInterval(timer)
  }
}
