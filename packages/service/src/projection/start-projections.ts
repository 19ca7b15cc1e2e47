import type { EventSource } from '@leadlog/contracts'
import { runProjections, type AnyProjection, type RunningProjections } from '@leadlog/projections'
import type { Logger } from '../logger.ts'
import { projectionMetrics } from '../metrics/definitions.ts'
import type { ServiceMetrics } from '../metrics/metrics.ts'
import type { Postgres } from '../postgres/postgres.ts'
import type { Readiness } from '../readiness.ts'

/** Keeps a service's read models level with the streams and measures them. */
export async function startProjections(options: {
  source: EventSource
  postgres: Postgres
  projections: readonly AnyProjection[]
  logger: Logger
  metrics: ServiceMetrics
  readiness: Readiness
  signal: AbortSignal
}): Promise<RunningProjections> {
  const { metrics, readiness } = options
  const projected = metrics.counter(projectionMetrics.projected)
  const lag = metrics.gauge(projectionMetrics.lag)
  const running = await runProjections({
    source: options.source,
    pool: options.postgres.pool,
    projections: options.projections,
    logger: options.logger,
    signal: options.signal,
    onBatch: ({ projection, stream, events, lagSeconds }) => {
      projected.inc({ projection }, events)
      lag.set({ projection, stream }, lagSeconds)
    }
  })
  watchPositions(metrics, running)
  readiness.add('projections', async () => {
    const positions = await running.positions()
    const behind = positions.filter(({ state }) => state === 'catching-up' || state === 'rebuilding')
    const parkedKeys = positions.reduce((sum, position) => sum + position.parkedKeys, 0)
    const refusal = options.postgres.refusals.current()
    const lag = Math.max(0, ...positions.map(({ lagEvents }) => lagEvents))
    if (refusal) return { ok: true, detail: `wait for Postgres, ${String(lag)} events behind` }
    const level =
      behind.length === 0 ? 'level' : `catching up: ${behind.map(({ projection }) => projection).join(', ')}`
    return {
      ok: true,
      detail: parkedKeys === 0 ? level : `${level}; ${parkedKeys} rows stand still, see /v1/projections`
    }
  })
  return running
}

/** Measures at each scrape where the read models stand. One question to the database for all of it. */
function watchPositions(metrics: ServiceMetrics, running: RunningProjections): void {
  const behindEvents = metrics.gauge(projectionMetrics.behindEvents)
  const behindSeconds = metrics.gauge(projectionMetrics.behindSeconds)
  metrics.gauge(projectionMetrics.parked, async (parked) => {
    const positions = await running.positions()
    const keys = new Map<string, number>()
    for (const { projection, stream, lagEvents, lagSeconds, parkedKeys } of positions) {
      behindEvents.set({ projection, stream }, lagEvents)
      behindSeconds.set({ projection, stream }, lagSeconds)
      keys.set(projection, (keys.get(projection) ?? 0) + parkedKeys)
    }
    for (const [projection, count] of keys) parked.set({ projection }, count)
  })
}
