import { DeliverPolicy, jetstream, type JsMsg } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'

/** What is read ahead: large bodies would otherwise fill the memory by their number. */
const READ_AHEAD_BYTES = 8 * 1024 * 1024

/** The messages of a stream that are there now, in order, from one sequence to another, both included. */
export async function* readMessages(
  connection: NatsConnection,
  stream: string,
  range: { readonly from: number; readonly to: number }
): AsyncGenerator<JsMsg> {
  const js = jetstream(connection)
  const first = Math.max(range.from, 1)
  if (range.to < first) return
  const from = { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: first }
  const consumer = await js.consumers.get(stream, from)
  try {
    // Where nothing is left from there on, it would wait for ever.
    if ((await consumer.info()).num_pending === 0) return
    const messages = await consumer.consume({ max_bytes: READ_AHEAD_BYTES })
    try {
      for await (const message of messages) {
        if (message.seq <= range.to) yield message
        if (message.seq >= range.to || message.info.pending === 0) break
      }
    } finally {
      await messages.close()
    }
  } finally {
    await consumer.delete()
  }
}

/** Everything of a message but its data, in one fixed form: sequence, time in nanoseconds, subject, headers. */
export function messageHead(message: JsMsg): string {
  return JSON.stringify([message.seq, String(message.info.timestampNanos), message.subject, messageHeaders(message)])
}

/** Name and value in turn. */
export function messageHeaders(message: JsMsg): string[] {
  const headers: string[] = []
  for (const [name, values] of message.headers ?? []) for (const value of values) headers.push(name, value)
  return headers
}
