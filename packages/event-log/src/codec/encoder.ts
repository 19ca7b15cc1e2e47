import { createHash } from 'node:crypto'
import {
  aggregateSubject,
  PermanentError,
  type Actor,
  type EventCipher,
  type EventDefinition,
  type EventEnvelope,
  type SealedText
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
  /** One more field of the data; it may be long, and is copied instead of being read for what JSON would escape. */
  readonly sealed?: { readonly field: string; readonly text: SealedText }
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

/** Synchronous where nothing personal is to be sealed and nothing goes elsewhere, which is so for every usual webhook. */
export type Encode = (event: EventToEncode) => OutgoingMessage | Promise<OutgoingMessage>

/** Checks, seals and packs an event. */
export function createEncoder({ source, cipher, bodies, clock }: EncoderOptions): Encode {
  const message = (
    event: EventToEncode,
    keyId: string | undefined,
    data: unknown
  ): OutgoingMessage | Promise<OutgoingMessage> => {
    const envelope = envelopeOf(event, keyId, data)
    const payload = event.sealed ? writeSealed(envelope, event.sealed.text) : Buffer.from(JSON.stringify(envelope))
    if (payload.length <= MAX_INLINE_BYTES) return { ...place(event), payload }
    return putElsewhere(envelope, event)
  }

  const putElsewhere = async (envelope: EventEnvelope, event: EventToEncode): Promise<OutgoingMessage> => {
    const { data, ...head } = envelope
    const whole = event.sealed ? { ...(data as object), [event.sealed.field]: event.sealed.text } : data
    const body = Buffer.from(JSON.stringify(whole))
    const datadigest = createHash('sha256').update(body).digest('hex')
    // Sealing is randomised, so a repeated attempt has other bytes: the digest keeps the names apart.
    const dataref = `${envelope.id}.${datadigest.slice(0, 16)}`
    await bodies.put(dataref, body)
    const stored: StoredEnvelope = { ...head, dataref, datadigest }
    return { ...place(event), payload: Buffer.from(JSON.stringify(stored)), objectName: dataref }
  }

  const envelopeOf = (event: EventToEncode, keyId: string | undefined, data: unknown): EventEnvelope => {
    const { definition } = event
    return {
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
  }

  return (event) => {
    const { definition } = event
    const data = event.sealed ? { ...(event.data as object), [event.sealed.field]: '' } : event.data
    const problem = dataProblem(definition, data)
    if (problem !== null) {
      throw new PermanentError(eventLogErrors.eventInvalid, `${definition.type} cannot be recorded: ${problem}`)
    }
    if (definition.piiFields.length === 0) return message(event, undefined, data)
    const plain = data as Record<string, unknown>
    const keyId = personOf(definition, plain)
    return sealPersonalFields(cipher(), definition, event.id, keyId, plain).then((sealed) =>
      message(event, keyId, sealed)
    )
  }
}

/** How an envelope ends whose last field of data is an empty text. */
const EMPTY_END = '""}}'
const END = '"}}'

/** The envelope's JSON with the text in its last field of data, which is empty there. */
function writeSealed(envelope: EventEnvelope, text: SealedText): Buffer {
  const json = JSON.stringify(envelope)
  if (!json.endsWith(EMPTY_END)) throw new TypeError('The sealed field must be the last of the data, and the data last')
  const head = Buffer.from(json.slice(0, -END.length))
  const payload = Buffer.allocUnsafe(head.length + text.length + END.length)
  head.copy(payload)
  payload.write(text, head.length, 'latin1')
  payload.write(END, head.length + text.length, 'latin1')
  return payload
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
): Pick<OutgoingMessage, 'stream' | 'subject' | 'id' | 'type' | 'headers' | 'expectedSequence'> {
  return {
    stream: event.stream,
    subject: event.subject,
    id: event.id,
    type: event.definition.type,
    headers: [
      ['Nats-Msg-Id', event.id],
      ['ce-type', event.definition.type],
      ['ce-id', event.id],
      ['ce-correlationid', event.correlationId]
    ],
    expectedSequence: event.expectedSequence
  }
}
