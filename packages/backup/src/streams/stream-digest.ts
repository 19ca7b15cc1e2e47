import { createHash, type Hash } from 'node:crypto'
import type { JsMsg } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import type { StreamDigest } from '../format/manifest.ts'
import { messageHead, readMessages } from './read-messages.ts'

const REPORT_EVERY = 1_000

/** Messages to fold, none beyond `to`. Sequences in `skip` are passed over, whether they are there or not. */
export interface DigestRange {
  readonly from: number
  readonly to: number
  readonly skip?: StreamDigest['holes']
}

/**
 * Folds a stream's messages, one after another, into one digest of sequence, time, subject, headers and data. Two streams
 * with the same digest over the same sequences hold the same messages.
 */
export async function digestStream(
  connection: NatsConnection,
  stream: string,
  range: DigestRange,
  onMessages: (count: number) => void = () => undefined
): Promise<StreamDigest> {
  const hash = createHash('sha256')
  const holes: [number, number][] = []
  const skipped = skipper(range.skip ?? [])
  let first = 0
  let expected = 0
  let count = 0
  const fold = (message: JsMsg): void => {
    if (skipped(message.seq)) return
    if (first === 0) first = expected = message.seq
    if (message.seq > expected) holes.push([expected, message.seq - 1])
    expected = message.seq + 1
    count++
    foldMessage(hash, message)
    if (count % REPORT_EVERY === 0) onMessages(count)
  }

  for await (const message of readMessages(connection, stream, range)) fold(message)
  onMessages(count)
  return { from: first, to: range.to, count, holes, sha256: hash.digest('hex') }
}

function foldMessage(hash: Hash, message: JsMsg): void {
  const head = messageHead(message)
  hash.update(`${head.length} ${message.data.length}\n`).update(head).update(message.data)
}

/** Asked in ascending order only. */
function skipper(holes: StreamDigest['holes']): (sequence: number) => boolean {
  let at = 0
  return (sequence) => {
    while ((holes[at]?.[1] ?? Infinity) < sequence) at++
    return (holes[at]?.[0] ?? Infinity) <= sequence
  }
}
