import { TransientError } from '@leadlog/contracts'
import { nuid, type Msg, type MsgHdrs, type NatsConnection } from '@nats-io/transport-node'
import type { OutgoingMessage } from '../codec/message.ts'
import { unavailable } from '../errors.ts'
import type { AppendResult } from './append-unit.ts'
import type { ReplyInbox } from './reply-inbox.ts'
import { RefusedError, readAnswer } from './server-answer.ts'

/** The server's limit for one atomic batch. */
export const MAX_BATCH_MESSAGES = 1_000

export interface FlightContext {
  readonly connection: NatsConnection
  readonly replies: ReplyInbox
}

/** Hears how a flight ended; one of the two is called, once. */
export interface FlightEnd {
  landed(result: AppendResult): void
  /** RefusedError when the server stored nothing; TransientError when the outcome is unknown. */
  failed(error: RefusedError | TransientError): void
}

/**
 * Sends messages, at least one, as one publish or one atomic batch and hears the server's word.
 *
 * The client's own batch publisher waits for an answer to the first message and hides the reason of a refusal; here
 * the whole batch leaves in one write and the commit's answer is read.
 */
export function sendMessages(
  { connection, replies }: FlightContext,
  messages: readonly OutgoingMessage[],
  end: FlightEnd
): void {
  const batchId = messages.length > 1 ? nuid.next() : null
  const last = messages.length - 1
  const failed = (error: unknown): void => end.failed(failureOf(error))
  const answered = (answer: Msg): void => {
    let result: AppendResult
    try {
      result = readAnswer(answer, messages.length)
    } catch (error) {
      return failed(error)
    }
    end.landed(result)
  }
  try {
    for (const [index, message] of messages.entries()) {
      const sent = headersOf(message, batchId === null ? '' : batchHeaders(batchId, index, last))
      if (index < last) connection.publish(message.subject, message.payload, { headers: sent })
      else replies.request(message.subject, message.payload, sent, { answered, unanswered: failed })
    }
  } catch (error) {
    failed(error)
  }
}

function failureOf(error: unknown): RefusedError | TransientError {
  if (error instanceof RefusedError || error instanceof TransientError) return error
  return unavailable(`The event log did not confirm an append: ${String(error)}`, error)
}

function batchHeaders(batchId: string, index: number, last: number): string {
  const head = `Nats-Batch-Id: ${batchId}\r\nNats-Batch-Sequence: ${index + 1}\r\n`
  return index === last ? `${head}Nats-Batch-Commit: 1\r\n` : head
}

/** All that a publish asks of headers. */
class WrittenHeaders {
  readonly #block: Uint8Array
  constructor(block: Uint8Array) {
    this.#block = block
  }
  encode(): Uint8Array {
    return this.#block
  }
}

/** The client's headers check and copy each name and value for every message; these are written at once. */
function headersOf(message: OutgoingMessage, batch: string): MsgHdrs {
  let block = 'NATS/1.0\r\n'
  for (const [name, value] of message.headers) {
    if (/[\r\n]/.test(value)) throw new TypeError(`Header ${name} of message ${message.id} has a line break`)
    block += `${name}: ${value}\r\n`
  }
  if (message.expectedSequence !== undefined)
    block += `Nats-Expected-Last-Subject-Sequence: ${message.expectedSequence}\r\n`
  const encoded = Buffer.from(`${block}${batch}\r\n`)
  return new WrittenHeaders(encoded) as unknown as MsgHdrs
}
