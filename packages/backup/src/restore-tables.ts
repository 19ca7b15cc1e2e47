import { markLedgerRestored } from '@leadlog/outbound'
import { migrateTo, migrateUp, surviveLostConnections, type ServiceMigrations } from '@leadlog/service'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { backupError, backupErrors } from './errors.ts'
import type { Manifest, SchemaEntry } from './format/manifest.ts'
import { readPart, type BackupPlace } from './format/parts.ts'
import { copyIn } from './postgres/copy-table.ts'
import { withClient } from './postgres/snapshot-reader.ts'
import { counted, type OnProgress } from './progress.ts'

export interface TableRestore {
  readonly databaseUrl: string
  /** Of every service of this release. */
  readonly migrations: readonly ServiceMigrations[]
  /** Stands as the comment of every schema until {@link unmarkSchemas}. */
  readonly mark: string
  /** Until when effects that a ledger does not know are looked up first; null leaves the tables as they were. */
  readonly use: { readonly restoredAt: Date; readonly lookFirstUntil: Date } | null
  readonly onProgress?: OnProgress | undefined
}

/**
 * Checks that this release knows every migration of the backup.
 *
 * @throws PermanentError `RESTORE_RELEASE_TOO_OLD`
 */
export function requireMigrations(manifest: Manifest, migrations: readonly ServiceMigrations[]): void {
  for (const { schema, migrations: applied } of manifest.schemas) {
    const known = migrations.find((one) => one.schema === schema)
    const unknown = applied.filter((name) => known?.steps[name] === undefined)
    if (unknown.length > 0) {
      throw backupError(
        backupErrors.releaseTooOld,
        `Backup ${manifest.id} has migrations of schema ${schema} that this release does not know: ${unknown.join(', ')}. Restore it with the release that made it, or a newer one.`
      )
    }
  }
}

/**
 * Makes the services' tables as the backup's release had them, fills them, then brings them up to this release, and tells
 * each effect ledger that it came back.
 */
export async function restoreTables(restore: TableRestore, manifest: Manifest, place: BackupPlace): Promise<void> {
  const { databaseUrl, migrations, use } = restore
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 })
  // The statement that needs the next connection says what is wrong.
  surviveLostConnections(pool, () => undefined)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    for (const entry of manifest.schemas) {
      const steps = migrations.find(({ schema }) => schema === entry.schema)
      const last = entry.migrations.at(-1)
      await withClient(databaseUrl, (client) => markSchema(client, entry.schema, restore.mark))
      if (steps && last !== undefined) await migrateTo(db, steps, last)
      await fillTables(restore, entry, place)
      if (!use) continue
      if (steps) await migrateUp(db, steps)
      if (entry.tables.some(({ name }) => name === 'effects')) await markLedgerRestored(db, entry.schema, use)
    }
  } finally {
    await db.destroy()
  }
}

/** All tables of a schema, in one transaction. */
async function fillTables(restore: TableRestore, entry: SchemaEntry, place: BackupPlace): Promise<void> {
  await withClient(restore.databaseUrl, async (client) => {
    await client.query('begin')
    for (const table of entry.tables) {
      const step = `${entry.schema}.${table.name}`
      const bytes = counted(readPart(place, table.part), step, table.part.bytes, restore.onProgress)
      await copyIn(client, entry.schema, table, bytes)
    }
    await client.query('commit')
  })
}

async function markSchema(client: pg.Client, schema: string, mark: string): Promise<void> {
  const name = pg.escapeIdentifier(schema)
  // One statement string is one transaction: a schema is never there without its mark.
  await client.query(`create schema ${name}; comment on schema ${name} is ${pg.escapeLiteral(mark)}`)
}

/** The services may use the schemas. */
export async function unmarkSchemas(databaseUrl: string, manifest: Manifest): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    for (const { schema } of manifest.schemas) {
      await client.query(`comment on schema ${pg.escapeIdentifier(schema)} is null`)
    }
  })
}
