import type pg from 'pg'

/**
 * Lets the pool's process outlive its connections. An idle one that is lost is told to `onIdleLost` and replaced. One
 * that is lent out tells whoever awaits a statement of it; the driver besides raises it as an event on the client,
 * which would end the process where the borrower does not listen, as Kysely does not. Call it before the first query.
 */
export function surviveLostConnections(pool: pg.Pool, onIdleLost: (error: Error & { code?: string }) => void): void {
  pool.on('error', onIdleLost)
  pool.on('connect', (client) => client.on('error', () => undefined))
}
