import type { EventEnvelope } from '@leadlog/contracts'

/** A message as it stands in a stream. */
export interface StoredMessage {
  /** Logical stream name. */
  readonly stream: string
  readonly sequence: number
  readonly payload: Uint8Array
}

/** An event ready to be appended. */
export interface OutgoingMessage {
  /** Logical stream name. */
  readonly stream: string
  /** Subject on the server, with prefix. */
  readonly subject: string
  /** The event's id, which is also the message id. */
  readonly id: string
  /** Type of the event. */
  readonly type: string
  readonly payload: Uint8Array
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** The subject's last sequence must be this one; 0 means that it must be empty. */
  readonly expectedSequence?: number | undefined
  /** Where the data is, when it was too large for a message. */
  readonly objectName?: string | undefined
}

/** An envelope whose personal fields are sealed and whose data may stand in the object store. */
export interface StoredEnvelope extends Omit<EventEnvelope, 'data'> {
  readonly data?: unknown
  /** Name in the object store of the data (JSON) where it is too large for a message. */
  readonly dataref?: string
  /** SHA-256 of that object, hex. */
  readonly datadigest?: string
}

/** A parsed message: complete, but personal fields still sealed. */
export interface SealedEvent {
  readonly stream: string
  readonly sequence: number
  readonly envelope: Omit<EventEnvelope, 'data'>
  readonly data: unknown
  /** Size of the message, for the cache. */
  readonly bytes: number
}
