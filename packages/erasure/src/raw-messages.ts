import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import type { EventLog } from '@leadlog/event-log'

/** A message as its stream holds it. */
export interface RawMessage {
  readonly sequence: number
  /** Logical subject. */
  readonly subject: string
  readonly data: Uint8Array
}

/** Logical names of every stream of this system that rests on disk, buckets and object stores too. */
export async function streamsOnDisk(log: EventLog): Promise<string[]> {
  const manager = await jetstreamManager(log.connection)
  const names: string[] = []
  const { prefix } = log.naming
  for await (const info of manager.streams.list()) {
    const { name, storage } = info.config
    const ours = prefix === '' || name.startsWith(`${prefix}_`) || name.includes(`_${prefix}_`)
    if (ours && storage === 'file') names.push(name)
  }
  return names.sort()
}

/** Every message of a stream (by its name on the server) that is there now, in order. */
export async function* rawMessages(log: EventLog, stream: string): AsyncGenerator<RawMessage, void, undefined> {
  const manager = await jetstreamManager(log.connection)
  const { state } = await manager.streams.info(stream)
  if (state.messages === 0) return
  const consumer = await jetstream(log.connection).consumers.get(stream)
  const messages = await consumer.consume()
  try {
    for await (const message of messages) {
      yield { sequence: message.seq, subject: log.naming.logicalSubject(message.subject), data: message.data }
      if (message.seq >= state.last_seq || message.info.pending === 0) return
    }
  } finally {
    await messages.close()
  }
}
