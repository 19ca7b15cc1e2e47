import type { EventLog } from '../event-log.ts'
import type { BatchHandlerSpec, HandlerSpec, RunningHandler } from './handler-spec.ts'
import { runConsumer } from './run-consumer.ts'

/**
 * Starts a durable handler named `<service>-<handler>`. At least once per message: acknowledged when `handle` returns,
 * tried again when it fails for a time, a dead letter when it fails for good or too often. Messages of one order key
 * run one after another, different ones in parallel; one that waits for its next attempt does not hold up its key.
 * Survives restarts of the server.
 */
export async function startHandler(log: EventLog, spec: HandlerSpec): Promise<RunningHandler> {
  return runConsumer(
    log,
    {
      ...spec,
      maxBatch: 1,
      maxBatchWaitMs: 0,
      async handleBatch(deliveries) {
        for (const { event, context } of deliveries) await spec.handle(event, context)
        return deliveries.map(() => ({ kind: 'ack' }))
      }
    },
    Math.random
  )
}

/**
 * As {@link startHandler}, for handlers that are cheaper in batches: up to `maxBatch` events, of any keys, at once. While
 * a batch runs no other one holds events of the same keys.
 */
export async function startBatchHandler(log: EventLog, spec: BatchHandlerSpec): Promise<RunningHandler> {
  return runConsumer(log, spec, Math.random)
}
