import {
  DiscardPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type JetStreamClient,
  type JetStreamManager
} from '@nats-io/jetstream'
import { PermanentError } from '@leadlog/contracts'
import type { NatsConnection } from '@nats-io/nats-core'
import type { ConnectionState } from './connection-state.ts'
import { unavailable } from './errors.ts'
import { decodeRecord, encodeRecord, type KeyRecord } from './key-record.ts'

/** A local server answers within milliseconds; who waits for a new key should rather try again than hang. */
export const REQUEST_TIMEOUT_MS = 2_000

/**
 * Revisions a name may have at a time (the most a bucket allows). More than one, because the server drops what exceeds
 * it without overwriting it on disk: every older revision is instead overwritten by us, right after the newer is in.
 */
const REVISIONS_KEPT = 64

/** @param prefix '' in production; otherwise it goes before the bucket's name */
export function bucketNameOf(prefix: string): string {
  return prefix === '' ? 'KEYS' : `${prefix}_KEYS`
}

export function streamOfBucket(bucket: string): string {
  return `KV_${bucket}`
}

/** The subject that holds the revisions of a name. */
export function subjectOfName(bucket: string, name: string): string {
  return `$KV.${bucket}.${name}`
}

export interface StoredRecord {
  readonly record: KeyRecord
  readonly revision: number
}

/** The bucket of wrapped keys, on the leader only: a replica might still show a key that was destroyed. */
export interface KeyBucket {
  readonly stream: string
  readonly jetstream: JetStreamClient
  /** The newest revision in the bucket when it was opened. */
  readonly revisionAtOpen: number
  nameOf(subject: string): string
  read(name: string): Promise<StoredRecord | null>
  /** Writes when the newest revision of the name is `expected` (0: there is none); null when it is not. */
  write(name: string, record: KeyRecord, expected: number): Promise<number | null>
  /** Overwrites every revision of the name older than `revision`, on disk too. */
  overwriteOlder(name: string, revision: number): Promise<void>
  names(filter: string): Promise<string[]>
}

export async function openKeyBucket(
  connection: NatsConnection,
  state: ConnectionState,
  bucket: string,
  replicas: number
): Promise<KeyBucket> {
  const stream = streamOfBucket(bucket)
  const subjectOf = (name: string): string => subjectOfName(bucket, name)
  const js = jetstream(connection, { timeout: REQUEST_TIMEOUT_MS })
  const ask = async <T>(what: string, request: () => Promise<T>): Promise<T> => {
    if (state.away()) throw unavailable(what, new Error('the connection to NATS is interrupted'))
    try {
      return await request()
    } catch (error) {
      throw unavailable(what, error)
    }
  }
  const jsm = await ask('opening the bucket', () => jetstreamManager(connection, { timeout: REQUEST_TIMEOUT_MS }))
  const info = await ask('opening the bucket', () => ensureStream(jsm, bucket, subjectOf('>'), replicas))
  if (info.config.max_msgs_per_subject < 2 || info.config.deny_delete) {
    throw new PermanentError(
      'KEYRING_BUCKET_UNFIT',
      `Stream ${stream} must keep several revisions and allow deletion, otherwise keys cannot be destroyed. Create it by starting Leadlog on an empty server.`
    )
  }

  return {
    stream,
    jetstream: js,
    revisionAtOpen: info.state.last_seq,
    nameOf: (subject) => subject.slice(subjectOf('').length),

    async read(name) {
      const message = await ask('reading a key', () =>
        jsm.streams.getMessage(stream, { last_by_subj: subjectOf(name) })
      )
      return message ? { record: decodeRecord(name, message.data), revision: message.seq } : null
    },

    write: (name, record, expected) =>
      ask('storing a key', async () => {
        try {
          const expect = { lastSubjectSequence: expected }
          const ack = await js.publish(subjectOf(name), encodeRecord(record), { expect, timeout: REQUEST_TIMEOUT_MS })
          return ack.seq
        } catch (error) {
          if (isWrongRevision(error)) return null
          throw error
        }
      }),

    async overwriteOlder(name, revision) {
      for (let from = 1; ;) {
        const query = { seq: from, next_by_subj: subjectOf(name) }
        const found = await ask('destroying a key', () => jsm.streams.getMessage(stream, query))
        if (!found || found.seq >= revision) return
        await ask('destroying a key', () => deleteWithErase(jsm, stream, found.seq))
        from = found.seq + 1
      }
    },

    async names(filter) {
      const found = await ask('listing keys', () => jsm.streams.info(stream, { subjects_filter: subjectOf(filter) }))
      return Object.keys(found.state.subjects ?? {}).map((subject) => subject.slice(subjectOf('').length))
    }
  }
}

async function ensureStream(jsm: JetStreamManager, bucket: string, subject: string, replicas: number) {
  try {
    return await jsm.streams.info(`KV_${bucket}`)
  } catch (error) {
    if (!hasCode(error, JetStreamApiCodes.StreamNotFound)) throw error
  }
  return jsm.streams.add({
    name: `KV_${bucket}`,
    description: 'Encryption keys, wrapped by the master key',
    subjects: [subject],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.New,
    num_replicas: replicas,
    max_msgs_per_subject: REVISIONS_KEPT,
    allow_direct: false,
    allow_rollup_hdrs: true,
    deny_delete: false
  })
}

async function deleteWithErase(jsm: JetStreamManager, stream: string, sequence: number): Promise<void> {
  try {
    await jsm.streams.deleteMessage(stream, sequence, true)
  } catch (error) {
    // Another process was faster: it is gone, which is what was wanted.
    if (!hasCode(error, SEQUENCE_NOT_FOUND)) throw error
  }
}

/** JetStream's code for deleting a sequence that does not exist. */
const SEQUENCE_NOT_FOUND = 10043

function hasCode(error: unknown, code: number): boolean {
  return error instanceof JetStreamApiError && error.code === code
}

function isWrongRevision(error: unknown): boolean {
  return (
    hasCode(error, JetStreamApiCodes.StreamWrongLastSequence) ||
    hasCode(error, JetStreamApiCodes.StreamWrongLastSequenceUnknown)
  )
}
