import type { Pool } from 'pg'
import { ProjectionError } from '../errors.ts'
import { dedicatedClient } from '../storage/dedicated-client.ts'

/**
 * Runs the work as the only rebuild of the projection in any process. The lock ends with its connection, so a killed
 * process leaves none behind; should the connection alone be lost, the checkpoint's epoch keeps two from writing.
 *
 * @throws ProjectionError PROJECTION_REBUILD_RUNNING
 */
export async function withRebuildLock<T>(pool: Pool, projection: string, work: () => Promise<T>): Promise<T> {
  const client = dedicatedClient(pool, { application_name: 'leadlog-projections-rebuild' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rows } = await client.query<{ acquired: boolean }>(
      `select pg_try_advisory_lock(hashtextextended('leadlog.projections/rebuild/' || $1, 0)) as acquired`,
      [projection]
    )
    if (!rows[0]?.acquired) {
      throw new ProjectionError(
        'PROJECTION_REBUILD_RUNNING',
        `Projection ${projection} is being rebuilt by another process: wait for it, or stop it first`
      )
    }
    return await work()
  } finally {
    await client.end().catch(() => undefined)
  }
}
