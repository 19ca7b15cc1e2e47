import type { EventEmitter } from 'node:events'
import type pg from 'pg'
import type { Logger } from '../logger.ts'

/** After the last refusal it is left to the next statement to find out. */
const REMEMBERED_MS = 30_000

/**
 * Why a Postgres that answers does not do what it is asked: `full`, its disk is; `memory`, it has none left;
 * `read-only`, it is a standby or was set so; `broken-disk`, its disk fails; `limits`, another limit of the server.
 */
export type PostgresRefusalReason = 'full' | 'memory' | 'read-only' | 'broken-disk' | 'limits'

export interface PostgresRefusal {
  readonly reason: PostgresRefusalReason
  /** Half a sentence with Postgres' own words. */
  readonly words: string
  /** What it means for a service that runs, and what to do. */
  readonly detail: string
}

/** Remembers that the server refused statements for a reason of its own, and says so once in the log. */
export interface PostgresRefusals {
  current(): PostgresRefusal | null
}

export const RUNBOOK = 'docs/runbooks/postgres-full.md'

/** By SQLSTATE or its class; none of these messages quotes a value. */
const REASONS: readonly (readonly [beginning: string, reason: PostgresRefusalReason, words: string])[] = [
  ['53100', 'full', 'has no space left on its disk'],
  ['53200', 'memory', 'has no memory left'],
  ['25006', 'read-only', 'takes no writes'],
  ['58030', 'broken-disk', 'cannot use its disk'],
  ['53', 'limits', 'has reached a limit']
]

/** What a server's error says about the server; null where it says something about the statement. */
export function postgresRefusal(error: unknown): PostgresRefusal | null {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('severity' in error)) return null
  const { code, message } = error as { code: unknown; message?: unknown }
  if (typeof code !== 'string') return null
  const found = REASONS.find(([beginning]) => code.startsWith(beginning))
  if (!found) return null
  const words = `Postgres ${found[2]} (${code}: ${String(message)})`
  const meaning = 'What it was to write waits and is tried again by itself; nothing is lost'
  return { reason: found[1], words, detail: `${words}. ${meaning}. See ${RUNBOOK}` }
}

/** Listens to the errors of every connection of the pool, whoever uses it. */
export function watchRefusals(pool: pg.Pool, logger: Logger, now = () => performance.now()): PostgresRefusals {
  let last: (PostgresRefusal & { at: number }) | null = null
  const current = (): PostgresRefusal | null => (last !== null && now() - last.at < REMEMBERED_MS ? last : null)
  pool.on('connect', (client) => {
    connectionOf(client).on('errorMessage', (error: unknown) => {
      const refusal = postgresRefusal(error)
      if (refusal === null) return
      const before = current()
      last = { ...refusal, at: now() }
      if (before?.reason !== refusal.reason) logger.error({ err: error, reason: refusal.reason }, refusal.detail)
    })
  })
  return { current }
}

/** The driver's emitter of the server's messages, which its types leave out: errors reach it before any caller. */
function connectionOf(client: pg.PoolClient): EventEmitter {
  return (client as unknown as { connection: EventEmitter }).connection
}
