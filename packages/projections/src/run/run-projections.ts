import type { EventBatch, EventSource } from '@leadlog/contracts'
import type { Pool } from 'pg'
import type { AnyProjection } from '../definition/define-write-projection.ts'
import { unionOfSubjects } from '../definition/subscription.ts'
import { ProjectionError } from '../errors.ts'
import { ensureBookkeeping } from '../storage/bookkeeping.ts'
import { claimCheckpoint } from '../storage/checkpoint.ts'
import { failureKind } from '../storage/failure-kind.ts'
import { ensureTable, readSlot, type TableState } from '../storage/projection-table.ts'
import type { Applied } from './apply-batch.ts'
import { applierOf } from './appliers.ts'
import { createBackOff, pause } from './back-off.ts'
import type { ProjectionLogger } from './logger.ts'
import type { Member } from './member.ts'
import { openOwnership } from './ownership.ts'
import { watchProjections, type PositionWatch } from './position-watch.ts'
import { readPositions, type ProjectionPosition } from './positions.ts'
import { createSerial } from './serial.ts'
import { createStreamLane, type StreamLane } from './stream-lane.ts'
import { upgradeTable } from './upgrade-table.ts'

/** Measured best on two cores: beyond it the transaction's fixed cost no longer counts, below it does. */
const DEFAULT_BATCH_EVENTS = 500
/** How long the first event of a batch waits for others: not noticeable to a reader. */
const DEFAULT_BATCH_WAIT_MS = 20

/** A table swapped in by a newer release may be swapped back; this is how soon that is noticed. */
const SUPERSEDED_LOOK_EVERY_MS = 5_000

/**
 * - `running`: this process keeps it level
 * - `catching-up`: this process reads it apart from the others until it is level
 * - `standby`: another process runs it; this one takes over when that one ends
 * - `rebuilding`: its version is new; the table is being built beside the live one
 * - `superseded`: a newer release owns the table; this process leaves it alone
 */
export type ProjectionState = 'running' | 'catching-up' | 'standby' | 'rebuilding' | 'superseded'

/** What one committed batch did, for metrics. */
export interface BatchReport {
  readonly projection: string
  readonly stream: string
  readonly sequence: number
  readonly events: number
  /** Null where the projection cannot tell. */
  readonly changedRows: number | null
  readonly parkedEvents: number
  /** Of the whole batch, which level projections share. */
  readonly durationMs: number
  /** Age of the batch's newest event when it was committed. */
  readonly lagSeconds: number
}

export interface RunOptions {
  readonly source: EventSource
  /** Three connections are used at once at most, beside two of the runner's own. */
  readonly pool: Pool
  readonly projections: readonly AnyProjection[]
  readonly logger: ProjectionLogger
  readonly batch?: { readonly events?: number; readonly waitMs?: number }
  readonly clock?: () => Date
  /** Called after each commit of this process. */
  readonly onBatch?: (report: BatchReport) => void
  /** Gives up the start while Postgres is away. */
  readonly signal?: AbortSignal
}

export interface RunningProjections {
  /** Where each projection stands, whichever process runs it. */
  positions(): Promise<readonly (ProjectionPosition & { readonly state: ProjectionState })[]>
  waitFor: PositionWatch['waitFor']
  onApplied: PositionWatch['onApplied']
  /** Finishes the transactions in flight and gives the projections to whoever stands by. */
  stop(): Promise<void>
}

/**
 * Keeps read models level with their streams. Of several processes that run the same projection one is active, the
 * others take over within a second when it ends. Each event is applied exactly once, since its checkpoint moves in the
 * transaction that writes its rows, under a fence. Returns when all tables exist; waits while Postgres is away.
 *
 * @throws ProjectionError PROJECTION_SHAPE_CHANGED when a definition changed within its version; PROJECTION_INVALID
 * when two projections share a name or a table
 */
