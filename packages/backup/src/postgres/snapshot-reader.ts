import pg from 'pg'

/**
 * Gives the work a connection that sees the database as it was at one moment, however long it takes and whatever is
 * written meanwhile.
 */
export async function inSnapshot<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(databaseUrl, async (client) => {
    await client.query('begin transaction isolation level repeatable read read only')
    // Values must read the same on every server.
    await client.query("set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local extra_float_digits = 3")
    const result = await work(client)
    await client.query('commit')
    return result
  })
}

/** A connection of its own, closed afterwards. */
export async function withClient<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'leadlog-backup' })
  // A lost connection also fails the query that is under way.
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
