import { createHash } from 'node:crypto'
import {
  PermanentError,
  type EventCipher,
  type EventDefinition,
  type EventRegistry,
  type RecordedEvent
} from '@leadlog/contracts'
import { eventLogErrors, isUnreadable, unreadable } from '../errors.ts'
import type { BodyStore } from './body-store.ts'
import { dataProblem } from './checker.ts'
import type { SealedEvent, StoredEnvelope, StoredMessage } from './message.ts'
import { openPersonalFields } from './personal-fields.ts'
import { schemaUri } from './schema-uri.ts'

export interface Decoder {
  /** First half of reading: JSON and, where it is elsewhere, the data. */
  parse(message: StoredMessage): SealedEvent | Promise<SealedEvent>
  /** Second half: opens personal fields, checks, lifts old versions. Done at every read, so that an erasure shows at once. */
  open(sealed: SealedEvent): RecordedEvent | Promise<RecordedEvent>
  /**
   * Both halves. Synchronous where nothing is sealed and nothing is elsewhere, which most events of a rebuild are.
   *
   * @throws PermanentError EVENT_LOG_EVENT_UNREADABLE
   */
  decode(message: StoredMessage): RecordedEvent | Promise<RecordedEvent>
}

export interface DecoderOptions {
  readonly registry: EventRegistry
  readonly cipher: () => EventCipher | undefined
  readonly bodies: BodyStore
}

export function createDecoder({ registry, cipher, bodies }: DecoderOptions): Decoder {
  /** Events without personal fields, checked once for as long as a cache keeps them. */
  const settled = new WeakMap<SealedEvent, RecordedEvent>()

  const parse = (message: StoredMessage): SealedEvent | Promise<SealedEvent> => {
    const stored = readEnvelope(message)
    const { data, dataref, datadigest, ...envelope } = stored
    const base = { stream: message.stream, sequence: message.sequence, envelope }
    if (dataref === undefined) return { ...base, data, bytes: message.payload.length }
    return fetchData(message, dataref, datadigest).then((body) => ({
      ...base,
      data: body.data,
      bytes: message.payload.length + body.bytes
    }))
  }

  const fetchData = async (
    { stream, sequence }: StoredMessage,
    name: string,
    digest: string | undefined
  ): Promise<{ data: unknown; bytes: number }> => {
    const bytes = await bodies.get(name)
    if (bytes === null) throw unreadable(stream, sequence, `its data "${name}" is not in the object store`)
    if (createHash('sha256').update(bytes).digest('hex') !== digest)
      throw unreadable(stream, sequence, `its data "${name}" does not have the digest it was recorded with`)
    return { data: JSON.parse(Buffer.from(bytes).toString()) as unknown, bytes: bytes.length }
  }

  const open = (sealed: SealedEvent): RecordedEvent | Promise<RecordedEvent> => {
    const definition = registry.find(sealed.envelope.type)
    // Written by a newer release: passed on as it is, so that handlers which do not know it can pass it over.
    if (!definition) return recorded(sealed, sealed.envelope.type, sealed.data)
    if (definition.piiFields.length > 0) return openSealed(sealed, definition)
    const known = settled.get(sealed)
    if (known) return known
    const event = settle(sealed, definition, sealed.data, false)
    settled.set(sealed, event)
    return event
  }

  const openSealed = async (sealed: SealedEvent, definition: EventDefinition): Promise<RecordedEvent> => {
    const { envelope, data, stream, sequence } = sealed
    if (envelope.keyid === undefined) throw unreadable(stream, sequence, 'it names no key for its personal fields')
    if (typeof data !== 'object' || data === null) throw unreadable(stream, sequence, 'it has no data')
    const result = await openPersonalFields(
      cipher(),
      definition,
      envelope.id,
      envelope.keyid,
      data as Record<string, unknown>
    ).catch((error: unknown) => {
      if (
        error instanceof TypeError ||
        (error instanceof PermanentError && error.code !== eventLogErrors.cipherMissing)
      )
        throw unreadable(stream, sequence, error.message, error)
      throw error
    })
    return settle(sealed, definition, result.data, result.erased)
  }

  const settle = (sealed: SealedEvent, definition: EventDefinition, data: unknown, erased: boolean): RecordedEvent => {
    const problem = dataProblem(definition, data, erased)
    if (problem !== null) throw unreadable(sealed.stream, sealed.sequence, `${definition.type} ${problem}`)
    const newest = registry.newest(definition.type) ?? definition
    if (newest === definition) return recorded(sealed, definition.type, data)
    const lifted = upcast(sealed, definition, data)
    const liftedProblem = dataProblem(newest, lifted.data, erased)
    if (liftedProblem !== null)
      throw unreadable(sealed.stream, sealed.sequence, `${lifted.type} (from ${definition.type}) ${liftedProblem}`)
    return {
      ...recorded(sealed, newest.type, lifted.data),
      schemaversion: newest.version,
      dataschema: schemaUri(newest.type)
    }
  }

  const upcast = (sealed: SealedEvent, definition: EventDefinition, data: unknown): { type: string; data: unknown } => {
    try {
      return registry.upcast(definition.type, data)
    } catch (cause) {
      throw unreadable(sealed.stream, sealed.sequence, `${definition.type} cannot be lifted: ${String(cause)}`, cause)
    }
  }

  return {
    parse,
    open,
    decode(message) {
      const sealed = parse(message)
      return sealed instanceof Promise ? sealed.then(open) : open(sealed)
    }
  }
}

function readEnvelope({ stream, sequence, payload }: StoredMessage): StoredEnvelope {
  try {
    const parsed = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString()) as unknown
    if (isEnvelope(parsed)) return parsed
    throw unreadable(stream, sequence, 'it is not a CloudEvent with id, type, subject and time')
  } catch (error) {
    if (isUnreadable(error)) throw error
    throw unreadable(stream, sequence, 'it is not JSON')
  }
}

function isEnvelope(value: unknown): value is StoredEnvelope {
  if (typeof value !== 'object' || value === null) return false
  const { specversion, id, type, subject, time } = value as Partial<StoredEnvelope>
  return (
    specversion === '1.0' &&
    typeof id === 'string' &&
    typeof type === 'string' &&
    typeof subject === 'string' &&
    typeof time === 'string'
  )
}

function recorded(sealed: SealedEvent, type: string, data: unknown): RecordedEvent {
  return { ...sealed.envelope, type, data, stream: sealed.stream, sequence: sealed.sequence }
}
