import { sql } from 'kysely'
import type { LedgerDatabase } from './effect.queries.ts'

/** The ledger's own row. Not a key of an effect: those have a cause in them. */
export const RESTORED_KEY = 'leadlog/restored'

/**
 * Tells a ledger that it came back from a backup. Effects of the time between the backup and the loss may have been
 * carried out without it knowing: until `lookFirstUntil`, an effect with the policy `look-up` that it does not know
 * as done is looked up before it is performed, as if an earlier attempt had ended without a word. The other policies need nothing:
 * with `upsert` and `vendor-key` a repetition is harmless, and `park` cannot look.
 */
export async function markLedgerRestored(
  db: LedgerDatabase,
  schema: string,
  { restoredAt, lookFirstUntil }: { restoredAt: Date; lookFirstUntil: Date }
): Promise<void> {
  const response = JSON.stringify({ lookFirstUntil: lookFirstUntil.toISOString() })
  await sql`
    insert into ${sql.table(`${schema}.effects`)}
      (key, vendor, operation, state, attempt, owner, request_digest, response, created_at, updated_at)
    values (${RESTORED_KEY}, 'leadlog', 'restore', 'done', 1, 'restore', '', ${response}::jsonb,
      ${restoredAt}::timestamptz, ${restoredAt}::timestamptz)
    on conflict (key) do update
      set response = excluded.response, attempt = effects.attempt + 1, updated_at = excluded.updated_at`.execute(db)
}