export async function runProjections(options: RunOptions): Promise<RunningProjections> {
  const { source, pool, projections, logger, clock = () => new Date() } = options
  requireDistinct(projections)
  const stopping = new AbortController()
  const onIdleError = (error: Error): void => logger.warn({ err: error }, 'an idle database connection was lost')
  pool.on('error', onIdleError)

  const states = new Map<string, ProjectionState>()
  const members = new Map<string, readonly Member[]>()
  const lanes = new Map<string, StreamLane>()
  const background = new Set<Promise<void>>()
  const watch = watchProjections({ pool, projections, logger })
  const find = (name: string): AnyProjection | undefined => projections.find((projection) => projection.name === name)

  const inBackground = (what: string, work: () => Promise<void>): void => {
    const promise: Promise<void> = work()
      .catch((error: unknown) => logger.error({ err: error }, what))
      .finally(() => background.delete(promise))
    background.add(promise)
  }

  const reportBatch = (stream: string, batch: EventBatch, applied: readonly Applied[], durationMs: number): void => {
    const newest = batch.events.at(-1)
    const lagSeconds = newest ? Math.max(0, (clock().getTime() - Date.parse(newest.time)) / 1000) : 0
    for (const { member, events, changedKeys, parked } of applied) {
      const projection = member.projection.name
      for (const { key, event, error } of parked) {
        if (error === null) continue
        logger.error(
          { err: error, projection, key, stream, sequence: event.sequence, eventId: event.id, eventType: event.type },
          'an event could not be applied; its key is parked, all others go on'
        )
      }
      options.onBatch?.({
        projection,
        stream,
        sequence: batch.throughSequence,
        events,
        changedRows: changedKeys?.length ?? null,
        parkedEvents: parked.length,
        durationMs,
        lagSeconds
      })
    }
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

  for (const stream of new Set(projections.flatMap((p) => p.subscriptions.map((s) => s.stream)))) {
    const subscriptions = projections.flatMap((p) => p.subscriptions.filter((s) => s.stream === stream))
    lanes.set(
      stream,
      createStreamLane({
        pool,
        logger,
        source,
        stream,
        reclaim,
        onApplied: reportBatch,
        subjects: unionOfSubjects(subscriptions),
        maxEvents: options.batch?.events ?? DEFAULT_BATCH_EVENTS,
        maxWaitMs: options.batch?.waitMs ?? DEFAULT_BATCH_WAIT_MS,
        order: (member) => projections.indexOf(member.projection)
      })
    )
  }

  watch.onMoved((projection, stream) => {
    for (const member of members.get(projection) ?? []) {
      if (member.subscription.stream === stream) lanes.get(stream)?.recheck(member)
    }
  })

  async function stop(): Promise<void> {
    stopping.abort()
    await Promise.all([...lanes.values()].map((lane) => lane.stop()))
    await Promise.all(background)
    await ownership.close()
    await watch.close()
    pool.removeListener('error', onIdleError)
  }

  try {
    const found = await prepare(options)
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
  } catch (error) {
    await stop()
    throw error
  }

  return {
    async positions() {
      const positions = await readPositions(pool, source, projections, clock)
      return positions.map((position) => {
        const state = states.get(position.projection) ?? 'standby'
        const member = members.get(position.projection)?.find((one) => one.subscription.stream === position.stream)
        const behind = member !== undefined && lanes.get(position.stream)?.isBehind(member) === true
        return { ...position, state: state === 'running' && behind ? 'catching-up' : state }
      })
    },
    waitFor: (...args) => watch.waitFor(...args),
    onApplied: (listener) => watch.onApplied(listener),
    stop
  }
}

/** Creates what is missing; repeats it while Postgres is away, any other failure is the caller's to mend. */
async function prepare(options: RunOptions): Promise<ReadonlyMap<AnyProjection, TableState>> {
  const { pool, projections, logger } = options
  const signal = options.signal ?? new AbortController().signal
  const backOff = createBackOff()
  for (;;) {
    try {
      await ensureBookkeeping(pool)
      const states = new Map<AnyProjection, TableState>()
      for (const projection of projections) states.set(projection, await ensureTable(pool, projection))
      return states
    } catch (error) {
      if (failureKind(error) !== 'unavailable' || signal.aborted) throw error
      logger.warn({ err: error }, 'projections wait for Postgres')
      await backOff.wait(signal)
    }
  }
}

function requireDistinct(projections: readonly AnyProjection[]): void {
  const taken = new Set<string>()
  for (const projection of projections) {
    const tables = projection.kind === 'fold' ? [projection.table] : projection.tables
    for (const name of [projection.name, ...tables.map((table) => `${table.schema}.${table.name}`)]) {
      if (taken.has(name)) throw new ProjectionError('PROJECTION_INVALID', `Two projections share "${name}"`)
      taken.add(name)
    }
  }
}
