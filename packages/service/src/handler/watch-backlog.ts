import { handlerBacklog, type EventLog } from '@leadlog/event-log'
import { handlerMetrics } from '../metrics/definitions.ts'
import type { ServiceMetrics } from '../metrics/metrics.ts'

/** Measures at each scrape how many messages wait for each handler. A server that is away leaves the last value. */
export function watchBacklog(
  metrics: ServiceMetrics,
  log: EventLog,
  service: string,
  handlers: readonly { readonly name: string; readonly stream: string }[]
): void {
  if (handlers.length === 0) return
  metrics.gauge(handlerMetrics.backlog, async (gauge) => {
    if (!log.watch.online) return
    await Promise.all(
      handlers.map(async ({ name, stream }) => {
        const backlog = await handlerBacklog(log, { service, handler: name, stream }).catch(() => undefined)
        if (backlog !== undefined) gauge.set({ handler: name }, backlog)
      })
    )
  })
}
