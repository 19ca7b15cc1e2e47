import type { EventSource } from '@leadlog/contracts'
import type { Pool } from 'pg'
import type { Projection } from '../definition/define-projection.ts'
import type { Subscription } from '../definition/subscription.ts'
import { tableOfSlot } from '../definition/table-name.ts'
import { foldApplier } from '../run/appliers.ts'
import { deliver } from '../run/deliver.ts'
import type { ProjectionLogger } from '../run/logger.ts'
import type { Member } from '../run/member.ts'
import { readAhead } from '../run/read-ahead.ts'
import { createSerial } from '../run/serial.ts'
import { claimRebuild, rebuildReplaced } from './claim-rebuild.ts'

/** As in a live run: small enough that halving down to one bad event is quick. */
const READ_EVENTS = 500
const READ_WAIT_MS = 20

export interface CarefulOptions {
  readonly projection: Projection
  readonly subscription: Subscription
  readonly source: EventSource
  readonly pool: Pool
  readonly logger: ProjectionLogger
  readonly signal: AbortSignal
  readonly untilSequence: number
}

/**
 * Applies a span of a stream to the table of a rebuild the way a live run does: row by row from the table, parking
 * what cannot be applied. For the last events before a swap and for a span that holds a bad one.
 *
 * @throws ProjectionError PROJECTION_FENCED when the rebuild is no longer this process's
 */
export async function fillCarefully(options: CarefulOptions): Promise<void> {
  const { projection, subscription, source, pool, logger, signal, untilSequence } = options
  const { stream } = subscription
  const claimed = await claimRebuild(pool, projection, stream)
  const member: Member = {
    projection,
    subscription,
    slot: 'rebuild',
    apply: foldApplier(projection, tableOfSlot(projection.table, 'rebuild')),
    serial: createSerial(),
    ...claimed,
    parked: { generation: null, keys: new Set() },
    retired: false
  }
  const context = { pool, logger, reclaim: async () => false, onApplied: () => undefined }
  const take = async (batch: Parameters<typeof deliver>[4]): Promise<void> => {
    const { apart } = await deliver(context, stream, [member], member.sequence, batch, signal)
    signal.throwIfAborted()
    if (member.retired || apart.length > 0) throw rebuildReplaced(projection.name)
  }
  if (member.sequence >= untilSequence) return
  const request = {
    stream,
    fromSequence: member.sequence + 1,
    subjects: subscription.subjects,
    maxEvents: READ_EVENTS,
    maxWaitMs: READ_WAIT_MS,
    untilSequence,
    signal
  }
  for await (const batch of readAhead(source, request)) await take(batch)
  signal.throwIfAborted()
  if (member.sequence < untilSequence) await take({ events: [], throughSequence: untilSequence, caughtUp: false })
}
