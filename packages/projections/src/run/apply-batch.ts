import type { EventBatch, RecordedEvent } from '@leadlog/contracts'
import type { Pool, PoolClient } from 'pg'
import { insertParked, readParkedKeys } from '../parked/parked-events.ts'
import { advanceCheckpoints } from '../storage/checkpoint.ts'
import { inTransaction } from '../storage/transaction.ts'
import type { ParkedEvent } from '../fold/fold-events.ts'
import type { Member } from './member.ts'
import { notifyApplied } from './notification.ts'
import { holdingAll } from './serial.ts'

/** What one committed batch did to one member. */
export interface Applied {
  readonly member: Member
  readonly events: number
  /** Null where the projection cannot tell, or where they are too many to carry. */
  readonly changedKeys: readonly string[] | null
  readonly changedRows: number | null
  readonly parked: readonly ParkedEvent[]
}

/** The events of the batch that the member takes and has not applied. */
export function eventsFor(member: Member, batch: Pick<EventBatch, 'events'>): readonly RecordedEvent[] {
  const { types } = member.subscription
  const { sequence } = member
  return batch.events.filter((event) => event.sequence > sequence && types.has(event.type))
}

type Step = (client: PoolClient, member: Member, parkedKeys: Set<string>) => Promise<Omit<Applied, 'member'>>

/**
 * Applies one batch to all members in one transaction, fence first, checkpoints with the rows. Members must be of one
 * slot and come in the order of the projections' declaration. On return their sequences stand at the batch's end.
 *
 * @throws FencedError when one of them is no longer this process's; nothing is applied then
 */
export async function applyBatch(
  pool: Pool,
  stream: string,
  members: readonly Member[],
  batch: EventBatch
): Promise<readonly Applied[]> {
  return advance(pool, stream, members, batch, async (client, member, parkedKeys) => {
    const events = eventsFor(member, batch)
    if (events.length === 0) return { events: 0, changedKeys: [], changedRows: 0, parked: [] }
    return { events: events.length, ...(await member.apply(client, events, parkedKeys)) }
  })
}

/** Parks the one event of a batch that cannot be applied, under every key it touches, and moves on behind it. */
export async function parkEvent(
  pool: Pool,
  stream: string,
  member: Member,
  event: RecordedEvent,
  throughSequence: number,
  error: unknown
): Promise<readonly Applied[]> {
  const batch = { events: [event], throughSequence, caughtUp: false }
  return advance(pool, stream, [member], batch, async (_client, _member, parkedKeys) => {
    const keys = member.projection.key(event)
    for (const key of keys) parkedKeys.add(key)
    return { events: 1, changedKeys: [], changedRows: 0, parked: keys.map((key) => ({ key, event, error })) }
  })
}

async function advance(
  pool: Pool,
  stream: string,
  members: readonly Member[],
  batch: EventBatch,
  step: Step
): Promise<readonly Applied[]> {
  const slot = members[0]?.slot ?? 'live'
  return holdingAll(
    members.map((member) => member.serial),
    async () => {
      const { results, parkedSets } = await inTransaction(pool, async (client) => {
        const generations = await advanceCheckpoints(
          client,
          stream,
          slot,
          members.map((member) => ({
            projection: member.projection.name,
            version: member.projection.version,
            sequence: member.sequence,
            epoch: member.epoch
          })),
          { sequence: batch.throughSequence, eventTime: batch.events.at(-1)?.time ?? null }
        )
        const results: Applied[] = []
        const parkedSets: Member['parked'][] = []
        for (const member of members) {
          const at = { projection: member.projection.name, slot, stream }
          const generation = generations.get(member.projection.name) ?? null
          const keys =
            member.parked.generation === generation ? new Set(member.parked.keys) : await readParkedKeys(client, at)
          const outcome = await step(client, member, keys)
          await insertParked(client, at, outcome.parked)
          results.push({ member, ...outcome })
          parkedSets.push({ generation, keys })
        }
        if (slot === 'live') await notifyApplied(client, stream, batch.throughSequence, results)
        return { results, parkedSets }
      })
      for (const [index, member] of members.entries()) {
        member.sequence = batch.throughSequence
        member.parked = parkedSets[index] ?? member.parked
      }
      return results
    }
  )
}
