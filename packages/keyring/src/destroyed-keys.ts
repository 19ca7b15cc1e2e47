import { PermanentError } from '@leadlog/contracts'
import { JetStreamApiCodes, JetStreamApiError, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { followConnection } from './connection-state.ts'
import { bucketNameOf, openKeyBucket, streamOfBucket, type KeyBucket } from './key-bucket.ts'
import { keyIdOfName, nameOfKey, ROOT_NAME } from './key-name.ts'
import { destroyed } from './key-record.ts'

/** A key that was destroyed. */
export interface DestroyedKey {
  readonly keyId: string
  /** Which keys of that name, where it was renewed since; left out, whichever is in force. */
  readonly tags?: readonly string[] | undefined
}

export interface KeyBucketPlace {
  readonly connection: NatsConnection
  /** '' (the default) in production. */
  readonly prefix?: string | undefined
}

/**
 * Every key of a system that was destroyed, by the lasting marks in its bucket. Needs no master key.
 *
 * @throws PermanentError `KEYRING_BUCKET_MISSING` when the server has no key bucket
 * @throws TransientError `KEYRING_UNAVAILABLE`
 */
export async function listDestroyedKeys(place: KeyBucketPlace): Promise<DestroyedKey[]> {
  return onBucket(place, async (bucket) => {
    const found: DestroyedKey[] = []
    for (const name of await bucket.names('>')) {
      const stored = await bucket.read(name)
      const tags = stored?.record.former ?? []
      if (name !== ROOT_NAME && tags.length > 0) found.push({ keyId: keyIdOfName(name), tags })
    }
    return found
  })
}

/**
 * Destroys again what was destroyed elsewhere: in a bucket that came back from an older backup. Marks first, then
 * overwrites on disk; can be repeated. Needs no master key.
 *
 * @returns the ids whose key was still in force and is no more
 * @throws PermanentError `KEYRING_BUCKET_MISSING`; TransientError `KEYRING_UNAVAILABLE`
 */
export async function destroyKeysAgain(
  place: KeyBucketPlace,
  keys: readonly DestroyedKey[],
  at: Date
): Promise<string[]> {
  return onBucket(place, async (bucket) => {
    const ended: string[] = []
    for (const key of keys) if (await destroyOne(bucket, key, at)) ended.push(key.keyId)
    return ended
  })
}

async function destroyOne(bucket: KeyBucket, { keyId, tags }: DestroyedKey, at: Date): Promise<boolean> {
  const name = nameOfKey(keyId)
  for (;;) {
    const stored = await bucket.read(name)
    if (stored?.record.state !== 'active') return false
    if (tags && !tags.includes(stored.record.tag)) return false
    const revision = await bucket.write(name, destroyed(stored.record, at), stored.revision)
    if (revision === null) continue
    await bucket.overwriteOlder(name, revision)
    return true
  }
}

async function onBucket<T>({ connection, prefix = '' }: KeyBucketPlace, work: (bucket: KeyBucket) => Promise<T>) {
  const name = bucketNameOf(prefix)
  const manager = await jetstreamManager(connection, { checkAPI: false })
  // Opening would make it; an empty bucket would then look as if nothing had ever been destroyed.
  await manager.streams.info(streamOfBucket(name)).catch((error: unknown) => {
    if (!(error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound)) throw error
    throw new PermanentError(
      'KEYRING_BUCKET_MISSING',
      `NATS at ${connection.getServer()} has no key bucket ${name}. Check its address and NATS_PREFIX.`
    )
  })
  const state = followConnection(connection, () => undefined)
  try {
    return await work(await openKeyBucket(connection, state, name, 1))
  } finally {
    state.close()
  }
}
