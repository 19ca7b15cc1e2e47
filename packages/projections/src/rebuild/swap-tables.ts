import type { Pool, PoolClient } from 'pg'
import type { Projection } from '../definition/define-projection.ts'
import { quoteIdentifier, quoteTable, tableOfSlot, type Slot, type TableName } from '../definition/table-name.ts'
import { ProjectionError } from '../errors.ts'
import type { ProjectionLogger } from '../run/logger.ts'
import { notifyMoved } from '../run/notification.ts'
import { lockCheckpoints } from '../storage/checkpoint.ts'
import { forgetSlot, lockTables, readSlot, tableExists } from '../storage/projection-table.ts'
import { inTransaction } from '../storage/transaction.ts'
import { withAlignedRebuild, type AlignOptions } from './align-rebuild.ts'

/** A long read of the live table must not make every other reader queue up behind the swap. */
const LOCK_TIMEOUT = '5s'

/**
 * Puts a finished rebuild in the live table's place, names, indexes and grants included, in one transaction; the
 * table that was live stays as `<table>__previous` for {@link rollbackSwap}. Readers see the old rows or the new
 * ones, never a gap, and never older ones: the rebuild is brought level first. A running projection notices by its
 * fence and goes on from the rebuilt table's checkpoint.
 *
 * @throws ProjectionError PROJECTION_SLOT_MISSING without a finished rebuild
 */
export async function swapTables(options: AlignOptions): Promise<void> {
  const { projection, logger } = options
  await withAlignedRebuild(options, true, async (client, sequences) => {
    await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`)
    await lockTables(client, projection.name)
    await requireNotNewer(client, projection)
    const live = tableOfSlot(projection.table, 'live')
    const previous = tableOfSlot(projection.table, 'previous')
    await dropSlot(client, projection, 'previous')
    if (await tableExists(client, live)) {
      await copyGrants(client, live, tableOfSlot(projection.table, 'rebuild'))
      await renameTable(client, live, previous)
    }
    await renameTable(client, tableOfSlot(projection.table, 'rebuild'), live)
    await moveSlot(client, projection.name, 'live', 'previous')
    await moveSlot(client, projection.name, 'rebuild', 'live')
    await fenceAll(client, projection.name)
    logger.info({ projection: projection.name, version: projection.version, sequences }, 'rebuilt table swapped in')
  })
}

/**
 * Puts the table that was live before the last swap back in place; the one it replaces is kept as the previous one,
 * so the rollback can be rolled back. The projection then catches up from where that table was left. Where the swap
 * changed the version, the release of the older version must be running to keep it level.
 *
 * @throws ProjectionError PROJECTION_SLOT_MISSING when no previous table is kept
 */
export async function rollbackSwap(options: {
  readonly projection: Projection
  readonly pool: Pool
  readonly logger: ProjectionLogger
}): Promise<void> {
  const { projection, pool, logger } = options
  const live = tableOfSlot(projection.table, 'live')
  const previous = tableOfSlot(projection.table, 'previous')
  const aside: TableName = { schema: live.schema, name: `${live.name}__aside` }
  await inTransaction(pool, async (client) => {
    await client.query(`set local lock_timeout = '${LOCK_TIMEOUT}'`)
    await lockCheckpoints(client, projection.name, 'live')
    await lockTables(client, projection.name)
    if (!(await readSlot(client, projection.name, 'previous'))) {
      throw new ProjectionError('PROJECTION_SLOT_MISSING', `Projection ${projection.name} has no previous table`)
    }
    await copyGrants(client, live, previous)
    await renameTable(client, live, aside)
    await renameTable(client, previous, live)
    await renameTable(client, aside, previous)
    await moveSlot(client, projection.name, 'live', 'aside')
    await moveSlot(client, projection.name, 'previous', 'live')
    await moveSlot(client, projection.name, 'aside', 'previous')
    await fenceAll(client, projection.name)
  })
  logger.info({ projection: projection.name }, 'the previous table is live again')
}

/** Drops an unwanted rebuild, or the table kept for a rollback. */
export async function discardTable(pool: Pool, projection: Projection, slot: 'rebuild' | 'previous'): Promise<void> {
  await inTransaction(pool, async (client) => {
    await lockTables(client, projection.name)
    await dropSlot(client, projection, slot)
  })
}

/** Checkpoints before the table, in the order in which whoever fills it locks them: the other way both would wait for ever. */
async function dropSlot(client: PoolClient, projection: Projection, slot: Slot): Promise<void> {
  await forgetSlot(client, projection.name, slot)
  await client.query(`drop table if exists ${quoteTable(tableOfSlot(projection.table, slot))}`)
}

async function requireNotNewer(client: PoolClient, projection: Projection): Promise<void> {
  const live = await readSlot(client, projection.name, 'live')
  if (!live || live.version <= projection.version) return
  throw new ProjectionError(
    'PROJECTION_SLOT_MISSING',
    `The live table of ${projection.name} is of version ${live.version}; a rebuild of version ${projection.version} would go back`
  )
}

/** Renames the table and those of its indexes that carry its name. */
async function renameTable(client: PoolClient, from: TableName, to: TableName): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = $1::regclass`,
    [quoteTable(from)]
  )
  for (const { name } of rows) {
    if (!name.startsWith(`${from.name}_`)) continue
    const target = quoteIdentifier(`${to.name}${name.slice(from.name.length)}`)
    await client.query(`alter index ${quoteTable({ schema: from.schema, name })} rename to ${target}`)
  }
  await client.query(`alter table ${quoteTable(from)} rename to ${quoteIdentifier(to.name)}`)
}

/** What others were granted on the one is granted on the other. */
async function copyGrants(client: PoolClient, from: TableName, to: TableName): Promise<void> {
  const { rows } = await client.query<{ grantee: string; privilege: string }>(
    `select case when a.grantee = 0 then 'public' else quote_ident(r.rolname) end as grantee, a.privilege_type as privilege
     from pg_class c cross join aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
     where c.oid = $1::regclass and a.grantee <> c.relowner`,
    [quoteTable(from)]
  )
  for (const { grantee, privilege } of rows) {
    await client.query(`grant ${privilege} on ${quoteTable(to)} to ${grantee}`)
  }
}

async function moveSlot(
  client: PoolClient,
  projection: string,
  from: Slot | 'aside',
  to: Slot | 'aside'
): Promise<void> {
  for (const table of ['tables', 'checkpoints', 'parked']) {
    await client.query(`update projections.${table} set slot = $3 where projection = $1 and slot = $2`, [
      projection,
      from,
      to
    ])
  }
}

/** Whoever applies a batch to either table now must look again first. */
async function fenceAll(client: PoolClient, projection: string): Promise<void> {
  const { rows } = await client.query<{ stream: string; seq: string }>(
    `update projections.checkpoints set epoch = nextval('projections.epoch'), parked_generation = parked_generation + 1
     where projection = $1 returning stream, case when slot = 'live' then seq::text end as seq`,
    [projection]
  )
  for (const { stream, seq } of rows) {
    if (seq !== null) await notifyMoved(client, projection, stream, Number(seq))
  }
}
