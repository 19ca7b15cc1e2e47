import { JetStreamApiError, type JetStreamManager, type StoredMsg } from '@nats-io/jetstream'
import { unavailable } from '../errors.ts'
import type { Naming } from '../naming.ts'
import type { DirectReader, FoundMessage } from './direct-reader.ts'

const NO_MESSAGE_FOUND = 10037

/** The first message of a subject at a sequence or behind it, or the newest of a subject. */
type Query = { readonly seq: number; readonly next_by_subj: string } | { readonly last_by_subj: string }

/**
 * Reads of a replicated stream that see every write acknowledged before. A direct get is answered by any replica, also
 * by one that lags: a handler could miss the very event that it is about. What a direct get brought is therefore
 * completed by the stream's leader, which costs one more round trip for an empty end. What cannot change (a message
 * with its sequence, once it is there) stays with the replicas.
 */
export function createLeaderReader(manager: JetStreamManager, naming: Naming, direct: DirectReader): DirectReader {
  const ask = async (stream: string, query: Query): Promise<FoundMessage | null> => {
    try {
      const found = await manager.streams.getMessage(naming.stream(stream), query)
      return found === null ? null : foundMessage(stream, naming, found)
    } catch (error) {
      if (error instanceof JetStreamApiError && error.code === NO_MESSAGE_FOUND) return null
      throw unavailable(`The leader of ${stream} did not answer`, error)
    }
  }
  const end = async (stream: string, subject: string, fromSequence: number): Promise<FoundMessage[]> => {
    const found: FoundMessage[] = []
    let from = fromSequence
    for (;;) {
      const message = await ask(stream, { seq: from, next_by_subj: naming.subject(subject) })
      if (!message) return found
      found.push(message)
      from = message.sequence + 1
    }
  }
  const last = (stream: string, subject: string): Promise<FoundMessage | null> =>
    ask(stream, { last_by_subj: naming.subject(subject) })

  return {
    async history(stream, subject, fromSequence) {
      const found = await direct.history(stream, subject, fromSequence)
      const next = (found.at(-1)?.sequence ?? fromSequence - 1) + 1
      return [...found, ...(await end(stream, subject, next))]
    },
    tail: end,
    async bySequence(stream, sequence) {
      const found = await direct.bySequence(stream, sequence)
      if (found) return found
      const message = await ask(stream, { seq: sequence, next_by_subj: naming.subject('>') })
      return message?.sequence === sequence ? message : null
    },
    since: (stream, time) => direct.since(stream, time),
    last,
    lastMatching: last,
    close: () => direct.close()
  }
}

function foundMessage(stream: string, naming: Naming, { subject, seq, data }: StoredMsg): FoundMessage {
  return { stream, subject: naming.logicalSubject(subject), sequence: seq, payload: data }
}
