import type { PoolClient } from 'pg'
import type { Applied } from './apply-batch.ts'

/** One channel for all projections of a database. */
export const CHANNEL = 'leadlog_projections'

/** Postgres refuses payloads of 8,000 bytes; keys that do not fit are left out. */
const MAX_PAYLOAD_BYTES = 7_000

/** What a committed batch tells other processes. */
export interface Notification {
  readonly stream: string
  readonly sequence: number
  /** Changed keys by projection; null where they are too many or not known. */
  readonly changed: Readonly<Record<string, readonly string[] | null>>
  /** The checkpoint was put there by a swap, a rollback or a reset: whoever runs the projection must look again. */
  readonly moved?: true
}

/** Tells everyone that a projection's table was replaced, in the transaction that does it. */
export async function notifyMoved(
  client: PoolClient,
  projection: string,
  stream: string,
  sequence: number
): Promise<void> {
  const notification: Notification = { stream, sequence, changed: { [projection]: null }, moved: true }
  await client.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(notification)])
}

/** Sent in the batch's transaction, so that nobody hears of it before it is committed, or although it is not. */
export async function notifyApplied(
  client: PoolClient,
  stream: string,
  sequence: number,
  results: readonly Pick<Applied, 'member' | 'changedKeys'>[]
): Promise<void> {
  await client.query({
    name: 'projections-notify',
    text: 'select pg_notify($1, $2)',
    values: [CHANNEL, encode(stream, sequence, results)]
  })
}

function encode(stream: string, sequence: number, results: readonly Pick<Applied, 'member' | 'changedKeys'>[]): string {
  let room = MAX_PAYLOAD_BYTES
  const changed: Record<string, readonly string[] | null> = {}
  for (const { member, changedKeys } of results) {
    const keys = changedKeys === null ? null : [...changedKeys]
    const size = keys === null ? 0 : Buffer.byteLength(JSON.stringify(keys))
    const fits = keys !== null && size <= room
    changed[member.projection.name] = fits ? keys : null
    if (fits) room -= size
  }
  return JSON.stringify({ stream, sequence, changed } satisfies Notification)
}

/** @returns null for a payload that is not one of ours */
export function decodeNotification(payload: string | undefined): Notification | null {
  try {
    return JSON.parse(payload ?? '') as Notification
  } catch {
    return null
  }
}
