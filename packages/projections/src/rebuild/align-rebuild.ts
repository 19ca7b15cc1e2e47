import type { EventSource } from '@leadlog/contracts'
import type { Pool, PoolClient } from 'pg'
import type { Projection } from '../definition/define-projection.ts'
import { ProjectionError } from '../errors.ts'
import { forgetExpired } from '../expiry/forget-expired.ts'
import { readBeginnings } from '../expiry/read-beginnings.ts'
import { pause } from '../run/back-off.ts'
import type { ProjectionLogger } from '../run/logger.ts'
import { lockCheckpoints, readSequences } from '../storage/checkpoint.ts'
import { readSlot } from '../storage/projection-table.ts'
import { inTransaction } from '../storage/transaction.ts'
import { fillCarefully } from './fill-carefully.ts'
import { fillStream } from './fill-stream.ts'
import { withRebuildLock } from './rebuild-lock.ts'
import { createStoredKeys } from './stored-keys.ts'

export interface AlignOptions {
  readonly projection: Projection
  readonly source: EventSource
  readonly pool: Pool
  readonly logger: ProjectionLogger
  readonly signal?: AbortSignal
}

/** Further than this apart, the fast way is faster. */
const FAST_FROM_EVENTS = 5_000
/** A rebuild that is ahead waits for the live table to pass it; this long, because the live one may be catching up. */
const WAIT_FOR_LIVE_MS = 10_000
const LOOK_AGAIN_MS = 50

/**
 * Brings a finished rebuild to the very sequence of the live table, while the live checkpoints are locked, and runs
 * the work in the transaction that holds them. The live projection waits meanwhile: for milliseconds, since all but
 * the last events were applied before.
 *
 * @param mayBeAhead true where the rebuild may have applied more than the live table
 * @throws ProjectionError PROJECTION_SLOT_MISSING without a finished rebuild; PROJECTION_REBUILD_BEHIND when the live
 * table does not reach the rebuild in time
 */
export async function withAlignedRebuild<T>(
  options: AlignOptions,
  mayBeAhead: boolean,
  work: (client: PoolClient, sequences: Readonly<Record<string, number>>) => Promise<T>
): Promise<T> {
  const { projection, pool } = options
  const signal = options.signal ?? new AbortController().signal
  return withRebuildLock(pool, projection.name, async () => {
    await requireFinished(pool, projection)
    await forgetInBoth(options, signal)
    const giveUpAt = performance.now() + WAIT_FOR_LIVE_MS
    for (;;) {
      signal.throwIfAborted()
      await bringTo(options, await readSequences(pool, projection.name, 'live'), signal)
      const outcome = await inTransaction(pool, async (client) => {
        const live = await lockCheckpoints(client, projection.name, 'live')
        await bringTo(options, live, signal)
        const rebuilt = await readSequences(client, projection.name, 'rebuild')
        const ahead = Object.entries(rebuilt).some(([stream, sequence]) => sequence > (live[stream] ?? 0))
        return ahead && !mayBeAhead ? null : { result: await work(client, rebuilt) }
      })
      if (outcome) return outcome.result
      if (performance.now() > giveUpAt) {
        throw new ProjectionError(
          'PROJECTION_REBUILD_BEHIND',
          `The live table of ${projection.name} does not reach its rebuild: is the projection running?`
        )
      }
      await pause(LOOK_AGAIN_MS, signal)
    }
  })
}

/** Both without what has expired by now: the live table may not have looked since, and the rebuild read some of it before it went. */
async function forgetInBoth({ projection, source, pool }: AlignOptions, signal: AbortSignal): Promise<void> {
  const beginnings = await readBeginnings(source, projection)
  await forgetExpired(pool, projection, 'rebuild', beginnings, signal)
  const live = await readSlot(pool, projection.name, 'live')
  // A table of another version is another definition's.
  if (live?.version === projection.version) await forgetExpired(pool, projection, 'live', beginnings, signal)
}

async function requireFinished(pool: Pool, projection: Projection): Promise<void> {
  const slot = await readSlot(pool, projection.name, 'rebuild')
  if (slot?.finished && slot.version === projection.version) return
  throw new ProjectionError(
    'PROJECTION_SLOT_MISSING',
    `Projection ${projection.name} has no finished rebuild of version ${projection.version}: rebuild it first`
  )
}

/** Applies what the rebuild lacks of the sequences; streams that only one of the two reads are left alone. */
async function bringTo(
  options: AlignOptions,
  live: Readonly<Record<string, number>>,
  signal: AbortSignal
): Promise<void> {
  const { projection, pool } = options
  const rebuilt = await readSequences(pool, projection.name, 'rebuild')
  for (const subscription of projection.subscriptions) {
    const target = live[subscription.stream] ?? 0
    const distance = target - (rebuilt[subscription.stream] ?? 0)
    if (distance <= 0) continue
    if (distance > FAST_FROM_EVENTS) {
      await fillStream({
        ...options,
        subscription,
        signal,
        stored: createStoredKeys(false),
        memoryShare: 1,
        onProgress: () => undefined
      })
    } else {
      await fillCarefully({ ...options, subscription, signal, untilSequence: target })
    }
  }
}
