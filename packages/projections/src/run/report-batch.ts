import type { EventBatch } from '@leadlog/contracts'
import { startSpan } from '@leadlog/tracing'
import type { Applied } from './apply-batch.ts'
import type { DeliveryContext } from './deliver.ts'
import type { RunOptions } from './run-options.ts'

/** Logs parked events and tells the service's metrics, after each commit. */
export function reportBatches(options: RunOptions, clock: () => Date): DeliveryContext['onApplied'] {
  const { logger } = options
  return (stream: string, batch: EventBatch, applied: readonly Applied[], durationMs: number): void => {
    traceBatch(stream, batch, applied, durationMs)
    const newest = batch.events.at(-1)
    const lagSeconds = newest ? Math.max(0, (clock().getTime() - Date.parse(newest.time)) / 1000) : 0
    for (const { member, events, changedRows, parked } of applied) {
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
        changedRows,
        parkedEvents: parked.length,
        durationMs,
        lagSeconds
      })
    }
  }
}

/** A batch belongs to the traces of all its events, so it is a span of its own that is linked to them. */
function traceBatch(stream: string, batch: EventBatch, applied: readonly Applied[], durationMs: number): void {
  const links = batch.events.flatMap(({ traceparent }) => traceparent ?? [])
  if (links.length === 0) return
  const working = applied.filter(({ events }) => events > 0)
  if (working.length === 0) return
  startSpan({
    name: `project ${stream}`,
    kind: 'internal',
    parent: undefined,
    links,
    agoMs: durationMs,
    attributes: {
      stream,
      batchSize: batch.events.length,
      projections: working.map(({ member }) => member.projection.name).join(' '),
      sequence: String(batch.throughSequence)
    }
  }).end()
}
