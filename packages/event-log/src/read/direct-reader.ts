import { createInbox, type Msg, type NatsConnection } from '@nats-io/transport-node'
import type { StoredMessage } from '../codec/message.ts'
import { unavailable } from '../errors.ts'
import type { Naming } from '../naming.ts'
import type { ConnectionWatch } from '../server/connection-watch.ts'

/** Messages asked for in one request; a history longer than this takes several. */
const BATCH_MESSAGES = 512

/** So many new messages are fetched one by one before a batch is cheaper. */
const TAIL_SINGLES = 8

/** A direct get is answered from memory or disk within milliseconds; longer means that the server is away. */
const ANSWER_TIMEOUT_MS = 2_000

const NOT_FOUND = 404
const END_OF_BATCH = 204

/** A stored message with the subject it stands on. */
export interface FoundMessage extends StoredMessage {
  /** Logical subject. */
  readonly subject: string
}

/** Reads messages by place, without a consumer. */
export interface DirectReader {
  /** All messages of a subject from a sequence on, in order. */
  history(stream: string, subject: string, fromSequence: number): Promise<FoundMessage[]>
  /**
   * The same for the end of a history, of which little or nothing is expected: the server counts what is left before it
   * answers a batch, which takes it long in the midst of a large stream, while the next message costs it nothing.
   */
  tail(stream: string, subject: string, fromSequence: number): Promise<FoundMessage[]>
  /** The message with that sequence. */
  bySequence(stream: string, sequence: number): Promise<FoundMessage | null>
  /** The first message that was stored at that time or later. */
  since(stream: string, time: Date): Promise<FoundMessage | null>
  /** The newest message of a subject. */
  last(stream: string, subject: string): Promise<FoundMessage | null>
  /** The newest message of the subjects that a filter with wildcards covers. */
  lastMatching(stream: string, filter: string): Promise<FoundMessage | null>
  close(): void
}

interface Collector {
  readonly stream: string
  readonly messages: FoundMessage[]
  timer: NodeJS.Timeout
  finish(error: Error | null, pending: number): void
}

/**
 * Direct gets over one shared inbox. (The client's own `getBatch` leaves a subscription behind at every call.)
 * A failure is a TransientError EVENT_LOG_UNAVAILABLE, within two seconds.
 */
export function createDirectReader(connection: NatsConnection, naming: Naming, watch: ConnectionWatch): DirectReader {
  const inbox = createInbox()
  const collectors = new Map<string, Collector>()
  let serial = 0

  const receive = (message: Msg): void => {
    const token = message.subject.slice(inbox.length + 1)
    const collector = collectors.get(token)
    if (!collector) return
    const headers = message.headers
    const status = headers?.code ?? 0
    if (status === END_OF_BATCH) return collector.finish(null, Number(headers?.get('Nats-Num-Pending') ?? 0))
    if (status === NOT_FOUND) return collector.finish(null, 0)
    if (status !== 0 || !headers) {
      return collector.finish(unavailable(`Direct get failed: ${status} ${headers?.description ?? ''}`), 0)
    }
    collector.timer.refresh()
    collector.messages.push({
      stream: collector.stream,
      subject: naming.logicalSubject(headers.get('Nats-Subject')),
      sequence: Number(headers.get('Nats-Sequence')),
      payload: message.data
    })
    // A request for a single message is answered by the message alone, without an end mark.
    if (!headers.has('Nats-Num-Pending')) collector.finish(null, 0)
  }

  const subscription = connection.subscribe(`${inbox}.*`, {
    callback: (error, message) => {
      if (error === null) receive(message)
    }
  })

  const failAll = (): void => {
    for (const collector of [...collectors.values()]) collector.finish(unavailable('The event log is not connected'), 0)
  }
  const unwatch = watch.onChange((online) => {
    if (!online) failAll()
  })

  const request = (
    stream: string,
    query: object | null,
    lastSubject?: string
  ): Promise<{ messages: FoundMessage[]; pending: number }> =>
    new Promise((resolve, reject) => {
      const token = String(++serial)
      const messages: FoundMessage[] = []
      const finish = (error: Error | null, pending: number): void => {
        collectors.delete(token)
        clearTimeout(collector.timer)
        if (error) reject(error)
        else resolve({ messages, pending })
      }
      const collector: Collector = {
        stream,
        messages,
        finish,
        timer: setTimeout(
          () => finish(unavailable(`${stream} did not answer within ${ANSWER_TIMEOUT_MS} ms`), 0),
          ANSWER_TIMEOUT_MS
        )
      }
      collectors.set(token, collector)
      const target = `$JS.API.DIRECT.GET.${naming.stream(stream)}`
      try {
        connection.publish(
          lastSubject === undefined ? target : `${target}.${naming.subject(lastSubject)}`,
          query === null ? '' : JSON.stringify(query),
          { reply: `${inbox}.${token}` }
        )
      } catch (error) {
        finish(unavailable('The event log is closed', error), 0)
      }
    })

  const history = async (stream: string, subject: string, fromSequence: number): Promise<FoundMessage[]> => {
    const found: FoundMessage[] = []
    let from = fromSequence
    for (;;) {
      const query = { seq: from, next_by_subj: naming.subject(subject), batch: BATCH_MESSAGES }
      const { messages, pending } = await request(stream, query)
      found.push(...messages)
      const last = messages.at(-1)
      if (pending === 0 || !last) return found
      from = last.sequence + 1
    }
  }

  return {
    history,
    async tail(stream, subject, fromSequence) {
      const found: FoundMessage[] = []
      let from = fromSequence
      while (found.length < TAIL_SINGLES) {
        const [message] = (await request(stream, { seq: from, next_by_subj: naming.subject(subject) })).messages
        if (!message) return found
        found.push(message)
        from = message.sequence + 1
      }
      return [...found, ...(await history(stream, subject, from))]
    },
    async bySequence(stream, sequence) {
      return (await request(stream, { seq: sequence })).messages[0] ?? null
    },
    async since(stream, time) {
      // The server answers a start time only within a batch.
      return (await request(stream, { start_time: time.toISOString(), batch: 1 })).messages[0] ?? null
    },
    async last(stream, subject) {
      return (await request(stream, null, subject)).messages[0] ?? null
    },
    async lastMatching(stream, filter) {
      return (await request(stream, { last_by_subj: naming.subject(filter) })).messages[0] ?? null
    },
    close() {
      unwatch()
      subscription.unsubscribe()
      failAll()
    }
  }
}
