import { createInbox, type NatsConnection } from '@nats-io/nats-core'
import { backupErrors, passingError } from '../errors.ts'
import { patientMessages } from './patient-messages.ts'

/** Of one message of the snapshot; the servers' `max_payload` is 1 MB or more. */
const MESSAGE_BYTES = 256 * 1024
/** What the server sends ahead. */
const WINDOW_BYTES = 8 * 1024 * 1024
/** A server answers within milliseconds; one that checks a large stream may need longer. */
const ANSWER_MS = 60_000
/** Between two messages: the server reads a block of the disk meanwhile. */
const SILENCE_MS = 60_000

const END_OF_SNAPSHOT = 204

/** What the server says about a stream before it sends it. */
export interface SnapshotHead {
  readonly config: Record<string, unknown>
  readonly state: Record<string, unknown> & { messages: number; first_seq: number; last_seq: number; bytes: number }
}

/**
 * A stream as the server itself copies it: every message with its sequence, time and headers, and what was deleted in
 * between. Without its consumers: their positions could be ahead of the copied messages.
 *
 * @throws TransientError `BACKUP_SNAPSHOT_FAILED`
 */
export async function openSnapshot(
  connection: NatsConnection,
  stream: string
): Promise<{ head: SnapshotHead; bytes: AsyncGenerator<Uint8Array> }> {
  const inbox = createInbox()
  const incoming = patientMessages(connection, inbox)
  const request = {
    deliver_subject: inbox,
    no_consumers: true,
    jsck: true,
    chunk_size: MESSAGE_BYTES,
    window_size: WINDOW_BYTES
  }
  const head = await ask(connection, `$JS.API.STREAM.SNAPSHOT.${stream}`, request, stream).catch((error: unknown) => {
    incoming.stop()
    throw error
  })

  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const message = await within(SILENCE_MS, stream, incoming.next())
        if (message === null) throw failed(stream, 'the connection was closed')
        if (message.data.length === 0) {
          const code = message.headers?.code ?? END_OF_SNAPSHOT
          if (code === END_OF_SNAPSHOT) return
          throw failed(stream, message.headers?.description ?? `the server answered ${code}`)
        }
        yield message.data
        incoming.taken(message)
      }
    } finally {
      incoming.stop()
    }
  }
  return { head: head as unknown as SnapshotHead, bytes: bytes() }
}

/**
 * Makes a stream of a snapshot on a server that has none of that name.
 *
 * @throws TransientError `BACKUP_SNAPSHOT_FAILED`
 */
export async function restoreSnapshot(
  connection: NatsConnection,
  stream: string,
  head: SnapshotHead,
  bytes: AsyncIterable<Uint8Array>
): Promise<void> {
  const answer = await ask(connection, `$JS.API.STREAM.RESTORE.${stream}`, head, stream)
  const subject = answer['deliver_subject']
  if (typeof subject !== 'string') throw failed(stream, 'the server named no subject to send the snapshot to')
  try {
    await sendAll(connection, stream, subject, bytes)
  } catch (error) {
    // Ends it on the server's side too, which then drops what it got; else it would wait for more.
    await connection.request(subject, new Uint8Array(), { timeout: ANSWER_MS }).catch(() => undefined)
    throw error
  }
  const end = await connection.request(subject, new Uint8Array(), { timeout: ANSWER_MS })
  refuseErrors(stream, end.json())
}

async function sendAll(
  connection: NatsConnection,
  stream: string,
  subject: string,
  bytes: AsyncIterable<Uint8Array>
): Promise<void> {
  for await (const chunk of bytes) {
    for (let start = 0; start < chunk.length; start += MESSAGE_BYTES) {
      const reply = await connection.request(subject, chunk.subarray(start, start + MESSAGE_BYTES), {
        timeout: ANSWER_MS
      })
      // Most are empty; an early word of the server is a refusal.
      if (reply.data.length > 0) refuseErrors(stream, reply.json())
    }
  }
}

async function ask(
  connection: NatsConnection,
  subject: string,
  request: unknown,
  stream: string
): Promise<Record<string, unknown>> {
  const answer = await connection
    .request(subject, JSON.stringify(request), { timeout: ANSWER_MS })
    .catch((error: unknown) => {
      throw failed(stream, error instanceof Error ? error.message : String(error), error)
    })
  const value: unknown = answer.json()
  refuseErrors(stream, value)
  return value as Record<string, unknown>
}

function refuseErrors(stream: string, answer: unknown): void {
  const { error } = answer as { error?: { description?: string } }
  if (error) throw failed(stream, error.description ?? JSON.stringify(error))
}

async function within<T>(ms: number, stream: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(failed(stream, `the server was silent for ${ms / 1000} s`)), ms)
  })
  try {
    return await Promise.race([work, silence])
  } finally {
    clearTimeout(timer)
  }
}

function failed(stream: string, why: string, cause?: unknown) {
  return passingError(
    backupErrors.snapshotFailed,
    `The copying of stream ${stream} ended early: ${why}. Nothing was changed on its source; look at the server's log and start again.`,
    cause
  )
}
