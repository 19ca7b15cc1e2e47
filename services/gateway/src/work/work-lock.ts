import pg from 'pg'

/**
 * Does the work in this process only, whichever processes know of it. The lock ends with its connection: a process that
 * is killed leaves none behind, and another takes the work up at once.
 *
 * @param run is told by its signal when the lock is lost, so that it leaves the work to whoever has it next
 * @returns false where another process is at it
 */
export async function withWorkLock(
  databaseUrl: string,
  id: string,
  run: (lost: AbortSignal) => Promise<void>
): Promise<boolean> {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: 'leadlog-gateway-work',
    keepAlive: true
  })
  const lost = new AbortController()
  client.on('error', () => lost.abort())
  client.on('end', () => lost.abort())
  await client.connect()
  try {
    const { rows } = await client.query<{ acquired: boolean }>(
      `select pg_try_advisory_lock(hashtextextended('leadlog.gateway/work/' || $1, 0)) as acquired`,
      [id]
    )
    if (rows[0]?.acquired !== true) return false
    await run(lost.signal)
    return true
  } finally {
    await client.end().catch(() => undefined)
  }
}
