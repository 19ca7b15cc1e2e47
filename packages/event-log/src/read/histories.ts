import { aggregateSubject, type AggregateRef, type RecordedEvent } from '@leadlog/contracts'
import type { EventCodec } from '../codec/codec.ts'
import type { SealedEvent } from '../codec/message.ts'
import type { DirectReader } from './direct-reader.ts'
import type { HistoryCache } from './history-cache.ts'
import { settleInOrder } from './settle-in-order.ts'

/** All events of one aggregate, in order, in their newest versions. */
export interface AggregateHistory {
  readonly ref: AggregateRef
  readonly events: readonly RecordedEvent[]
  /** Sequence of the aggregate's last event in the stream; 0 when it has none. */
  readonly sequence: number
}

export interface Histories {
  load(ref: AggregateRef): Promise<AggregateHistory>
  /** As far as it is remembered, without asking whether there is more; null where nothing is. */
  recall(ref: AggregateRef): Promise<AggregateHistory | null>
  /** Adds what was just appended, so that the next load need not fetch it. `after` is the sequence it follows. */
  remember(ref: AggregateRef, after: number, events: readonly SealedEvent[]): void
}

/** Logical subject of the aggregate's events. */
export function eventSubject(ref: AggregateRef): string {
  return `evt.${aggregateSubject(ref)}`
}

export function createHistories(reader: DirectReader, codec: EventCodec, cache: HistoryCache): Histories {
  const opened = async (ref: AggregateRef, sealed: readonly SealedEvent[]): Promise<AggregateHistory> => {
    const events = await settleInOrder(sealed.map((event) => codec.open(event)))
    return { ref, events, sequence: sealed.at(-1)?.sequence ?? 0 }
  }

  return {
    async load(ref) {
      const subject = eventSubject(ref)
      const known = cache.get(subject)
      // One round trip in any case: it brings what is new, or says that nothing is.
      const found = known
        ? await reader.tail('EVENTS', subject, known.sequence + 1)
        : await reader.history('EVENTS', subject, 1)
      const added = await settleInOrder(found.map((message) => codec.parse(message)))
      const sealed = known ? (added.length > 0 ? [...known.events, ...added] : known.events) : added
      if (added.length > 0) cache.put(subject, sealed)
      return opened(ref, sealed)
    },
    async recall(ref) {
      const known = cache.get(eventSubject(ref))
      return known ? opened(ref, known.events) : null
    },
    remember(ref, after, events) {
      const subject = eventSubject(ref)
      const known = cache.get(subject)
      if ((known?.sequence ?? 0) === after) cache.put(subject, [...(known?.events ?? []), ...events])
    }
  }
}
