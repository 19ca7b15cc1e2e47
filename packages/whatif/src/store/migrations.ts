import type { ServiceMigrations } from '@leadlog/service'
import { sql } from 'kysely'

/** Where what-ifs are kept. Everything that is personal in it is sealed under the person's key. */
export const WHATIF_SCHEMA = 'whatif'

export const whatIfMigrations: ServiceMigrations = {
  schema: WHATIF_SCHEMA,
  steps: {
    '0001-runs': {
      async up(db) {
        await sql`
          create table whatif.runs (
            id text primary key,
            state text not null check (state in ('running', 'done', 'stopped', 'failed')),
            variant jsonb not null,
            selection jsonb not null,
            as_of bigint not null,
            estimate jsonb not null,
            totals jsonb,
            error text,
            actor text not null,
            created_at timestamptz not null,
            finished_at timestamptz
          )`.execute(db)
        await sql`
          create table whatif.records (
            run_id text not null references whatif.runs (id) on delete cascade,
            lead_id text not null,
            person_id text not null,
            crm_id text,
            changed integer not null,
            problems jsonb not null,
            sealed text not null,
            applied_at timestamptz,
            primary key (run_id, lead_id)
          )`.execute(db)
        await sql`
          create table whatif.answers (
            key text primary key,
            person_id text not null,
            sealed text not null,
            kept_at timestamptz not null
          )`.execute(db)
      },
      async down(db) {
        await sql`drop table whatif.answers, whatif.records, whatif.runs`.execute(db)
      }
    }
  }
}
