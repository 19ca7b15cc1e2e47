import { sql, type Kysely, type Transaction } from 'kysely'
import { Migrator, type Migration } from 'kysely/migration'
import { statementsOf } from './migration-statements.ts'

/**
 * A service's migrations: its schema and its steps by name, in the order of their names. A step runs statements that do
 * not depend on what it reads, and once published it never changes.
 */
export interface ServiceMigrations {
  readonly schema: string
  readonly steps: Readonly<Record<string, Migration>>
}

/** A database that cannot be brought to what this release needs. Nothing was changed: all steps of a run stand or fall together. */
export class MigrationError extends Error {
  readonly code: 'MIGRATION_FAILED' | 'MIGRATION_UNKNOWN' | 'MIGRATION_CHANGED'

  constructor(code: MigrationError['code'], message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'MigrationError'
    this.code = code
  }
}

/** How one step stands in a database. */
export interface MigrationState {
  readonly name: string
  /** `unknown`: applied by a release that has more steps than this one. `changed`: applied with other statements. */
  readonly state: 'applied' | 'missing' | 'unknown' | 'changed'
  readonly appliedAt: Date | null
}

/**
 * Applies what is missing, all in one transaction, one process at a time: whatever interrupts it, the database is as it
 * was before or as it is after.
 *
 * @returns the names of the applied steps
 * @throws MigrationError that names the step; `MIGRATION_UNKNOWN` and `MIGRATION_CHANGED` as {@link checkMigrations} does
 */
export function migrateUp(db: Kysely<unknown>, migrations: ServiceMigrations): Promise<readonly string[]> {
  return run(db, migrations, (migrator) => migrator.migrateToLatest())
}

/**
 * Applies what is missing up to the named step and no further, for a database that is to be filled with the rows of an
 * older release. Steps after it are left for {@link migrateUp}.
 *
 * @throws MigrationError that names the step
 */
export function migrateTo(
  db: Kysely<unknown>,
  migrations: ServiceMigrations,
  last: string
): Promise<readonly string[]> {
  return run(db, migrations, (migrator) => migrator.migrateTo(last))
}

/** Takes back the newest step, with all that its tables hold. */
export function migrateDown(db: Kysely<unknown>, migrations: ServiceMigrations): Promise<readonly string[]> {
  return run(db, migrations, (migrator) => migrator.migrateDown())
}

/**
 * Holds what was applied against the steps of this release; changes nothing.
 *
 * @throws MigrationError `MIGRATION_UNKNOWN` for a database of a newer release; `MIGRATION_CHANGED` where a step was
 *   applied with other statements than it has now
 */
export async function checkMigrations(db: Kysely<unknown>, migrations: ServiceMigrations): Promise<void> {
  const { schema } = migrations
  const states = await listMigrations(db, migrations)
  const named = (state: MigrationState['state']): string =>
    states.flatMap((one) => (one.state === state ? [one.name] : [])).join(', ')
  if (named('unknown') !== '') {
    throw new MigrationError(
      'MIGRATION_UNKNOWN',
      `Schema ${schema} is of a newer release: this one does not know its migration ${named('unknown')}. Nothing was ` +
        'changed. Start the newer release again; to go back, take the step back with the newer one first: ' +
        `"npx leadlog migrations down ${schema}". See docs/runbooks/migration-fails.md`
    )
  }
  if (named('changed') !== '') {
    throw new MigrationError(
      'MIGRATION_CHANGED',
      `Migration ${named('changed')} of schema ${schema} was applied with other statements than this release has. Nothing was ` +
        'changed. A published step never changes: put it back and add a new one. See docs/runbooks/migration-fails.md'
    )
  }
}

