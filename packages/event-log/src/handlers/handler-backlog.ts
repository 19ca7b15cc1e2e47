import { jetstreamManager } from '@nats-io/jetstream'
import type { EventLog } from '../event-log.ts'

/**
 * Messages that a handler has not finished with, in all processes: not yet delivered, under way, or waiting for their
 * next attempt.
 */
export async function handlerBacklog(
  log: EventLog,
  { service, handler, stream }: { service: string; handler: string; stream: string }
): Promise<number> {
  const { consumers } = await jetstreamManager(log.connection, { checkAPI: false })
  const info = await consumers.info(log.naming.stream(stream), log.naming.durable(service, handler))
  return info.num_pending + info.num_ack_pending
}
