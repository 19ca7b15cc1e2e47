import { sql, type Kysely } from 'kysely'

/** The tables of connections with Zoom. `down` forgets them: hosts would have to connect again. */
export function zoomGrantsMigration(schema: string): {
  up(db: Kysely<unknown>): Promise<void>
  down(db: Kysely<unknown>): Promise<void>
} {
  const grants = sql.table(`${schema}.zoom_grants`)
  const begun = sql.table(`${schema}.zoom_connections_begun`)
  return {
    async up(db) {
      await sql`
        create table ${grants} (
          email text primary key,
          zoom_user_id text not null,
          generation bigint not null,
          refresh_token text not null,
          access_token text not null,
          access_until timestamptz not null,
          refused boolean not null,
          refreshing_by text,
          refreshing_since timestamptz
        )`.execute(db)
      await sql`
        create table ${begun} (
          state_digest text primary key,
          email text not null,
          verifier text not null,
          until timestamptz not null
        )`.execute(db)
    },
    async down(db) {
      await sql`drop table ${begun}`.execute(db)
      await sql`drop table ${grants}`.execute(db)
    }
  }
}
