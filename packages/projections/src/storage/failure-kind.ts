import { ProjectionError } from '../errors.ts'
import { PoisonError } from '../fold/poison-error.ts'

/**
 * What a failure calls for:
 * - `fenced`: somebody else moved the checkpoint; look before going on
 * - `poison`: an event's own data cannot be applied; isolate it and park its key
 * - `unavailable`: Postgres is away or busy; try again
 * - `broken`: a table, a right or a definition is wrong; this projection cannot go on, others can
 */
export type FailureKind = 'fenced' | 'poison' | 'unavailable' | 'broken'

/** SQLSTATE classes: bad data, violated constraints, and values over a limit of the server. */
const POISON_CLASSES = new Set(['21', '22', '23', '54'])

/** Connection, transaction rollback, resources, operator intervention, read-only after a failover, system, lock. */
const UNAVAILABLE_CLASSES = new Set(['08', '25', '40', '53', '55', '57', '58'])

export function failureKind(error: unknown): FailureKind {
  if (error instanceof PoisonError) return 'poison'
  if (error instanceof ProjectionError) {
    if (error.code === 'PROJECTION_FENCED') return 'fenced'
    return error.code === 'PROJECTION_ROW_INVALID' ? 'poison' : 'broken'
  }
  const state = sqlState(error)
  if (state === null) return isConnectionFailure(error) ? 'unavailable' : 'broken'
  const stateClass = state.slice(0, 2)
  if (POISON_CLASSES.has(stateClass)) return 'poison'
  return UNAVAILABLE_CLASSES.has(stateClass) ? 'unavailable' : 'broken'
}

/** True where Postgres is away or busy, so that another try may go well. */
export function isUnavailable(error: unknown): boolean {
  return failureKind(error) === 'unavailable'
}

/** The five characters of a server's error; null for errors of the network, the driver or the code. */
function sqlState(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('severity' in error)) return null
  return typeof error.code === 'string' && error.code.length === 5 ? error.code : null
}

/** The network's codes; the driver has none and says it in words. */
const NETWORK_CODE = /^E(CONN|PIPE|TIMEDOUT|HOST|NET|NOTFOUND|AI_)/
const DRIVER_WORDS =
  /connection (terminated|error|timeout)|timeout e(xpired|xceeded)|read timeout|not queryable|server closed/i

function isConnectionFailure(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string' && NETWORK_CODE.test(error.code)) return true
  return DRIVER_WORDS.test(error.message)
}
