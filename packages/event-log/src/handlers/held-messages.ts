import type { RecordedEvent } from '@leadlog/contracts'
import type { OpenSpan } from '@leadlog/tracing'
import type { ReceivedMessage } from './received-message.ts'

/** Three signs of life in each ack wait: one may be lost. */
const SIGNS_PER_ACK_WAIT = 3

/** A message in this process's hands, from its arrival to its answer. */
export interface HeldMessage {
  readonly message: ReceivedMessage
  readonly receivedAt: number
  /** Null until it was decoded, and for ever when it cannot be. */
  event: RecordedEvent | null
  /** From the moment it runs. */
  span: OpenSpan | null
}

/** The messages that this process answers for; it tells the server that they are being worked on. */
export interface HeldMessages {
  readonly size: number
  /** Null when the same message is held already: the newer delivery takes the older one's place. */
  hold(message: ReceivedMessage): HeldMessage | null
  release(entry: HeldMessage): void
  /** Resolves when nothing is held any more. */
  whenNone(): Promise<void>
  close(): void
}

export function createHeldMessages(ackWaitMs: number, onChange: (count: number) => void): HeldMessages {
  const held = new Map<number, HeldMessage>()
  const waiting: (() => void)[] = []
  const signs = setInterval(() => {
    for (const { message } of held.values()) message.working()
  }, ackWaitMs / SIGNS_PER_ACK_WAIT).unref()

  return {
    get size() {
      return held.size
    },
    hold(message) {
      const same = held.get(message.sequence)
      if (same) {
        same.message.supersede(message)
        return null
      }
      const entry: HeldMessage = { message, receivedAt: performance.now(), event: null, span: null }
      held.set(message.sequence, entry)
      onChange(held.size)
      return entry
    },
    release(entry) {
      held.delete(entry.message.sequence)
      onChange(held.size)
      if (held.size === 0) for (const resolve of waiting.splice(0)) resolve()
    },
    whenNone: () => (held.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    close: () => clearInterval(signs)
  }
}
