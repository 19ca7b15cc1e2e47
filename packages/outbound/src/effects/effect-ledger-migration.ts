import { sql, type Kysely } from 'kysely'

/**
 * The migration of a service's effect ledger, `<schema>.effects`. The schema must be there. `down` forgets every
 * effect: only for a database that is given up.
 */
export function effectLedgerMigration(schema: string): {
  up(db: Kysely<unknown>): Promise<void>
  down(db: Kysely<unknown>): Promise<void>
} {
  const table = sql.table(`${schema}.effects`)
  return {
    async up(db) {
      await sql`
        create table ${table} (
          key text primary key,
          vendor text not null,
          operation text not null,
          state text not null check (state in ('intent', 'done', 'failed', 'unknown', 'parked')),
          attempt integer not null,
          owner text not null,
          lease_until timestamptz,
          request_digest text not null,
          response jsonb,
          error text,
          created_at timestamptz not null,
          updated_at timestamptz not null
        )`.execute(db)
      await sql`
        create index effects_unresolved on ${table} (updated_at)
        where state in ('intent', 'unknown', 'parked')`.execute(db)
    },
    async down(db) {
      await sql`drop table ${table}`.execute(db)
    }
  }
}
