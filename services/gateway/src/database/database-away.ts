import { isUnavailable } from '@leadlog/projections'
import { HttpProblem } from '@leadlog/service'

/** Besides what Postgres and its driver say: a table that is being swapped, a socket that is not there. */
const AWAY_CODES = new Set(['42P01', 'ENOENT'])

/** A database that is away is not the client's fault and passes: 503 instead of 500. */
export function databaseProblem(error: unknown): HttpProblem | null {
  if (!(error instanceof Error)) return null
  const { code } = error as { code?: unknown }
  const away = isUnavailable(error) || (typeof code === 'string' && AWAY_CODES.has(code))
  if (!away) return null
  return new HttpProblem(503, 'READ_MODELS_UNAVAILABLE', 'The read models cannot be reached; try again soon', {
    cause: error
  })
}
