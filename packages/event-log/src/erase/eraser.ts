import { derivedId, isEvent, WebhookErased, WebhookReceived, type Actor } from '@leadlog/contracts'
import { JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream'
import type { AppendPipeline } from '../append/append-pipeline.ts'
import type { Cause } from '../append/cause.ts'
import type { EventCodec } from '../codec/codec.ts'
import { unavailable } from '../errors.ts'
import type { Naming } from '../naming.ts'
import type { DirectReader } from '../read/direct-reader.ts'

/** JetStream's codes for what is gone already, which is what was wanted. */
const GONE: ReadonlySet<number> = new Set([10037, 10043, 10059])

export interface EraseWebhookRequest {
  readonly provider: string
  /** The webhook's id. */
  readonly webhookId: string
  readonly erasureId: string
  readonly actor: Actor
  readonly cause: Cause
}

/** Removes messages so that nothing of them is left in the server's files. */
export interface Eraser {
  eraseWebhook(request: EraseWebhookRequest): Promise<boolean>
  eraseMessage(stream: string, sequence: number): Promise<boolean>
}

export function createEraser(parts: {
  manager: JetStreamManager
  naming: Naming
  codec: EventCodec
  reader: DirectReader
  pipeline: AppendPipeline
}): Eraser {
  const { manager, naming, codec, reader, pipeline } = parts

  /** Overwrites the message on the server's disk; false when it was gone. */
  const erase = async (serverStream: string, sequence: number): Promise<boolean> => {
    try {
      return await manager.streams.deleteMessage(serverStream, sequence, true)
    } catch (error) {
      if (error instanceof JetStreamApiError && GONE.has(error.code)) return false
      throw unavailable(`A message of ${serverStream} could not be erased: ${String(error)}`, error)
    }
  }

  const found = async (stream: string, query: { last_by_subj: string } | { seq: number; next_by_subj: string }) => {
    try {
      return await manager.streams.getMessage(stream, query)
    } catch (error) {
      if (error instanceof JetStreamApiError && GONE.has(error.code)) return null
      throw unavailable(`An object could not be erased: ${String(error)}`, error)
    }
  }

  /** The object's chunks and its name, each overwritten. */
  const eraseObject = async (name: string): Promise<void> => {
    const bucket = naming.bucket('OBJECTS')
    const stream = `OBJ_${bucket}`
    const meta = `$O.${bucket}.M.${Buffer.from(name).toString('base64url')}`
    for (const subject of await objectSubjects(stream, meta)) {
      for (let sequence = 1; ;) {
        const query = { seq: sequence, next_by_subj: subject }
        const next = await found(stream, query)
        if (!next) break
        await erase(stream, next.seq)
        sequence = next.seq + 1
      }
    }
  }

  const objectSubjects = async (stream: string, meta: string): Promise<string[]> => {
    const info = await found(stream, { last_by_subj: meta })
    const { nuid } = info ? info.json<{ nuid?: string }>() : {}
    const bucket = naming.bucket('OBJECTS')
    // The chunks first: without the name nothing would lead to them after a crash.
    return [...(nuid === undefined ? [] : [`$O.${bucket}.C.${nuid}`]), meta]
  }

  return {
    async eraseWebhook({ provider, webhookId, erasureId, actor, cause }) {
      const subject = `in.${provider}.${webhookId}`
      let messages = await reader.history('INGEST', subject, 1)
      const last = messages.at(-1)
      if (!last) return false
      const event = await codec.decode(last)
      if (isEvent(event, WebhookReceived)) {
        const { data } = event
        const message = await codec.encode({
          id: derivedId('webhook-erased', webhookId, String(last.sequence)),
          definition: WebhookErased,
          aggregateId: webhookId,
          data: {
            webhookId,
            provider: data.provider,
            eventType: data.eventType,
            receivedAt: data.receivedAt,
            disposition: data.disposition,
            ignoredBecause: data.ignoredBecause,
            verifiedBy: data.verdict.scheme,
            size: data.size,
            erasureId
          },
          actor,
          correlationId: webhookId,
          causationId: cause.id,
          stream: 'INGEST',
          subject: naming.subject(subject),
          expectedSequence: last.sequence
        })
        // The place is held before the original goes: at no moment is a repeat taken for new.
        await pipeline.append([message])
        messages = await reader.history('INGEST', subject, 1)
      }
      const holder = messages.at(-1)
      if (!holder || isEvent(await codec.decode(holder), WebhookReceived)) {
        throw unavailable('The place of an erased webhook could not be held')
      }
      for (const message of messages.slice(0, -1)) {
        const { dataref } = JSON.parse(Buffer.from(message.payload).toString('utf8')) as { dataref?: string }
        if (dataref !== undefined) await eraseObject(dataref)
        await erase(naming.stream('INGEST'), message.sequence)
      }
      return messages.length > 1
    },
    eraseMessage: (stream, sequence) => erase(naming.stream(stream), sequence)
  }
}
