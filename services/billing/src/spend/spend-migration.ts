import { sql, type Kysely } from 'kysely'

/**
 * The tables of what was counted: each cost with the amount that counts, and the sum of each day. Both can be made again from the
 * log. `down` forgets them.
 */
export function spendMigration(schema: string): {
  up(db: Kysely<unknown>): Promise<void>
  down(db: Kysely<unknown>): Promise<void>
} {
  const costs = sql.table(`${schema}.spend_costs`)
  const days = sql.table(`${schema}.spend_days`)
  return {
    async up(db) {
      await sql`
        create table ${costs} (
          cost_id text primary key,
          sequence bigint not null,
          micros bigint not null
        )`.execute(db)
      await sql`
        create table ${days} (
          currency text not null,
          day date not null,
          micros bigint not null,
          primary key (currency, day)
        )`.execute(db)
    },
    async down(db) {
      await sql`drop table ${days}`.execute(db)
      await sql`drop table ${costs}`.execute(db)
    }
  }
}
