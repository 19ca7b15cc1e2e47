import { handlerBacklog, type EventLog } from '@leadlog/event-log'
import { Gauge } from 'prom-client'
import type { ServiceMetrics } from '../metrics.ts'
import type { BatchReactor, Reactor } from './reactor.ts'
import { commonStream } from './subjects.ts'

/** Measures at each scrape how many messages wait for each reactor. A server that is away leaves the last value. */
export function watchBacklog(
  metrics: ServiceMetrics,
  log: EventLog,
  service: string,
  reactors: readonly Pick<Reactor<never> | BatchReactor<never>, 'name' | 'on'>[]
): void {
  if (reactors.length === 0) return
  new Gauge({
    name: 'leadlog_handler_backlog_messages',
    help: 'Messages that a handler has not finished with, in all processes',
    labelNames: ['handler'],
    registers: [metrics.registry],
    async collect() {
      if (!log.watch.online) return
      await Promise.all(
        reactors.map(async ({ name, on }) => {
          const backlog = await handlerBacklog(log, { service, handler: name, stream: commonStream(on) }).catch(
            () => undefined
          )
          if (backlog !== undefined) this.set({ handler: name }, backlog)
        })
      )
    }
  })
}
