import { createHash } from 'node:crypto'
import {
  aggregateSubject,
  PermanentError,
  type Actor,
  type EventCipher,
  type EventDefinition,
  type EventEnvelope
} from '@leadlog/contracts'
import { eventLogErrors } from '../errors.ts'
import type { BodyStore } from './body-store.ts'
import { dataProblem } from './checker.ts'
import type { OutgoingMessage, StoredEnvelope } from './message.ts'
import { sealPersonalFields } from './personal-fields.ts'
import { schemaUri } from './schema-uri.ts'

/** A message above this goes to the object store; half of the server's default message limit of 1 MiB. */
export const MAX_INLINE_BYTES = 512 * 1024

/** Everything that an envelope is made of. */
export interface EventToEncode {
  readonly id: string
  readonly definition: EventDefinition
  readonly aggregateId: string
  readonly data: unknown
  readonly actor: Actor
  readonly correlationId: string
  readonly causationId: string
  readonly traceparent?: string | undefined
  /** Logical stream name. */
  readonly stream: string
  /** Subject on the server. */
  readonly subject: string
  readonly expectedSequence?: number | undefined
}

export interface EncoderOptions {
  readonly source: string
  readonly cipher: () => EventCipher | undefined
  readonly bodies: BodyStore
  readonly clock: () => Date
}

export type Encode = (event: EventToEncode) => Promise<OutgoingMessage>

/** Checks, seals and packs an event. */
export function createEncoder({ source, cipher, bodies, clock }: EncoderOptions): Encode {
  const pack = async (
    envelope: EventEnvelope
  ): Promise<Pick<OutgoingMessage, 'payload' | 'envelope' | 'objectName'>> => {
    const payload = Buffer.from(JSON.stringify(envelope))
    if (payload.length <= MAX_INLINE_BYTES) return { payload, envelope }
    const { data, ...head } = envelope
    const body = Buffer.from(JSON.stringify(data))
    const datadigest = createHash('sha256').update(body).digest('hex')
    // Sealing is randomised, so a repeated attempt has other bytes: the digest keeps the names apart.
    const dataref = `${envelope.id}.${datadigest.slice(0, 16)}`
    await bodies.put(dataref, body)
    const stored: StoredEnvelope = { ...head, dataref, datadigest }
    return { payload: Buffer.from(JSON.stringify(stored)), envelope: stored, objectName: dataref }
  }

  return async (event) => {
    const { definition } = event
    const problem = dataProblem(definition, event.data)
    if (problem !== null) {
      throw new PermanentError(eventLogErrors.eventInvalid, `${definition.type} cannot be recorded: ${problem}`)
    }
    const plain = event.data as Record<string, unknown>
    const keyId = definition.piiFields.length > 0 ? personOf(definition, plain) : undefined
    const data = keyId === undefined ? plain : await sealPersonalFields(cipher(), definition, event.id, keyId, plain)
    const envelope: EventEnvelope = {
      specversion: '1.0',
      id: event.id,
      source: source,
      type: definition.type,
      subject: aggregateSubject({
        context: definition.context,
        aggregate: definition.aggregate,
        id: event.aggregateId
      }),
      time: clock().toISOString(),
      datacontenttype: 'application/json',
      dataschema: schemaUri(definition.type),
      schemaversion: definition.version,
      correlationid: event.correlationId,
      causationid: event.causationId,
      actor: event.actor,
      ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
      ...(keyId === undefined ? {} : { keyid: keyId }),
      data
    }
    return { ...(await pack(envelope)), ...place(event) }
  }
}

function personOf(definition: EventDefinition, data: Record<string, unknown>): string {
  const person = data['personId']
  if (typeof person === 'string') return person
  throw new PermanentError(
    eventLogErrors.eventInvalid,
    `${definition.type} has personal fields but no personId to seal them for`
  )
}

function place(
  event: EventToEncode
): Pick<OutgoingMessage, 'stream' | 'subject' | 'id' | 'headers' | 'expectedSequence'> {
  return {
    stream: event.stream,
    subject: event.subject,
    id: event.id,
    headers: [
      ['Nats-Msg-Id', event.id],
      ['ce-type', event.definition.type],
      ['ce-id', event.id],
      ['ce-correlationid', event.correlationId]
    ],
    expectedSequence: event.expectedSequence
  }
}
