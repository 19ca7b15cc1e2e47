import type { ReadDatabase } from '../database/database.ts'
import type { ZoomConnection } from './zoom-connection.schema.ts'
import type { ZoomConnectionRow } from './zoom-connections.projection.ts'

/** All hosts that were ever connected, by their address; a company has few of them. */
export async function findZoomConnections(db: ReadDatabase): Promise<ZoomConnection[]> {
  const rows = await db.selectFrom('gateway.zoom_connections').selectAll().orderBy('email').execute()
  return rows.map(connectionOf)
}

/** Address of the host who connected a Zoom user, and is connected now; of several the last. */
export async function findZoomHost(db: ReadDatabase, zoomUserId: string): Promise<string | null> {
  const row = await db
    .selectFrom('gateway.zoom_connections')
    .select('email')
    .where('zoom_user_id', '=', zoomUserId)
    .where('ended_at', 'is', null)
    .orderBy('connected_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.email ?? null
}

function connectionOf(row: ZoomConnectionRow): ZoomConnection {
  return {
    id: row.id,
    email: row.email,
    state: row.ended_because === null ? 'connected' : row.ended_because === 'asked-here' ? 'disconnected' : 'lost',
    because: row.ended_because,
    connectedAt: row.connected_at,
    endedAt: row.ended_at,
    scopes: row.scope.split(' ').filter((scope) => scope !== '')
  }
}
