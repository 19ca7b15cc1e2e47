import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream'

/** How many filters are asked about at once. */
const ASKED_AT_ONCE = 16

/** Where a reader stands. */
export interface ReaderPlace {
  /** Names on the server. */
  readonly stream: string
  readonly consumer: string
  /** What the server leaves out; none for the whole stream. */
  readonly filters: readonly string[]
  /** The sequence behind the last message received. */
  readonly next: number
  /** How many messages the consumer has given. */
  readonly consumerSequence: number
  /** Up to here the reader was found level before, so that it need not be asked again. */
  readonly levelBefore: number
}

/**
 * The stream's last sequence if the reader has been given all that it wants up to there; null while some is to come.
 *
 * The consumer lives beside one replica of the stream and tells what that one holds, while the last sequence is the
 * leader's. A replica that lags would make a reader believe that it was level, and pass over what comes later; in a
 * replicated stream the leader is therefore asked whether anything for the reader stands in between.
 *
 * @throws what the manager throws, for example while a leader is elected
 */
export async function levelReached(
  manager: Pick<JetStreamManager, 'streams' | 'consumers'>,
  { stream, consumer, filters, next, consumerSequence, levelBefore }: ReaderPlace
): Promise<number | null> {
  const { state, config } = await manager.streams.info(stream)
  const { num_pending: pending, delivered } = await manager.consumers.info(stream, consumer)
  if (pending > 0 || delivered.consumer_seq !== consumerSequence) return null
  const level = state.last_seq
  const from = Math.max(next, levelBefore + 1)
  if (config.num_replicas === 1 || from > level) return level
  const firstUnder = (filter: string): Promise<StoredMsg | null> => {
    const query = { seq: from, next_by_subj: filter }
    return manager.streams.getMessage(stream, query)
  }
  const wanted = filters.length === 0 ? ['>'] : filters
  for (let start = 0; start < wanted.length; start += ASKED_AT_ONCE) {
    const firsts = await Promise.all(wanted.slice(start, start + ASKED_AT_ONCE).map(firstUnder))
    if (firsts.some((first) => first !== null && first.seq <= level)) return null
  }
  return level
}
