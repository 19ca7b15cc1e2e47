import type { NatsConnection } from '@nats-io/transport-node'
import type { AppendPipeline } from '../append/append-pipeline.ts'
import type { EventCodec } from '../codec/codec.ts'
import type { Logger } from '../logger.ts'
import type { Naming } from '../naming.ts'
import type { DirectReader } from '../read/direct-reader.ts'
import type { ConnectionWatch } from '../server/connection-watch.ts'

/** What sending, settling and awaiting commands needs. */
export interface CommandContext {
  readonly connection: NatsConnection
  readonly codec: EventCodec
  readonly naming: Naming
  readonly watch: ConnectionWatch
  readonly reader: DirectReader
  readonly logger: Logger
  readonly pipeline: (stream: string) => AppendPipeline
}
