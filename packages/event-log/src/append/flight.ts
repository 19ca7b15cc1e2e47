import { TransientError } from '@leadlog/contracts'
import { headers, nuid, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node'
import type { OutgoingMessage } from '../codec/message.ts'
import { unavailable } from '../errors.ts'
import type { ConnectionWatch } from '../server/connection-watch.ts'
import { RefusedError, readAnswer } from './server-answer.ts'
import type { AppendResult } from './append-unit.ts'

/** The server's limit for one atomic batch. */
export const MAX_BATCH_MESSAGES = 1_000

export interface FlightContext {
  readonly connection: NatsConnection
  readonly watch: ConnectionWatch
}

/**
 * Sends messages as one publish or one atomic batch and waits for the server's word.
 *
 * The client's own batch publisher waits for an answer to the first message and hides the reason of a refusal; here
 * the whole batch leaves in one write and the commit's answer is read.
 *
 * @throws RefusedError when the server stored nothing; TransientError when the outcome is unknown
 */
export async function sendMessages(
  { connection, watch }: FlightContext,
  messages: readonly OutgoingMessage[],
  timeoutMs: number
): Promise<AppendResult> {
  const batchId = messages.length > 1 ? nuid.next() : null
  const last = messages.length - 1
  try {
    for (const [index, message] of messages.entries()) {
      const sent = messageHeaders(message)
      if (batchId !== null) {
        sent.set('Nats-Batch-Id', batchId)
        sent.set('Nats-Batch-Sequence', String(index + 1))
        if (index === last) sent.set('Nats-Batch-Commit', '1')
      }
      if (index < last) {
        connection.publish(message.subject, message.payload, { headers: sent })
        continue
      }
      const request = connection.request(message.subject, message.payload, { headers: sent, timeout: timeoutMs })
      return readAnswer(await unlessLost(watch, request), messages.length)
    }
  } catch (error) {
    if (error instanceof RefusedError || error instanceof TransientError) throw error
    throw unavailable(`The event log did not confirm an append: ${String(error)}`, error)
  }
  throw new TypeError('An append needs at least one message')
}

/** The client leaves a request open until its time-out when the connection breaks; its answer can no longer come. */
async function unlessLost<T>(watch: ConnectionWatch, request: Promise<T>): Promise<T> {
  const { promise: lost, reject } = Promise.withResolvers<never>()
  const unwatch = watch.onChange((online) => {
    if (!online) reject(unavailable('The connection was lost before the event log confirmed an append'))
  })
  try {
    return await Promise.race([request, lost])
  } finally {
    unwatch()
  }
}

function messageHeaders(message: OutgoingMessage): MsgHdrs {
  const all = headers()
  for (const [name, value] of message.headers) all.set(name, value)
  if (message.expectedSequence !== undefined)
    all.set('Nats-Expected-Last-Subject-Sequence', String(message.expectedSequence))
  return all
}
