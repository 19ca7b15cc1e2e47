import { JetStreamApiCodes, JetStreamApiError, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { masterKeyWrong, unavailable } from './errors.ts'
import { bucketNameOf, REQUEST_TIMEOUT_MS, streamOfBucket, subjectOfName } from './key-bucket.ts'
import { ROOT_NAME } from './key-name.ts'
import { decodeRecord } from './key-record.ts'
import { masterKeyOf } from './master-key.ts'

export interface MasterKeyCheck {
  readonly connection: NatsConnection
  readonly masterKey: Uint8Array
  readonly otherMasterKeys?: readonly Uint8Array[]
  /** '' (the default) in production. */
  readonly prefix?: string
  /** Where the keys were read from, for the message: `LEADLOG_MASTER_KEY (file)`. */
  readonly readFrom?: string
}

/**
 * Holds the master keys against the fingerprint that the stored keys carry, and writes nothing: what is to be done
 * before anything else is, so that a process of another system leaves no trace in this one.
 *
 * @returns `new` where no key was stored yet: the first keyring that is opened decides which master key it will be
 * @throws PermanentError `KEYRING_MASTER_KEY_WRONG`, and `KEYRING_RECORD_UNREADABLE` where the entry that carries the
 * fingerprint was altered; TransientError `KEYRING_UNAVAILABLE`
 */
export async function checkMasterKey(check: MasterKeyCheck): Promise<'fits' | 'new'> {
  const { connection, prefix = '' } = check
  const bucket = bucketNameOf(prefix)
  const held = [check.masterKey, ...(check.otherMasterKeys ?? [])].map((bytes) => masterKeyOf(bytes).id)
  const payload = await readRoot(connection, bucket)
  const record = payload === null ? null : decodeRecord(ROOT_NAME, payload)
  if (record?.state !== 'active') return 'new'
  const stored = record.master
  if (held.includes(stored)) return 'fits'
  throw masterKeyWrong({ held, stored, bucket, readFrom: check.readFrom })
}

/** The entry that carries the fingerprint of the master key in force; null where there is none yet. */
async function readRoot(connection: NatsConnection, bucket: string): Promise<Uint8Array | null> {
  try {
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: REQUEST_TIMEOUT_MS })
    const message = await manager.streams.getMessage(streamOfBucket(bucket), {
      last_by_subj: subjectOfName(bucket, ROOT_NAME)
    })
    return message?.data ?? null
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound) return null
    throw unavailable('reading the fingerprint of the master key', error)
  }
}
