import {
  LeadCaptured,
  LeadEnriched,
  MeetingBooked,
  NoteWritten,
  RecordWritten,
  WriteQueued,
  type EventEnvelope
} from '@leadlog/contracts'
import { DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'

/** What a booking goes through, in the order in which it does. */
export const STAGES: readonly { readonly name: string; readonly type: string }[] = [
  MeetingBooked,
  LeadCaptured,
  LeadEnriched,
  WriteQueued,
  RecordWritten,
  NoteWritten
].map(({ name, type }) => ({ name, type }))

/** When the first event of a type was recorded because of a webhook: milliseconds of Unix time, by event type. */
export type StageTimes = ReadonlyMap<string, number>

/** The number of the newest event, to read on from later. */
export async function lastEvent(connection: NatsConnection): Promise<number> {
  return (await (await jetstreamManager(connection)).streams.info('EVENTS')).state.last_seq
}

/** Stage times of each webhook by its id, from the events after a place. */
export async function stageTimesAfter(connection: NatsConnection, place: number): Promise<Map<string, StageTimes>> {
  const times = new Map<string, Map<string, number>>()
  const last = await lastEvent(connection)
  if (last <= place) return times
  const options = { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: place + 1 }
  const consumer = await jetstream(connection).consumers.get('EVENTS', options)
  const messages = await consumer.consume({ max_messages: 1_000 })
  for await (const message of messages) {
    const { correlationid, type, time } = message.json<EventEnvelope>()
    const own = times.get(correlationid) ?? new Map<string, number>()
    if (!own.has(type)) own.set(type, Date.parse(time))
    times.set(correlationid, own)
    if (message.seq >= last) break
  }
  await messages.close()
  return times
}
