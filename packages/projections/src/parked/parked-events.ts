import type { PoolClient } from 'pg'
import type { Slot } from '../definition/table-name.ts'
import type { ParkedEvent } from '../fold/fold-events.ts'
import { textArrayLiteral, storableText } from '../storage/array-literal.ts'

/** Enough for an operator to see what happened; the event itself is in its stream. */
const MAX_ERROR_LENGTH = 1000

export function errorText(error: unknown): string {
  return storableText(error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR_LENGTH)
}

export function errorCode(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string')
    return error.code
  return error instanceof Error ? error.name : 'Error'
}

/** Records parked events, in the transaction that passes them by. */
export async function insertParked(
  client: PoolClient,
  at: { projection: string; slot: Slot; stream: string },
  parked: readonly ParkedEvent[]
): Promise<void> {
  if (parked.length === 0) return
  await client.query(
    `insert into projections.parked (projection, slot, stream, key, seq, event_type, error_code, error_message, attempts)
     select $1, $2, $3, p.key, p.seq, p.type, p.code, p.message, case when p.code is null then 0 else 1 end
     from unnest($4::text[], $5::int8[], $6::text[], $7::text[], $8::text[]) as p(key, seq, type, code, message)
     on conflict do nothing`,
    [
      at.projection,
      at.slot,
      at.stream,
      textArrayLiteral(parked.map(({ key }) => key)),
      parked.map(({ event }) => event.sequence),
      textArrayLiteral(parked.map(({ event }) => event.type)),
      textArrayLiteral(parked.map(({ error }) => (error === null ? null : errorCode(error)))),
      textArrayLiteral(parked.map(({ error }) => (error === null ? null : errorText(error))))
    ]
  )
}

/** The keys of one stream whose events are to be parked. */
export async function readParkedKeys(
  client: PoolClient,
  at: { projection: string; slot: Slot; stream: string }
): Promise<Set<string>> {
  const { rows } = await client.query<{ key: string }>(
    `select distinct key from projections.parked where projection = $1 and slot = $2 and stream = $3`,
    [at.projection, at.slot, at.stream]
  )
  return new Set(rows.map((row) => row.key))
}
