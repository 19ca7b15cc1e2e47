import type { EventSource } from '@leadlog/contracts'
import type { Pool } from 'pg'
import type { AnyProjection } from '../definition/define-write-projection.ts'

/** Where one projection stands on one stream, whichever process runs it. */
export interface ProjectionPosition {
  readonly projection: string
  readonly version: number
  readonly stream: string
  /** Every event up to here is applied; 0 before the first. */
  readonly sequence: number
  /** Messages of the stream behind the sequence, of whatever kind. */
  readonly lagEvents: number
  /** Age of the newest applied event while there are newer ones; 0 when level. */
  readonly lagSeconds: number
  /** Keys that are parked with their events. */
  readonly parkedKeys: number
  readonly updatedAt: Date | null
}

/** Reads the positions of the live tables and compares them with the ends of the streams. */
export async function readPositions(
  pool: Pool,
  source: EventSource,
  projections: readonly AnyProjection[],
  now: () => Date
): Promise<readonly ProjectionPosition[]> {
  const names = projections.map((projection) => projection.name)
  const { rows } = await pool.query<{
    projection: string
    stream: string
    version: number
    seq: string
    event_time: Date | string | null
    updated_at: Date | string
    parked: string
  }>(
    `select c.projection, c.stream, c.version, c.seq::text, c.event_time, c.updated_at,
       (select count(distinct key) from projections.parked p
        where p.projection = c.projection and p.slot = c.slot and p.stream = c.stream)::text as parked
     from projections.checkpoints c where c.slot = 'live' and c.projection = any($1)`,
    [names]
  )
  const streams = new Set(projections.flatMap(({ subscriptions }) => subscriptions.map(({ stream }) => stream)))
  const ends = new Map<string, number>()
  for (const stream of streams) ends.set(stream, await source.lastSequence(stream))

  return projections.flatMap((projection) =>
    projection.subscriptions.map(({ stream }) => {
      const row = rows.find((candidate) => candidate.projection === projection.name && candidate.stream === stream)
      const sequence = row ? Number(row.seq) : 0
      const lagEvents = Math.max(0, (ends.get(stream) ?? 0) - sequence)
      const eventTime = row?.event_time ? new Date(row.event_time).getTime() : null
      return {
        projection: projection.name,
        version: row?.version ?? projection.version,
        stream,
        sequence,
        lagEvents,
        lagSeconds:
          lagEvents === 0 || eventTime === null ? 0 : Math.max(0, Math.round((now().getTime() - eventTime) / 1000)),
        parkedKeys: row ? Number(row.parked) : 0,
        updatedAt: row ? new Date(row.updated_at) : null
      }
    })
  )
}
