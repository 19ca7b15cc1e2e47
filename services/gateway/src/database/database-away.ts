import { HttpProblem } from '@leadlog/service'

/** Postgres: connection exceptions, out of resources, operator intervention, a table that is being swapped. */
const AWAY_STATES = /^(08|53|57)|^42P01$/
const AWAY_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'ENOENT'])
const AWAY_TEXTS = /connection terminated|timeout exceeded when trying to connect/i

/** A database that is away is not the client's fault and passes: 503 instead of 500. */
export function databaseProblem(error: unknown): HttpProblem | null {
  if (!(error instanceof Error)) return null
  const { code } = error as { code?: unknown }
  const away =
    (typeof code === 'string' && (AWAY_STATES.test(code) || AWAY_CODES.has(code))) || AWAY_TEXTS.test(error.message)
  if (!away) return null
  return new HttpProblem(503, 'READ_MODELS_UNAVAILABLE', 'The read models cannot be reached; try again soon', {
    cause: error
  })
}
