import type { EventBatch } from '@leadlog/contracts'
import type { Applied } from './apply-batch.ts'
import type { DeliveryContext } from './deliver.ts'
import type { RunOptions } from './run-options.ts'

/** Logs parked events and tells the service's metrics, after each commit. */
export function reportBatches(options: RunOptions, clock: () => Date): DeliveryContext['onApplied'] {
  const { logger } = options
  return (stream: string, batch: EventBatch, applied: readonly Applied[], durationMs: number): void => {
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
}
