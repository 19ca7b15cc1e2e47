import type { EventBatch } from '@leadlog/contracts'
import type { Pool } from 'pg'
import { FencedError } from '../storage/checkpoint.ts'
import { failureKind } from '../storage/failure-kind.ts'
import { applyBatch, eventsFor, parkEvent, type Applied } from './apply-batch.ts'
import { createBackOff } from './back-off.ts'
import type { ProjectionLogger } from './logger.ts'
import type { Member } from './member.ts'

export interface DeliveryContext {
  readonly pool: Pool
  readonly logger: ProjectionLogger
  /** Takes a fenced member's checkpoint again; false when it is no longer this process's. */
  reclaim(member: Member): Promise<boolean>
  onApplied(stream: string, batch: EventBatch, applied: readonly Applied[], durationMs: number): void
}

/** What became of the members that a batch was for. */
export interface Delivery {
  /** Could not take the batch, or stand elsewhere now: they go on by themselves. */
  readonly apart: readonly Member[]
}

/**
 * Applies a batch, whatever happens: together in one transaction where that works; each member alone where one of
 * them fails; split in halves down to the one event that cannot be applied, which is parked; again and again while
 * Postgres is away. Nothing is passed by, and nothing is applied twice.
 */
export async function deliver(
  context: DeliveryContext,
  stream: string,
  members: readonly Member[],
  after: number,
  batch: EventBatch,
  signal: AbortSignal
): Promise<Delivery> {
  const { pool, logger } = context
  const backOff = createBackOff()
  const apart = new Set<Member>()
  let outage = false
  for (;;) {
    for (const member of members) {
      if (!member.retired && member.sequence < after) apart.add(member)
    }
    const pending = members.filter(
      (member) => !member.retired && !apart.has(member) && member.sequence < batch.throughSequence
    )
    if (pending.length === 0 || signal.aborted) return { apart: [...apart].filter((member) => !member.retired) }
    const started = performance.now()
    try {
      const applied = await applyBatch(pool, stream, pending, batch)
      if (outage) logger.info({ stream, sequence: batch.throughSequence }, 'projections go on')
      context.onApplied(stream, batch, applied, performance.now() - started)
    } catch (error) {
      const kind = failureKind(error)
      if (kind === 'fenced') {
        await reclaimAll(context, fencedMembers(error, pending))
      } else if (kind === 'unavailable') {
        if (!outage) logger.warn({ err: error, stream }, 'projections wait for Postgres; nothing is lost')
        outage = true
        await backOff.wait(signal)
      } else if (pending.length > 1) {
        for (const member of pending) {
          const alone = await deliver(context, stream, [member], after, batch, signal)
          for (const one of alone.apart) apart.add(one)
        }
      } else {
        const [member] = pending
        if (!member) continue
        if (kind === 'broken') {
          logger.error({ err: error, projection: member.projection.name, stream }, 'projection cannot go on')
          apart.add(member)
        } else {
          const halves = await isolate(context, stream, member, batch, error, signal)
          for (const one of halves.apart) apart.add(one)
        }
      }
    }
  }
}

function fencedMembers(error: unknown, pending: readonly Member[]): readonly Member[] {
  if (!(error instanceof FencedError)) return pending
  return pending.filter((member) => error.projections.includes(member.projection.name))
}

async function reclaimAll(context: DeliveryContext, members: readonly Member[]): Promise<void> {
  for (const member of members) {
    try {
      if (!(await context.reclaim(member))) member.retired = true
    } catch (error) {
      context.logger.warn({ err: error, projection: member.projection.name }, 'checkpoint could not be taken again')
    }
  }
}

/** Halves a batch that a member cannot apply; a single event is parked. */
async function isolate(
  context: DeliveryContext,
  stream: string,
  member: Member,
  batch: EventBatch,
  error: unknown,
  signal: AbortSignal
): Promise<Delivery> {
  const events = eventsFor(member, batch)
  const [only] = events
  if (!only) throw error
  if (events.length === 1) {
    const started = performance.now()
    try {
      const applied = await parkEvent(context.pool, stream, member, only, batch.throughSequence, error)
      context.onApplied(stream, batch, applied, performance.now() - started)
    } catch (failure) {
      // After a fence or an outage the caller's loop looks at the batch again and ends up here once more.
      const kind = failureKind(failure)
      if (kind === 'fenced' || kind === 'unavailable') return { apart: [] }
      context.logger.error({ err: failure, projection: member.projection.name, stream }, 'event could not be parked')
      return { apart: [member] }
    }
    return { apart: [] }
  }
  const middle = Math.floor(events.length / 2)
  const first = events.slice(0, middle)
  const boundary = first.at(-1)?.sequence ?? batch.throughSequence
  const halves: EventBatch[] = [
    { events: first, throughSequence: boundary, caughtUp: false },
    { ...batch, events: events.slice(middle) }
  ]
  for (const half of halves) {
    const { apart } = await deliver(context, stream, [member], member.sequence, half, signal)
    if (apart.length > 0 || member.retired || signal.aborted) return { apart }
  }
  return { apart: [] }
}
