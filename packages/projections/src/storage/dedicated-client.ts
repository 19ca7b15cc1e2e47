import { Client, type ClientConfig, type Pool } from 'pg'

/**
 * A connection outside the pool, to the same server: for locks and notifications, which live as long as their
 * connection and would otherwise keep one of the pool's from everyone else.
 */
export function dedicatedClient(pool: Pool, config: ClientConfig): Client {
  // The pool hides its password from enumeration, so a spread alone would lose it.
  const { password } = pool.options
  return new Client({ ...pool.options, ...(password === undefined ? {} : { password }), ...config, keepAlive: true })
}
