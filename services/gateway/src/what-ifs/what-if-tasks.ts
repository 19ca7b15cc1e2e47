import type { Actor } from '@leadlog/contracts'
import { systemClock } from '@leadlog/service'
import {
  applyRun,
  connectReader,
  isMappingInForce,
  openWhatIfStore,
  readerChoices,
  readMappings,
  runWhatIf,
  variableOf,
  WhatIfError,
  type Estimate,
  type Selection,
  type Variant,
  type WhatIfOptions,
  type WhatIfStore
} from '@leadlog/whatif'
import { Redis } from 'ioredis'
import { Kysely, PostgresDialect } from 'kysely'
import type { WorkSystem } from '../work/worker/open-work-system.ts'
import type { RunTask, TaskContext } from '../work/worker/work-tasks.ts'

const now = (): Date => systemClock.now()

/** What a what-if can be about in this system: who reads, and which CRM field holds what. */
export const whatIfChoices: RunTask = async ({ log, environment }) => {
  const { document } = (await readMappings(log, environment, null)).is
  return {
    readers: readerChoices(environment),
    crm: document.provider,
    fields: document.fields.map(({ field, apiName }) => ({
      field,
      apiName,
      variable: variableOf(field, document.provider)
    }))
  }
}

/** What a what-if would read and cost; nobody is asked and nothing is kept. */
export const estimateWhatIf: RunTask = async (system, context) => {
  const found: { estimate?: Estimate; readings?: number; leads?: number } = {}
  await run(system, await storeOf(system), context, {
    confirm: (estimate, { readings, leads }) => {
      Object.assign(found, { estimate, readings, leads })
      return false
    }
  }).catch((error: unknown) => {
    // That nothing is selected is an answer here.
    if (!(error instanceof WhatIfError) || error.code !== 'WHATIF_SELECTION_EMPTY') throw error
  })
  const nothing = { calls: 0, kept: 0, inputTokens: 0, outputTokens: 0, costMicroUsd: 0 }
  return { readings: found.readings ?? 0, leads: found.leads ?? 0, estimate: found.estimate ?? nothing }
}

/** Runs it. One that was interrupted begins anew: the answers that it paid for are kept. */
export const doWhatIf: RunTask = async (system, context) => {
  const { maxCostMicroUsd } = context.order as { maxCostMicroUsd: number }
  const { id, progress } = context
  const store = await storeOf(system)
  await store.remove(id)
  const ended = await run(system, store, context, {
    maxCostMicroUsd,
    onProgress: ({ phase, done, total }) => progress({ phase, done, total, perSecond: null, targets: [] })
  })
  return { totals: ended?.totals ?? null }
}

/** Puts what a run found into force for some of its records. */
export const applyWhatIf: RunTask = async (system, { order, actor, signal, progress }) => {
  const { whatIfId, leadIds } = order as { whatIfId: string; leadIds: readonly string[] }
  const { log, keyring, environment } = system
  const store = await storeOf(system)
  const found = await store.run(whatIfId)
  const records = (await store.records(found.id)).filter(({ leadId }) => leadIds.includes(leadId))
  const outcomes = await applyRun({
    log,
    keyring,
    store,
    run: found,
    records,
    actor: actor as Actor,
    mappingInForce: await isMappingInForce(log, environment, found),
    clock: now,
    signal,
    onProgress: (done, total) => progress({ phase: 'apply', done, total, perSecond: null, targets: [] })
  })
  // Of a refusal its code: the words of a service may name somebody.
  return {
    outcomes: outcomes.map(({ leadId, outcome, message }) => ({
      leadId,
      outcome,
      code: outcome === 'failed' ? (message?.split(':')[0] ?? null) : null
    }))
  }
}

async function run(
  system: WorkSystem,
  store: WhatIfStore,
  { id, actor, order, signal }: TaskContext,
  more: Pick<WhatIfOptions, 'confirm' | 'maxCostMicroUsd' | 'onProgress'>
) {
  const { log, keyring, environment, logger, redisUrl } = system
  const { variant, selection } = order as unknown as { variant: Variant; selection: Selection }
  const redis =
    redisUrl === undefined || variant.reader === null ? undefined : new Redis(redisUrl, { lazyConnect: true })
  redis?.on('error', (error: Error) => logger.debug({ err: error }, 'Redis'))
  const connected = variant.reader === null ? null : connectReader(variant.reader, { environment, redis, logger, now })
  try {
    return await runWhatIf({
      log,
      keyring,
      store,
      id,
      actor: actor as Actor,
      variant,
      selection,
      reader: connected?.reader ?? null,
      mappings: await readMappings(log, environment, variant.mapping),
      clock: now,
      signal,
      ...more
    })
  } finally {
    await connected?.close()
    redis?.disconnect()
  }
}

function storeOf({ pool, keyring }: WorkSystem) {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  return openWhatIfStore({ db, keyring, clock: now })
}
