import type { ReadDatabase } from '../database/database.ts'
import type { ParkedKey } from './projection.schema.ts'

/** Parked keys that are named; more of them have one cause, and the count tells how many there are. */
const MAX_PARKED = 500

/** The events that could not be applied, by projection and stream, oldest first; not those that wait behind them. */
export async function findParked(db: ReadDatabase): Promise<ReadonlyMap<string, ParkedKey[]>> {
  const rows = await db
    .selectFrom('projections.parked')
    .select(['projection', 'stream', 'key', 'seq', 'event_type', 'error_code', 'error_message', 'parked_at'])
    .where('slot', '=', 'live')
    .where('error_message', 'is not', null)
    .orderBy('parked_at')
    .orderBy('key')
    .limit(MAX_PARKED)
    .execute()
  const found = Map.groupBy(rows, ({ projection, stream }) => placeOf(projection, stream))
  return new Map([...found].map(([place, parked]) => [place, parked.map(parkedOf)]))
}

/** The key of {@link findParked}. */
export function placeOf(projection: string, stream: string): string {
  return `${projection} ${stream}`
}

function parkedOf(row: {
  key: string
  seq: number
  event_type: string
  error_code: string | null
  error_message: string | null
  parked_at: string
}): ParkedKey {
  return {
    key: row.key,
    sequence: row.seq,
    eventType: row.event_type,
    code: row.error_code,
    message: row.error_message ?? '',
    parkedAt: row.parked_at
  }
}
