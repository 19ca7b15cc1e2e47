import type { EventSource } from '@leadlog/contracts'
import { runProjections, type AnyProjection, type RunningProjections } from '@leadlog/projections'
import { Gauge } from 'prom-client'
import type { Logger } from '../logger.ts'
import type { ServiceMetrics } from '../metrics.ts'
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
  const running = await runProjections({
    source: options.source,
    pool: options.postgres.pool,
    projections: options.projections,
    logger: options.logger,
    signal: options.signal,
    onBatch: ({ projection, stream, events, lagSeconds }) => {
      metrics.projected.inc({ projection }, events)
      metrics.projectionLagSeconds.set({ projection, stream }, lagSeconds)
    }
  })
  new Gauge({
    name: 'leadlog_projection_parked_keys',
    help: 'Rows of a read model that stand still because an event could not be applied',
    labelNames: ['projection'],
    registers: [metrics.registry],
    async collect() {
      const positions = await running.positions().catch(() => [])
      for (const { projection, parkedKeys } of positions) this.set({ projection }, parkedKeys)
    }
  })
  readiness.add('projections', async () => {
    const positions = await running.positions()
    const behind = positions.filter(({ state }) => state === 'catching-up' || state === 'rebuilding')
    const parkedKeys = positions.reduce((sum, position) => sum + position.parkedKeys, 0)
    const level =
      behind.length === 0 ? 'level' : `catching up: ${behind.map(({ projection }) => projection).join(', ')}`
    return {
      ok: true,
      detail: parkedKeys === 0 ? level : `${level}; ${parkedKeys} rows stand still, see /v1/projections`
    }
  })
  return running
}
