import { nanos, type Msg, type NatsConnection } from '@nats-io/transport-node'
import { parseAckSubject } from '../pull/ack-subject.ts'

/** A message that a consumer delivered, with the means to answer the server. */
export interface ReceivedMessage {
  readonly sequence: number
  /** Subject on the server. */
  readonly subject: string
  readonly payload: Uint8Array
  /** From the headers; null where they are missing. */
  readonly eventId: string | null
  readonly eventType: string | null
  /** How many times it was delivered, this time included. */
  readonly attempt: number
  /** Takes over the place of the same message delivered again: the older delivery can no longer be answered. */
  supersede(newer: ReceivedMessage): void
  readonly reply: string
  ack(): void
  /** Give it again, to anyone, after the delay. */
  nak(delayMs?: number): void
  /** Never give it again. */
  terminate(reason: string): void
  /** It is being worked on: wait longer before giving it to another. */
  working(): void
}

export function receivedMessage(connection: NatsConnection, message: Msg): ReceivedMessage {
  const place = parseAckSubject(message.reply ?? '')
  let reply = message.reply ?? ''
  let attempt = place.delivered
  const header = (name: string): string | null => {
    const value = message.headers?.get(name)
    return value === undefined || value === '' ? null : value
  }
  const answer = (payload: string): void => {
    // Once closed there is nobody to tell; the server gives the message again after the ack wait.
    if (!connection.isClosed()) connection.publish(reply, payload)
  }
  return {
    sequence: place.sequence,
    subject: message.subject,
    payload: message.data,
    eventId: header('ce-id'),
    eventType: header('ce-type'),
    get attempt() {
      return attempt
    },
    get reply() {
      return reply
    },
    supersede(newer) {
      reply = newer.reply
      attempt = newer.attempt
    },
    ack: () => answer('+ACK'),
    nak: (delayMs = 0) => answer(delayMs > 0 ? `-NAK ${JSON.stringify({ delay: nanos(delayMs) })}` : '-NAK'),
    terminate: (reason) => answer(`+TERM ${reason}`),
    working: () => answer('+WPI')
  }
}
