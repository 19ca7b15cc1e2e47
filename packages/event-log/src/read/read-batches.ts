import type { EventBatch, EventBatchRequest } from '@leadlog/contracts'
import type { JetStreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import type { EventCodec } from '../codec/codec.ts'
import type { Logger } from '../logger.ts'
import type { EventLogMetrics } from '../metrics.ts'
import type { Naming } from '../naming.ts'
import type { ConnectionWatch } from '../server/connection-watch.ts'

export interface ReadBatchesContext {
  readonly connection: NatsConnection
  readonly manager: JetStreamManager
  readonly naming: Naming
  readonly codec: EventCodec
  readonly watch: ConnectionWatch
  readonly logger: Logger
  readonly metrics: EventLogMetrics
}

export async function* readBatches(
  _context: ReadBatchesContext,
  _request: EventBatchRequest
): AsyncGenerator<EventBatch> {
  throw new Error('not there yet')
}
