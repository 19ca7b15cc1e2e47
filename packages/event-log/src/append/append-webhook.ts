import { WebhookReceived, type Actor, type DataOf, type SealedText } from '@leadlog/contracts'
import type { EventCodec } from '../codec/codec.ts'
import { MAX_INLINE_BYTES } from '../codec/encoder.ts'
import { unavailable } from '../errors.ts'
import type { Naming } from '../naming.ts'
import type { DirectReader } from '../read/direct-reader.ts'
import type { AppendPipeline } from './append-pipeline.ts'

/** A webhook's sender gives up after 5 to 10 s and must hear 503 well before; a healthy append takes milliseconds. */
export const WEBHOOK_TIMEOUT_MS = 1_800

/** A little later, so that the more exact message of a failed append comes first. */
const LATEST_ANSWER_MS = WEBHOOK_TIMEOUT_MS + 200

/** From here on a body may be moved to the object store. */
const LARGE_BODY_LENGTH = MAX_INLINE_BYTES / 2

const PROVIDER_FORM = /^[A-Za-z0-9_-]+$/

/** What is stored of a webhook beside its body. */
export type WebhookFacts = Omit<DataOf<typeof WebhookReceived>, 'body'>

/** One verified webhook, its body sealed by the caller. */
export interface WebhookEntry {
  /** Hash of the idempotency key; safe in a subject. */
  readonly eventId: string
  readonly provider: string
  readonly data: WebhookFacts
  readonly body: SealedText
  /** Who brought it, where it was not the provider. */
  readonly actor?: Actor | undefined
  readonly traceparent?: string | undefined
}

/** Where the webhook stands; `duplicate` when it had been stored before this call. */
export interface AppendedWebhook {
  readonly duplicate: boolean
  readonly sequence: number
}

export interface WebhookAppender {
  append(entry: WebhookEntry): Promise<AppendedWebhook>
}

/**
 * One message per webhook, for as long as the stream keeps the first: the message id catches retries in flight, the
 * expected sequence 0 on the webhook's own subject every later one.
 */
export function createWebhookAppender(options: {
  codec: EventCodec
  pipeline: AppendPipeline
  reader: DirectReader
  naming: Naming
}): WebhookAppender {
  const { codec, pipeline, reader, naming } = options
  const underWay = new Map<string, Promise<AppendedWebhook>>()

  const store = async (entry: WebhookEntry, until: number): Promise<AppendedWebhook> => {
    const subject = `in.${entry.provider}.${entry.eventId}`
    if (isLarge(entry)) {
      // Asked first, so that a repetition leaves no second copy in the object store.
      const before = await reader.last('INGEST', subject)
      if (before) return { duplicate: true, sequence: before.sequence }
    }
    const message = await codec.encode({
      id: entry.eventId,
      definition: WebhookReceived,
      aggregateId: entry.eventId,
      data: entry.data,
      sealed: { field: 'body', text: entry.body },
      actor: entry.actor ?? `provider:${entry.provider}`,
      correlationId: entry.eventId,
      causationId: entry.eventId,
      traceparent: entry.traceparent,
      stream: 'INGEST',
      subject: naming.subject(subject),
      expectedSequence: 0
    })
    const result = await pipeline.append([message])
    const sequence = result.kind === 'stored' ? result.sequences[0] : null
    if (sequence) return { duplicate: false, sequence }
    // Only what is seen in the stream is called a duplicate: a rival append that fails later would leave nothing.
    const stored = await inTime(reader.last('INGEST', subject), until)
    if (!stored) throw unavailable('Another append of the same webhook is under way and not yet stored')
    return { duplicate: true, sequence: stored.sequence }
  }

  return {
    async append(entry) {
      if (!PROVIDER_FORM.test(entry.provider))
        throw new TypeError(`"${entry.provider}" cannot be part of a subject: use letters, digits, - and _ only`)
      const first = underWay.get(entry.eventId)
      if (first) return { ...(await first), duplicate: true }
      const until = performance.now() + LATEST_ANSWER_MS
      // The pipeline ends a usual append in time by itself.
      const mine = isLarge(entry) ? inTime(store(entry, until), until) : store(entry, until)
      underWay.set(entry.eventId, mine)
      try {
        return await mine
      } finally {
        underWay.delete(entry.eventId)
      }
    }
  }
}

function isLarge(entry: WebhookEntry): boolean {
  return entry.body.length > LARGE_BODY_LENGTH
}

/** The whole of it, object store and second look included, stays within the time that the sender waits. */
async function inTime<T>(work: Promise<T>, until: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(unavailable(`INGEST did not confirm a webhook within ${LATEST_ANSWER_MS} ms`)),
    until - performance.now()
  )
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
