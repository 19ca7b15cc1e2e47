import {
  AckPolicy,
  DeliverPolicy,
  type ConsumerConfig,
  type ConsumerInfo,
  type JetStreamManager
} from '@nats-io/jetstream'
import type { ConsumerEntry } from '../format/manifest.ts'

/** Where every durable consumer of a stream stands. */
export async function consumerPositions(manager: JetStreamManager, stream: string): Promise<ConsumerEntry[]> {
  const entries: ConsumerEntry[] = []
  for await (const info of manager.consumers.list(stream)) {
    if (info.config.durable_name === undefined || info.config.ack_policy !== AckPolicy.Explicit) continue
    entries.push({
      stream,
      name: info.name,
      config: info.config,
      from: firstUnsettled(info)
    })
  }
  return entries
}

/** With nothing in hand everything that was delivered is settled; else all up to the floor is. */
function firstUnsettled({ num_ack_pending: inHand, delivered, ack_floor: floor }: ConsumerInfo): number {
  return (inHand === 0 ? delivered.stream_seq : floor.stream_seq) + 1
}

/** Makes the consumer again, to go on where it was. What was settled out of order is delivered once more. */
export async function restoreConsumer(manager: JetStreamManager, entry: ConsumerEntry, replicas: number | null) {
  const config = { ...(entry.config as unknown as ConsumerConfig) }
  delete config.opt_start_time
  await manager.consumers.add(entry.stream, {
    ...config,
    ...(replicas === null ? {} : { num_replicas: replicas }),
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: entry.from
  })
}
