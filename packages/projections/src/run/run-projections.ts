import { unionOfSubjects } from '../definition/subscription.ts'
import { forgetRegularly } from '../expiry/forget-regularly.ts'
import { watchProjections } from './position-watch.ts'
import { readPositions } from './positions.ts'
import { prepareTables, requireDistinct } from './prepare-tables.ts'
import { createProjectionHost, type ProjectionHost } from './projection-host.ts'
import { reportBatches } from './report-batch.ts'
import type { RunningProjections, RunOptions } from './run-options.ts'
import { createStreamLane, type StreamLane } from './stream-lane.ts'

/** Measured best on two cores: beyond it the transaction's fixed cost no longer counts, below it does. */
const DEFAULT_BATCH_EVENTS = 500
/** How long the first event of a batch waits for others: not noticeable to a reader. */
const DEFAULT_BATCH_WAIT_MS = 20
/** The same while events come thick: a batch costs a dozen statements and a commit, whatever its size. */
const DEFAULT_BUSY_WAIT_MS = 100
const DEFAULT_FORGET_EVERY_MS = 3_600_000

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
  const onIdleError = (error: Error): void => logger.warn({ err: error }, 'an idle database connection was lost')
  pool.on('error', onIdleError)

  const lanes = new Map<string, StreamLane>()
  const watch = watchProjections({ pool, projections, logger })
  const host: ProjectionHost = createProjectionHost(options, lanes)
  for (const stream of new Set(projections.flatMap((p) => p.subscriptions.map((s) => s.stream)))) {
    const subscriptions = projections.flatMap((p) => p.subscriptions.filter((s) => s.stream === stream))
    lanes.set(
      stream,
      createStreamLane({
        pool,
        logger,
        source,
        stream,
        reclaim: (member) => host.reclaim(member),
        onApplied: reportBatches(options, clock),
        subjects: unionOfSubjects(subscriptions),
        maxEvents: options.batch?.events ?? DEFAULT_BATCH_EVENTS,
        maxWaitMs: options.batch?.waitMs ?? DEFAULT_BATCH_WAIT_MS,
        busyWaitMs: options.batch?.waitMs ?? DEFAULT_BUSY_WAIT_MS,
        order: (member) => projections.indexOf(member.projection)
      })
    )
  }
  watch.onMoved((projection, stream) => {
    const member = host.memberOf(projection, stream)
    if (member) lanes.get(stream)?.recheck(member)
  })

  const forgetting = new AbortController()
  let forgotten: Promise<void> = Promise.resolve()

  async function stop(): Promise<void> {
    forgetting.abort()
    const laneStops = [...lanes.values()].map((lane) => lane.stop())
    await Promise.all([...laneStops, host.stop(), forgotten])
    await host.close()
    await watch.close()
    pool.removeListener('error', onIdleError)
  }

  try {
    host.adopt(await prepareTables(options))
    forgotten = forgetRegularly({
      source,
      pool,
      logger,
      projections: projections.filter((projection) => projection.kind === 'fold'),
      everyMs: options.forgetEveryMs ?? DEFAULT_FORGET_EVERY_MS,
      signal: forgetting.signal,
      isRunning: (projection) => host.stateOf(projection) === 'running'
    })
  } catch (error) {
    await stop()
    throw error
  }

  return {
    async positions() {
      const positions = await readPositions(pool, source, projections, clock)
      return positions.map((position) => {
        const state = host.stateOf(position.projection)
        const member = host.memberOf(position.projection, position.stream)
        const behind = member !== undefined && lanes.get(position.stream)?.isBehind(member) === true
        return { ...position, state: state === 'running' && behind ? 'catching-up' : state }
      })
    },
    waitFor: (...args) => watch.waitFor(...args),
    onApplied: (listener) => watch.onApplied(listener),
    markOf: (names) => watch.markOf(names),
    stop
  }
}
