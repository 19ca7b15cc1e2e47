import type { EventSource } from '@leadlog/contracts'
import type { Pool } from 'pg'
import type { Projection } from '../definition/define-projection.ts'
import type { Subscription } from '../definition/subscription.ts'
import { createBackOff } from '../run/back-off.ts'
import type { ProjectionLogger } from '../run/logger.ts'
import { failureKind } from '../storage/failure-kind.ts'
import { claimRebuild } from './claim-rebuild.ts'
import { fillCarefully } from './fill-carefully.ts'
import { fillFast, UnwritableSpanError } from './fill-fast.ts'
import type { StoredKeys } from './stored-keys.ts'

const PROGRESS_EVERY_MS = 250

export interface FillProgress {
  readonly stream: string
  readonly sequence: number
  readonly targetSequence: number
  /** Events this projection took, since the call began. */
  readonly events: number
  /** Messages of the stream passed a second, since the call began. */
  readonly eventsPerSecond: number
  readonly remainingMs: number
}

export interface FillOptions {
  readonly projection: Projection
  readonly subscription: Subscription
  readonly source: EventSource
  readonly pool: Pool
  readonly logger: ProjectionLogger
  readonly signal: AbortSignal
  /** Which keys the table may hold. */
  readonly stored: StoredKeys
  /** The part of a rebuild's memory that it may take, up to 1. */
  readonly memoryShare: number
  readonly onProgress: (progress: FillProgress) => void
}

/**
 * Applies one stream to the table of a rebuild, from its checkpoint to the stream's present end. Goes on from the
 * checkpoint when Postgres was away.
 *
 * @returns how many events were applied
 */
export async function fillStream(options: FillOptions): Promise<number> {
  const { projection, subscription, source, pool, logger, signal } = options
  const { stream } = subscription
  const target = await source.lastSequence(stream)
  const backOff = createBackOff()
  let report: ((sequence: number, events: number) => void) | null = null
  let events = 0
  for (;;) {
    try {
      const checkpoint = await claimRebuild(pool, projection, stream)
      if (checkpoint.sequence >= target) return events
      report ??= createProgress(options, checkpoint.sequence, target)
      const before = events
      await fillFast({
        ...options,
        checkpoint,
        target,
        onProgress: (sequence, applied) => {
          events = before + applied
          report?.(sequence, events)
        }
      })
      return events
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof UnwritableSpanError) {
        options.stored.forgetAll()
        await fillCarefully({ ...options, untilSequence: error.through })
      } else if (failureKind(error) === 'unavailable') {
        logger.warn({ err: error, projection: projection.name }, 'the rebuild waits for Postgres')
        await backOff.wait(signal)
      } else {
        // Dropped by somebody who discarded it, which the claim tells better.
        if (isMissingTable(error)) await claimRebuild(pool, projection, stream)
        throw error
      }
    }
  }
}

const UNDEFINED_TABLE = '42P01'

function isMissingTable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === UNDEFINED_TABLE
}

function createProgress(options: FillOptions, from: number, target: number) {
  const started = performance.now()
  let reported = started
  return (sequence: number, events: number): void => {
    const now = performance.now()
    if (now - reported < PROGRESS_EVERY_MS && sequence < target) return
    reported = now
    const perMillisecond = (sequence - from) / Math.max(1, now - started)
    options.onProgress({
      stream: options.subscription.stream,
      sequence,
      targetSequence: target,
      events,
      eventsPerSecond: Math.round(perMillisecond * 1000),
      remainingMs: Math.round((target - sequence) / Math.max(perMillisecond, 1e-6))
    })
  }
}
