import { PermanentError } from '@leadlog/contracts'
import {
  compareTables,
  discardTable,
  rebuildProjections,
  requireFold,
  rollbackSwap,
  swapTables,
  tableOfSlot,
  withRebuildLock,
  type Projection,
  type Slot
} from '@leadlog/projections'
import { gatewayProjections } from '../gateway-projections.ts'
import type { WorkSystem } from '../work/worker/open-work-system.ts'
import type { RunTask } from '../work/worker/work-tasks.ts'
import { createRebuildProgress } from './rebuild-progress.ts'

/** Differing rows that a comparison shows of each read model. */
const SAMPLES = 20

/** Builds the named read models anew beside the live ones, and counts what differs. An interrupted one goes on. */
export const rebuildModels: RunTask = async (system, { order, startedAt, signal, progress }) => {
  const { log, pool, logger } = system
  const projections = modelsOf(order)
  for (const projection of projections) await dropFinishedBefore(system, projection, startedAt)
  const targets = await createRebuildProgress(projections, log)
  const rebuilt = await rebuildProjections({
    projections,
    source: log,
    pool,
    logger,
    signal,
    onProgress: (now) => progress(targets.next(now))
  })
  const models = []
  for (const [index, projection] of projections.entries()) {
    signal.throwIfAborted()
    progress(targets.comparing(index))
    const { samples: _none, ...counts } = await compareTables({
      projection,
      source: log,
      pool,
      logger,
      signal,
      samples: 0
    })
    const { version, resumed, events, durationMs } = rebuilt[index] ?? {}
    models.push({ name: projection.name, version, resumed, events, durationMs, ...counts })
  }
  return { models, events: rebuilt.reduce((sum, { events }) => sum + events, 0) }
}

/** Row by row, with samples. These are personal, so they are shown and not kept. */
export const compareRebuilt: RunTask = async ({ log, pool, logger }, { order, signal }) => {
  const models = []
  for (const projection of modelsOf(order)) {
    const comparison = await compareTables({ projection, source: log, pool, logger, signal, samples: SAMPLES })
    models.push({ name: projection.name, ...comparison })
  }
  return { models }
}

/** Puts the rebuilt tables in place. One that is there already was put there by an earlier attempt. */
export const swapRebuilt: RunTask = async (system, { order, signal }) => {
  const { log, pool, logger } = system
  for (const projection of modelsOf(order)) {
    const built = tableOf(order, projection)
    if ((await oidOf(system, projection, 'live')) === built) continue
    if ((await oidOf(system, projection, 'rebuild')) !== built) throw replaced(projection)
    await swapTables({ projection, source: log, pool, logger, signal })
  }
  return { models: modelsOf(order).map(({ name }) => name) }
}

/** Puts the tables from before the last swap back. */
export const rollBackModels: RunTask = async (system, { order }) => {
  const { pool, logger } = system
  for (const projection of modelsOf(order)) {
    const former = tableOf(order, projection)
    if ((await oidOf(system, projection, 'live')) === former) continue
    if ((await oidOf(system, projection, 'previous')) !== former) throw replaced(projection)
    await rollbackSwap({ projection, pool, logger })
  }
  return { models: modelsOf(order).map(({ name }) => name) }
}

/** Drops the rebuilt tables; the live ones are not touched. */
export const discardRebuilt: RunTask = async (system, { order }) => {
  const { pool } = system
  for (const projection of modelsOf(order)) {
    const built = tableOf(order, projection)
    await withRebuildLock(pool, projection.name, async () => {
      const there = await oidOf(system, projection, 'rebuild')
      if (there === built) await discardTable(pool, projection, 'rebuild')
      else if (there !== null) throw replaced(projection)
    })
  }
  return { models: modelsOf(order).map(({ name }) => name) }
}

function modelsOf(order: Readonly<Record<string, unknown>>): Projection[] {
  const names = order['models'] as readonly string[]
  return names.map((name) => {
    const model = gatewayProjections.find((known) => known.name === name)
    if (model) return requireFold(model)
    throw new PermanentError('READ_MODEL_UNKNOWN', `There is no read model ${name} in this release`)
  })
}

/** Which table was meant when it was asked for. */
function tableOf(order: Readonly<Record<string, unknown>>, { name }: Projection): string | null {
  return (order['tables'] as Readonly<Record<string, string>>)[name] ?? null
}

async function oidOf({ pool }: WorkSystem, { table }: Projection, slot: Slot): Promise<string | null> {
  const { schema, name } = tableOfSlot(table, slot)
  const { rows } = await pool.query<{ oid: string | null }>('select to_regclass($1)::oid::text as oid', [
    `${schema}.${name}`
  ])
  return rows[0]?.oid ?? null
}

function replaced({ name }: Projection): PermanentError {
  return new PermanentError(
    'REBUILD_REPLACED',
    `The table of ${name} was replaced meanwhile. Look at it anew and ask again`
  )
}

/** A table that somebody finished earlier would only be levelled; a new rebuild begins at the beginning. */
async function dropFinishedBefore({ pool }: WorkSystem, projection: Projection, startedAt: string): Promise<void> {
  const { rows } = await pool.query(
    `select from projections.tables where projection = $1 and slot = 'rebuild' and finished_at < $2`,
    [projection.name, startedAt]
  )
  if (rows.length > 0) await withRebuildLock(pool, projection.name, () => discardTable(pool, projection, 'rebuild'))
}
