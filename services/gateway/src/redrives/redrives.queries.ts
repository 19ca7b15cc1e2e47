import type { DeadLetterPlace } from '@leadlog/operations'
import type { ReadDatabase } from '../database/database.ts'

/** The oldest open dead letters of one kind. */
export async function findOpenLetters(
  db: ReadDatabase,
  fingerprint: string,
  limit: number
): Promise<DeadLetterPlace[]> {
  return db
    .selectFrom('gateway.dead_letters')
    .select(['id', 'service', 'sequence'])
    .where('fingerprint', '=', fingerprint)
    .where('state', '=', 'open')
    .orderBy('at')
    .orderBy('id')
    .limit(limit)
    .execute()
}
