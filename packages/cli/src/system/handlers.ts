import type { FlagName } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import { JetStreamApiError, jetstreamManager } from '@nats-io/jetstream'
import { declaredHandlers, type DeclaredHandler } from './manifests.ts'

/** What the server knows of a handler's durable consumer. */
export interface HandlerState {
  readonly service: string
  readonly handler: string
  readonly stream: string
  /** False before the service started for the first time. */
  readonly exists: boolean
  /** Not delivered yet. */
  readonly waiting: number
  /** Delivered and not finished: under way, or waiting for the next attempt. */
  readonly inHand: number
  readonly redelivered: number
  /** Somebody asks for messages, or holds some: the service runs. */
  readonly attended: boolean
  /** The flag that pauses it; null where none does. */
  readonly pausedBy: FlagName | null
}

const NOT_FOUND = new Set([10014, 10059])

export async function handlerStates(log: EventLog): Promise<HandlerState[]> {
  const manager = await jetstreamManager(log.connection, { checkAPI: false })
  return Promise.all(declaredHandlers.map((declared) => stateOf(declared)))

  async function stateOf({ service, handler, stream, pausedBy }: DeclaredHandler): Promise<HandlerState> {
    try {
      const info = await manager.consumers.info(log.naming.stream(stream), log.naming.durable(service, handler))
      return {
        service,
        handler,
        stream,
        exists: true,
        waiting: info.num_pending,
        inHand: info.num_ack_pending,
        redelivered: info.num_redelivered,
        attended: info.num_waiting > 0 || info.num_ack_pending > 0,
        pausedBy
      }
    } catch (error) {
      if (!(error instanceof JetStreamApiError) || !NOT_FOUND.has(error.code)) throw error
      return {
        service,
        handler,
        stream,
        exists: false,
        waiting: 0,
        inHand: 0,
        redelivered: 0,
        attended: false,
        pausedBy
      }
    }
  }
}
