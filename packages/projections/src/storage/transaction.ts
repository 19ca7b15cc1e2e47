import type { Pool, PoolClient } from 'pg'
import { failureKind } from './failure-kind.ts'

/**
 * Runs the work in one transaction on one connection. A connection that failed is thrown away, never put back, so
 * that the next transaction starts on a good one.
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (client: PoolClient) => Promise<T>,
  begin: 'begin' | 'begin isolation level repeatable read read only' = 'begin'
): Promise<T> {
  return withClient(pool, async (client) => {
    await client.query(begin)
    try {
      const result = await work(client)
      await client.query('commit')
      return result
    } catch (error) {
      if (failureKind(error) !== 'unavailable') await client.query('rollback')
      throw error
    }
  })
}

/** Lends a connection of the pool; see {@link inTransaction} for what happens to a failed one. */
export async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let lost: Error | undefined
  // A connection that the server closes between two queries reports it as an event only.
  const onError = (error: Error): void => {
    lost = error
  }
  client.on('error', onError)
  try {
    return await work(client)
  } catch (error) {
    if (failureKind(error) === 'unavailable') lost ??= error as Error
    throw error
  } finally {
    client.removeListener('error', onError)
    client.release(lost)
  }
}
