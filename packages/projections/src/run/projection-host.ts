import type { AnyProjection } from '../definition/define-write-projection.ts'
import { claimCheckpoint } from '../storage/checkpoint.ts'
import { readSlot, type TableState } from '../storage/projection-table.ts'
import { applierOf } from './appliers.ts'
import { createBackOff, pause } from './back-off.ts'
import type { Member } from './member.ts'
import { openOwnership } from './ownership.ts'
import type { ProjectionState, RunOptions } from './run-options.ts'
import { createSerial } from './serial.ts'
import type { StreamLane } from './stream-lane.ts'
import { upgradeTable } from './upgrade-table.ts'

/** A table swapped in by a newer release may be swapped back; this is how soon that is noticed. */
const SUPERSEDED_LOOK_EVERY_MS = 5_000

/**
 * Decides which projections this process runs, and moves them in and out of the lanes: won and lost locks, newer and
 * older versions, checkpoints that somebody else moved.
 */
export interface ProjectionHost {
  /** Takes on the projections by the state of their tables. */
  adopt(found: ReadonlyMap<AnyProjection, TableState>): void
  /** After a fence: is the member still this process's? If so, it stands where its checkpoint stands. */
  reclaim(member: Member): Promise<boolean>
  stateOf(projection: string): ProjectionState
  memberOf(projection: string, stream: string): Member | undefined
  /** Ends the background work; locks are given back by {@link close}. */
  stop(): Promise<void>
  close(): Promise<void>
}

export function createProjectionHost(
  options: Pick<RunOptions, 'source' | 'pool' | 'projections' | 'logger'>,
  lanes: ReadonlyMap<string, StreamLane>
): ProjectionHost {
  const { source, pool, projections, logger } = options
  const stopping = new AbortController()
  const states = new Map<string, ProjectionState>()
  const members = new Map<string, readonly Member[]>()
  const background = new Set<Promise<void>>()
  const find = (name: string): AnyProjection | undefined => projections.find((projection) => projection.name === name)

  const inBackground = (what: string, work: () => Promise<void>): void => {
    const promise: Promise<void> = work()
      .catch((error: unknown) => logger.error({ err: error }, what))
      .finally(() => background.delete(promise))
    background.add(promise)
  }

  const retire = (name: string): void => {
    for (const member of members.get(name) ?? []) lanes.get(member.subscription.stream)?.remove(member)
    members.delete(name)
  }

  /** After a fence: is the projection still ours, and where does it stand now? */
  async function reclaim(member: Member): Promise<boolean> {
    const { name, version } = member.projection
    if (member.retired || !ownership.holds(name) || !(await ownership.verify())) return false
    const checkpoint = await claimCheckpoint(pool, {
      projection: name,
      version,
      stream: member.subscription.stream,
      slot: 'live'
    })
    if (!checkpoint) {
      inBackground('a superseded projection could not be released', () => supersede(member.projection))
      return false
    }
    logger.info({ projection: name, sequence: checkpoint.sequence }, 'the projection goes on from a moved checkpoint')
    member.sequence = checkpoint.sequence
    member.epoch = checkpoint.epoch
    member.parked = { generation: null, keys: new Set() }
    return true
  }

  async function supersede(projection: AnyProjection): Promise<void> {
    if (states.get(projection.name) === 'superseded') return
    retire(projection.name)
    states.set(projection.name, 'superseded')
    logger.warn({ projection: projection.name }, 'another version of the projection is live; this one stops')
    await ownership.release(projection.name)
    while (!stopping.signal.aborted) {
      await pause(SUPERSEDED_LOOK_EVERY_MS, stopping.signal)
      if (stopping.signal.aborted) return
      const live = await readSlot(pool, projection.name, 'live').catch(() => null)
      if (live?.version === projection.version) return standBy(projection)
    }
  }

  function standBy(projection: AnyProjection): void {
    states.set(projection.name, 'standby')
    ownership.want(projection.name)
  }

  /** Takes the checkpoints of a projection whose lock was won. */
  async function claim(projection: AnyProjection): Promise<readonly Member[]> {
    const backOff = createBackOff()
    const serial = createSerial()
    const apply = applierOf(projection)
    while (!stopping.signal.aborted && ownership.holds(projection.name)) {
      try {
        const claimed: Member[] = []
        for (const subscription of projection.subscriptions) {
          const checkpoint = await claimCheckpoint(pool, {
            projection: projection.name,
            version: projection.version,
            stream: subscription.stream,
            slot: 'live'
          })
          if (!checkpoint) {
            inBackground('a superseded projection could not be released', () => supersede(projection))
            return []
          }
          await warnWhenAhead(projection, subscription.stream, checkpoint.sequence)
          claimed.push({
            projection,
            subscription,
            slot: 'live',
            apply,
            serial,
            ...checkpoint,
            parked: { generation: null, keys: new Set() },
            retired: false
          })
        }
        return claimed
      } catch (error) {
        logger.warn({ err: error, projection: projection.name }, 'checkpoint could not be taken; trying again')
        await backOff.wait(stopping.signal)
      }
    }
    return []
  }

  /** Starts projections together, the farthest first, so that those that are level share a reader from the start. */
  async function start(won: readonly AnyProjection[]): Promise<void> {
    const claimed = (await Promise.all(won.map(claim))).filter(([first]) => {
      return first !== undefined && ownership.holds(first.projection.name)
    })
    for (const ofProjection of claimed) {
      const name = ofProjection[0]?.projection.name ?? ''
      members.set(name, ofProjection)
      states.set(name, 'running')
    }
    for (const member of claimed.flat().sort((a, b) => b.sequence - a.sequence)) {
      lanes.get(member.subscription.stream)?.add(member)
    }
  }

  async function warnWhenAhead(projection: AnyProjection, stream: string, sequence: number): Promise<void> {
    const last = await source.lastSequence(stream).catch(() => null)
    if (last === null || last >= sequence) return
    logger.error(
      { projection: projection.name, stream, sequence, lastSequence: last },
      'the checkpoint is ahead of its stream: the stream was replaced or restored; rebuild the projection'
    )
  }

  const ownership = openOwnership({
    pool,
    logger,
    onAcquired: (names) => {
      logger.info({ projections: names }, 'this process runs the projections')
      const won = names.map(find).filter((projection) => projection !== undefined)
      inBackground('projections could not be started', () => start(won))
    },
    onLost: (names) => {
      for (const name of names) {
        retire(name)
        states.set(name, 'standby')
      }
    }
  })

  return {
    adopt(found) {
      for (const [projection, state] of found) {
        if (state === 'ready') standBy(projection)
        else if (state === 'superseded') {
          inBackground('a superseded projection could not be followed', () => supersede(projection))
        } else if (projection.kind === 'fold') {
          states.set(projection.name, 'rebuilding')
          inBackground('the projection could not be rebuilt', async () => {
            await upgradeTable({ projection, source, pool, logger, signal: stopping.signal })
            if (!stopping.signal.aborted) standBy(projection)
          })
        }
      }
    },
    reclaim,
    stateOf: (projection) => states.get(projection) ?? 'standby',
    memberOf: (projection, stream) => members.get(projection)?.find((member) => member.subscription.stream === stream),
    async stop() {
      stopping.abort()
      await Promise.all(background)
    },
    close: () => ownership.close()
  }
}
