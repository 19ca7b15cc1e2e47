import type { ReadDatabase } from './database/database.ts'
import type { Freshness } from './freshness/freshness.ts'
import type { FastifyRequest } from 'fastify'

/** What the routes read from. */
export interface ReadContext {
  /** Reads as whoever makes the request: rows that they may not see are not there. */
  readonly reads: <T>(request: Pick<FastifyRequest, 'client'>, read: (db: ReadDatabase) => Promise<T>) => Promise<T>
  readonly freshness: Freshness
}
