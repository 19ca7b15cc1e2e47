import type { Pool } from 'pg'

/** A key that a live projection passes by, until its first event can be applied. */
export interface ParkedKey {
  readonly projection: string
  readonly stream: string
  readonly key: string
  /** The event that could not be applied. */
  readonly sequence: number
  readonly eventType: string
  readonly code: string
  readonly message: string
  readonly attempts: number
  /** Events waiting, the first included. */
  readonly events: number
  readonly parkedAt: Date
}

/** The parked keys of the live tables, oldest first; of one projection, or of all. */
export async function listParked(pool: Pool, projection?: string): Promise<readonly ParkedKey[]> {
  const { rows } = await pool.query<Omit<ParkedKey, 'sequence' | 'events'> & { sequence: string; events: string }>(
    `select distinct on (projection, stream, key)
       projection, stream, key, seq::text as sequence, event_type as "eventType",
       coalesce(error_code, '') as code, coalesce(error_message, '') as message, attempts,
       count(*) over (partition by projection, stream, key)::text as events, parked_at as "parkedAt"
     from projections.parked where slot = 'live' and ($1::text is null or projection = $1)
     order by projection, stream, key, seq`,
    [projection ?? null]
  )
  return rows
    .map((row) => ({
      ...row,
      sequence: Number(row.sequence),
      events: Number(row.events),
      parkedAt: new Date(row.parkedAt)
    }))
    .sort((a, b) => a.parkedAt.getTime() - b.parkedAt.getTime())
}
