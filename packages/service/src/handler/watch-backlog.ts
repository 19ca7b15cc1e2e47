import { handlerBacklog, type EventLog } from '@leadlog/event-log'
import { Gauge } from 'prom-client'
import type { ServiceMetrics } from '../metrics.ts'

/** Measures at each scrape how many messages wait for each handler. A server that is away leaves the last value. */
export function watchBacklog(
  metrics: ServiceMetrics,
  log: EventLog,
  service: string,
  handlers: readonly { readonly name: string; readonly stream: string }[]
): void {
  if (handlers.length === 0) return
  new Gauge({
    name: 'leadlog_handler_backlog_messages',
    help: 'Messages that a handler has not finished with, in all processes',
    labelNames: ['handler'],
    registers: [metrics.registry],
    async collect() {
      if (!log.watch.online) return
      await Promise.all(
        handlers.map(async ({ name, stream }) => {
          const backlog = await handlerBacklog(log, { service, handler: name, stream }).catch(() => undefined)
          if (backlog !== undefined) this.set({ handler: name }, backlog)
        })
      )
    }
  })
}
