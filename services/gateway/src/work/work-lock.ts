import pg from 'pg'

/**
 * Does the work in this process only, whichever processes know of it. The lock ends with its connection: a process that
 * is killed leaves none behind, and another takes the work up at once.
 *
 * @returns false where another process is at it
 */
export async function withWorkLock(databaseUrl: string, id: string, run: () => Promise<void>): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'leadlog-gateway-work' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<{ acquired: boolean }>(
      `select pg_try_advisory_lock(hashtextextended('leadlog.gateway/work/' || $1, 0)) as acquired`,
      [id]
    )
    if (rows[0]?.acquired !== true) return false
    await run()
    return true
  } finally {
    await client.end().catch(() => undefined)
  }
}
