import type { EventSource } from '@leadlog/contracts'
import type { ReadDatabase } from '../database/database.ts'
import type { ProjectionAnswer } from './projection.schema.ts'

/** Parked keys that one answer names for each projection. */
const MAX_PARKED = 100

/** Where every projection stands against the end of its streams, and what it had to park. */
export async function findProjections(
  db: ReadDatabase,
  source: Pick<EventSource, 'lastSequence'>,
  now: Date
): Promise<ProjectionAnswer[]> {
  const checkpoints = await db
    .selectFrom('projections.checkpoints')
    .select(['projection', 'stream', 'version', 'seq', 'event_time', 'updated_at'])
    .where('slot', '=', 'live')
    .orderBy('projection')
    .orderBy('stream')
    .execute()
  const parked = await db
    .selectFrom('projections.parked')
    .select(['projection', 'stream', 'key', 'seq', 'event_type', 'error_code', 'error_message', 'parked_at'])
    .where('slot', '=', 'live')
    .where('error_message', 'is not', null)
    .orderBy('parked_at')
    .orderBy('key')
    .execute()
  const streams = [...new Set(checkpoints.map(({ stream }) => stream))]
  const ends = new Map(
    await Promise.all(streams.map(async (stream) => [stream, await source.lastSequence(stream)] as const))
  )
  return checkpoints.map((row) => {
    const lastSequence = Math.max(ends.get(row.stream) ?? 0, row.seq)
    const mine = parked.filter(({ projection, stream }) => projection === row.projection && stream === row.stream)
    const eventAt = lastSequence > row.seq && row.event_time !== null ? Date.parse(row.event_time) : now.getTime()
    return {
      name: row.projection,
      version: row.version,
      stream: row.stream,
      sequence: row.seq,
      lastSequence,
      lagEvents: lastSequence - row.seq,
      lagSeconds: Math.max(0, Math.round((now.getTime() - eventAt) / 1000)),
      updatedAt: row.updated_at,
      parkedKeys: mine.length,
      parked: mine.slice(0, MAX_PARKED).map((entry) => ({
        key: entry.key,
        sequence: entry.seq,
        eventType: entry.event_type,
        code: entry.error_code,
        message: entry.error_message ?? '',
        parkedAt: entry.parked_at
      }))
    }
  })
}
