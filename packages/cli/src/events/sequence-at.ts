import type { EventLog } from '@leadlog/event-log'
import { jetstreamManager } from '@nats-io/jetstream'
import type { Moment } from '../declaration/moment.ts'

/** First and last sequence that a stream holds; `last` is `first - 1` for an empty one. */
export async function streamRange(log: EventLog, stream: string): Promise<{ first: number; last: number }> {
  const manager = await jetstreamManager(log.connection, { checkAPI: false })
  const { state } = await manager.streams.info(log.naming.stream(stream))
  return { first: Math.max(1, state.first_seq), last: state.last_seq }
}

/**
 * The first sequence of the stream at or after the moment, found by halving: events are recorded in the order of their
 * times but for the clocks' differences. One behind the last where everything is older.
 */
export async function sequenceAt(log: EventLog, stream: string, moment: Moment): Promise<number> {
  const { first, last } = await streamRange(log, stream)
  if ('sequence' in moment) return Math.min(Math.max(first, moment.sequence), last + 1)
  let low = first
  let high = last + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const time = await timeFrom(log, stream, middle, high)
    if (time === null || time >= moment.time.getTime()) high = middle
    else low = middle + 1
  }
  return low
}

/** When the next readable event from the sequence on was recorded; null where there is none before the end. */
async function timeFrom(log: EventLog, stream: string, sequence: number, end: number): Promise<number | null> {
  for (let at = sequence; at < end; at++) {
    const event = await log.get(stream, at).catch(() => null)
    if (event) return Date.parse(event.time)
  }
  return null
}