/** Every step, of this release and of the database, in the order of their names. */
export async function listMigrations(
  db: Kysely<unknown>,
  { schema, steps }: ServiceMigrations
): Promise<readonly MigrationState[]> {
  const applied = await readApplied(db, schema)
  const names = [...new Set([...Object.keys(steps), ...applied.keys()])].sort()
  return Promise.all(
    names.map(async (name): Promise<MigrationState> => {
      const [found, step] = [applied.get(name), steps[name]]
      if (!found) return { name, state: 'missing', appliedAt: null }
      const appliedAt = new Date(found.timestamp)
      if (!step) return { name, state: 'unknown', appliedAt }
      const same = found.checksum === null || found.checksum === (await statementsOf(step)).checksum
      return { name, state: same ? 'applied' : 'changed', appliedAt }
    })
  )
}

interface Applied {
  readonly name: string
  readonly timestamp: string
  /** Null where a release before checksums applied it. */
  readonly checksum: string | null
}

async function readApplied(db: Kysely<unknown>, schema: string): Promise<ReadonlyMap<string, Applied>> {
  const { rows: columns } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = to_regclass(${`"${schema}".migrations`}) and attnum > 0 and not attisdropped`.execute(db)
  if (columns.length === 0) return new Map()
  const checksum = columns.some(({ name }) => name === 'checksum') ? sql`checksum` : sql`null`
  const { rows } = await sql<Applied>`
    select name, timestamp, ${checksum} as checksum from ${sql.table(`${schema}.migrations`)}`.execute(db)
  return new Map(rows.map((row) => [row.name, row]))
}

async function run(
  db: Kysely<unknown>,
  migrations: ServiceMigrations,
  migrate: (migrator: Migrator) => ReturnType<Migrator['migrateToLatest']>
): Promise<readonly string[]> {
  const { schema } = migrations
  return db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`leadlog.migrations/${schema}`}, 0))`.execute(transaction)
    await checkMigrations(transaction, migrations)
    await sql`create schema if not exists ${sql.id(schema)}`.execute(transaction)
    let failed: { step: string; error: unknown } | undefined
    const { error, results } = await migrate(
      migratorOf(transaction, migrations, (step, error) => (failed ??= { step, error }))
    )
    if (error) {
      // After a failed step the migrator meets the aborted transaction too, and tells of that.
      const { step, error: cause } = failed ?? { step: 'bookkeeping', error }
      throw new MigrationError(
        'MIGRATION_FAILED',
        `Migration ${step} of schema ${schema} failed: ${cause instanceof Error ? cause.message : JSON.stringify(cause)}. ` +
          'Nothing was changed, not by the steps before it either. Mend the cause and start again; see docs/runbooks/migration-fails.md',
        { cause }
      )
    }
    await noteChecksums(transaction, migrations)
    return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
  })
}

function migratorOf(
  db: Transaction<unknown>,
  { schema, steps }: ServiceMigrations,
  onFailure: (step: string, error: unknown) => void
): Migrator {
  const told = (name: string, step: Migration): Migration => {
    const telling = (work: Migration['up']) => async (on: Kysely<unknown>) => {
      try {
        await work(on)
      } catch (error) {
        onFailure(name, error)
        throw error
      }
    }
    return { up: telling((on) => step.up(on)), ...(step.down ? { down: telling(async (on) => step.down?.(on)) } : {}) }
  }
  const migrations = Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, told(name, step)]))
  return new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
    migrationTableSchema: schema,
    migrationTableName: 'migrations',
    migrationLockTableName: 'migrations_lock'
  })
}

async function noteChecksums(db: Transaction<unknown>, { schema, steps }: ServiceMigrations): Promise<void> {
  const table = sql.table(`${schema}.migrations`)
  const unnoted = [...(await readApplied(db, schema)).values()].filter(({ checksum }) => checksum === null)
  if (unnoted.length === 0) return
  await sql`alter table ${table} add column if not exists checksum text`.execute(db)
  for (const { name } of unnoted) {
    const step = steps[name]
    if (step)
      await sql`update ${table} set checksum = ${(await statementsOf(step)).checksum} where name = ${name}`.execute(db)
  }
}
