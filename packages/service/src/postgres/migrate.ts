import { sql, type Kysely } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'

/** A service's migrations: its schema and its steps by name, in the order of their names. */
export interface ServiceMigrations {
  readonly schema: string
  readonly steps: Readonly<Record<string, Migration>>
}

/** A migration that could not be applied; the ones before it stand, it itself left nothing behind. */
export class MigrationError extends Error {
  readonly code = 'MIGRATION_FAILED'
}

/**
 * Applies what is missing, each step in a transaction, one process at a time (Kysely's migration lock).
 *
 * @throws MigrationError that names the step
 */
export async function migrateUp(db: Kysely<unknown>, migrations: ServiceMigrations): Promise<readonly string[]> {
  await sql`create schema if not exists ${sql.id(migrations.schema)}`.execute(db).catch(ignoreRace)
  return run(migratorOf(db, migrations).migrateToLatest(), migrations.schema)
}

/**
 * Applies what is missing up to the named step and no further, for a database that is to be filled with the rows of an
 * older release. Steps after it are left for {@link migrateUp}.
 *
 * @throws MigrationError that names the step
 */
export async function migrateTo(
  db: Kysely<unknown>,
  migrations: ServiceMigrations,
  last: string
): Promise<readonly string[]> {
  await sql`create schema if not exists ${sql.id(migrations.schema)}`.execute(db).catch(ignoreRace)
  return run(migratorOf(db, migrations).migrateTo(last), migrations.schema)
}

/** Takes back the newest step. */
export async function migrateDown(db: Kysely<unknown>, migrations: ServiceMigrations): Promise<readonly string[]> {
  return run(migratorOf(db, migrations).migrateDown(), migrations.schema)
}

function migratorOf(db: Kysely<unknown>, migrations: ServiceMigrations): Migrator {
  return new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations.steps }) },
    migrationTableSchema: migrations.schema,
    migrationTableName: 'migrations',
    migrationLockTableName: 'migrations_lock'
  })
}

async function run(migration: ReturnType<Migrator['migrateToLatest']>, schema: string): Promise<readonly string[]> {
  const { error, results } = await migration
  if (error) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName
    throw new MigrationError(
      `Migration ${failed ?? ''} of schema ${schema} failed: ${error instanceof Error ? error.message : JSON.stringify(error)}. Nothing of it was kept; mend the cause and start again.`,
      { cause: error }
    )
  }
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
}

/** Two processes that create a schema at once: one gets a unique violation, and the schema is there. */
function ignoreRace(error: unknown): void {
  const code = (error as { code?: string }).code
  if (code !== '23505' && code !== '42P06') throw error
}
