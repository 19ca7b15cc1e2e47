import { sql } from 'kysely'
import type { LedgerDatabase } from './effect.queries.ts'

/** The ledger's own row. Not a key of an effect: those have a cause in them. */
export const FORGOTTEN_KEY = 'leadlog/forgotten'

/**
 * Forgets effects that have been settled since before a moment, done or failed. What is under way, unknown or waits for a person
 * stays, however old.
 *
 * The moment is noted first: an effect with the policy `look-up` whose cause is older (`causedAt`) is looked up when the ledger
 * does not know it, so that handling an old message again repeats nothing. With `upsert` and `vendor-key` a repetition is
 * harmless; with `park` it is not, and nothing of it may be repeated after that time.
 *
 * @param keepNewestBy a field of the response: for each of its values the newest done effect stays. For those who ask the ledger
 * which things outside it has made, such as a record that must be deleted one day. Null: nothing stays
 * @returns how many were forgotten
 */
export async function forgetEffects(
  db: LedgerDatabase,
  schema: string,
  { settledBefore, now, keepNewestBy }: { settledBefore: Date; now: Date; keepNewestBy: string | null }
): Promise<number> {
  const effects = sql.table(`${schema}.effects`)
  const response = JSON.stringify({ forgottenBefore: settledBefore.toISOString() })
  await sql`
    insert into ${effects}
      (key, vendor, operation, state, attempt, owner, request_digest, response, created_at, updated_at)
    values (${FORGOTTEN_KEY}, 'leadlog', 'forget', 'done', 1, 'retention', '', ${response}::jsonb,
      ${now}::timestamptz, ${now}::timestamptz)
    on conflict (key) do update
      set response = excluded.response, attempt = effects.attempt + 1, updated_at = excluded.updated_at
      where effects.response ->> 'forgottenBefore' < excluded.response ->> 'forgottenBefore'`.execute(db)
  const result = await sql<{ key: string }>`
    delete from ${effects} as effect
    using (
      select key, row_number() over (
        partition by vendor, operation, response ->> ${keepNewestBy}::text order by updated_at desc, key
      ) as place
      from ${effects} where state = 'done'
    ) as ranked
    where effect.state = 'done' and effect.updated_at < ${settledBefore}::timestamptz
      and not starts_with(effect.key, 'leadlog/') and ranked.key = effect.key
      and (effect.response ->> ${keepNewestBy}::text is null or ranked.place > 1)
    returning effect.key`.execute(db)
  const failed = await sql<{ key: string }>`
    delete from ${effects} where state = 'failed' and updated_at < ${settledBefore}::timestamptz returning key`.execute(
    db
  )
  return result.rows.length + failed.rows.length
}
