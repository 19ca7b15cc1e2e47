import { jetstreamManager } from '@nats-io/jetstream'
import type { EventLog } from '../event-log.ts'

/** Whether a handler's messages are asked for. */
export interface HandlerAttention {
  readonly service: string
  readonly handler: string
  /** Somebody asks for messages, or holds some. False for a moment between two requests. */
  readonly attended: boolean
  /** Messages that it has not finished with. */
  readonly waiting: number
}

/**
 * The handlers of the named services that exist on the server, over the streams that handlers read.
 *
 * @throws what the server answers, and when it cannot be reached
 */
export async function handlerAttention(log: EventLog, services: readonly string[]): Promise<HandlerAttention[]> {
  const { consumers } = await jetstreamManager(log.connection, { checkAPI: false })
  // The longest first: `crm-sync-write-notes` is no handler of `crm`.
  const prefixes = [...services]
    .sort((a, b) => b.length - a.length)
    .map((service) => ({ service, prefix: log.naming.durable(service, 'x').slice(0, -1) }))
  const found: HandlerAttention[] = []
  for (const stream of STREAMS) {
    for await (const { name, num_waiting, num_ack_pending, num_pending } of consumers.list(log.naming.stream(stream))) {
      const own = prefixes.find(({ prefix }) => name.startsWith(prefix))
      if (!own) continue
      found.push({
        service: own.service,
        handler: name.slice(own.prefix.length),
        attended: num_waiting > 0 || num_ack_pending > 0,
        waiting: num_pending + num_ack_pending
      })
    }
  }
  return found
}

const STREAMS = ['INGEST', 'EVENTS', 'DEAD_LETTERS', 'COMMANDS'] as const
