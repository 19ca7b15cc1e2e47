import type { EventLog, EventLogMetrics } from '@leadlog/event-log'
import { childrenOf } from './children.ts'
import { handlerMetrics, processMetrics } from './definitions.ts'
import type { ServiceMetrics } from './metrics.ts'

/** Callbacks that turn what the event log reports into the service's measurements. */
export function logMetrics(metrics: ServiceMetrics): EventLogMetrics {
  const append = metrics.histogram(processMetrics.appendDuration)
  const appendOf = childrenOf((stream = '', outcome = '') => append.labels(stream, outcome))
  const recorded = metrics.counter(processMetrics.eventsRecorded)
  const recordedOf = childrenOf((type = '') => recorded.labels(type))
  const conflicts = metrics.counter(processMetrics.conflicts)
  const unreadable = metrics.counter(processMetrics.unreadable)
  const handled = metrics.counter(handlerMetrics.handled)
  const handledOf = childrenOf((handler = '', outcome = '') => handled.labels({ handler, outcome }))
  const handleDuration = metrics.histogram(handlerMetrics.handleDuration)
  const handleDurationOf = childrenOf((handler = '') => handleDuration.labels({ handler }))
  const redelivered = metrics.counter(handlerMetrics.redelivered)
  const inFlight = metrics.gauge(handlerMetrics.inFlight)
  const inFlightOf = childrenOf((handler = '') => inFlight.labels({ handler }))
  return {
    onAppend: ({ stream, outcome, durationMs }) => appendOf(stream, outcome).observe(durationMs / 1000),
    onRecorded: ({ type }) => recordedOf(type).inc(),
    onHandled: ({ handler, outcome, durationMs }) => {
      handledOf(handler, outcome).inc()
      handleDurationOf(handler).observe(durationMs / 1000)
    },
    onRedelivered: ({ handler }) => redelivered.inc({ handler }),
    onInFlight: ({ handler, count }) => inFlightOf(handler).set(count),
    onUnreadable: ({ stream }) => unreadable.inc({ stream }),
    onConflict: ({ handler }) => conflicts.inc({ handler: withoutIds(handler) })
  }
}

/** Steps may be named by an id, as that of an alert is: such a step is one for all. */
function withoutIds(handler: string): string {
  return handler.replace(/\/[0-9a-f-]{8,}.*$/, '/…')
}

/** Whether NATS is there and stores, at each scrape. */
export function watchConnection(metrics: ServiceMetrics, log: Pick<EventLog, 'watch' | 'refusals'>): void {
  metrics.gauge(processMetrics.appendsRefused, (refused) => {
    refused.reset()
    for (const { stream, reason } of log.refusals()) refused.set({ stream, reason }, 1)
  })
  metrics.gauge(processMetrics.natsConnected, (connected) => connected.set(log.watch.online ? 1 : 0))
}
