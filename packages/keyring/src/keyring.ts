import { createHmac } from 'node:crypto'
import { ERASED, type EventCipher, type SealedText } from '@leadlog/contracts'
import type { NatsConnection } from '@nats-io/nats-core'
import { followConnection } from './connection-state.ts'
import { keyDestroyed, keyUnknown, masterKeyWrong, rootDestroyed, tampered } from './errors.ts'
import { bucketNameOf, openKeyBucket } from './key-bucket.ts'
import { createKeyCache } from './key-cache.ts'
import { DAY_NAMES, dayKeyId, dayKeyIdOfName, nameOfKey, ROOT_NAME } from './key-name.ts'
import type { DataKey } from './key-record.ts'
import { createKeyStore, type KeyStore, type RewrapProgress } from './key-store.ts'
import { watchKeys } from './key-watch.ts'
import type { KeyringLogger } from './logger.ts'
import { createMasterKeyRing, masterKeyOf, type MasterKeyRing } from './master-key.ts'
import { openText, parseSealedText, sealText } from './sealed-text.ts'

export interface KeyringOptions {
  /** Stays the caller's: {@link Keyring.close} does not close it. */
  connection: NatsConnection
  /** 32 bytes; see `parseMasterKey`. Wraps every stored key. */
  masterKey: Uint8Array
  /** Master keys that may wrap stored keys as well: during a rotation the old one or the one to come. */
  otherMasterKeys?: readonly Uint8Array[]
  /** '' (the default) in production; otherwise goes before the bucket's name, `t3f9_KEYS`. */
  prefix?: string
  /** Of the bucket, when it has to be made. Default 1. */
  replicas?: number
  /** Only for the times noted in the records. */
  clock?: () => Date
  logger?: KeyringLogger
}

/**
 * The encryption keys of persons and days, shared by all processes. A key is made at its first use, one for all
 * processes, and then known to the process: sealing and opening under a known key needs no server. Reading or making
 * another key while the server is away fails with TransientError `KEYRING_UNAVAILABLE`, at once when the interruption
 * is noticed, else within two seconds.
 */
export interface Keyring extends EventCipher {
  /**
   * The id of a person and of their key: 32 hex characters derived from the trimmed, lower-cased e-mail with the
   * system's secret pepper; the same in every process. Of a person of whom only a phone number is known, given in E.164,
   * it is the number's fingerprint as a caller.
   */
  personId(address: string): string
  /**
   * What stands for a secret value without giving it away: 32 hex characters from an HMAC under the system's pepper,
   * different for each purpose.
   */
  fingerprint(purpose: string, value: string): string
  /** `day-2026-11-18`: the key of the raw webhooks received on that UTC day. */
  dayKeyId(at: Date): string
  /**
   * Seals bytes under the key, making the key when it is new. The text is a third longer than the bytes.
   *
   * @throws PermanentError `KEYRING_KEY_DESTROYED`
   * @throws TransientError `KEYRING_UNAVAILABLE`
   */
  sealBytes(keyId: string, bytes: Uint8Array, context: string): Promise<SealedText>
  /**
   * Opens what {@link sealBytes} gave; ERASED when the key it was sealed under was destroyed.
   *
   * @throws PermanentError `KEYRING_TAMPERED`, `KEYRING_SEALED_TEXT_INVALID`, `KEYRING_KEY_UNKNOWN`
   * @throws TransientError `KEYRING_UNAVAILABLE`
   */
  openBytes(keyId: string, sealed: string, context: string): Promise<Uint8Array | typeof ERASED>
  /**
   * Destroys a key for good: a lasting mark first, then every stored revision is overwritten on the server's disk. What
   * was sealed under it opens as ERASED, here at once and in other processes as soon as they hear of it. Resolves when
   * nothing of the key is left in the bucket; backups of the bucket keep it as long as they are kept.
   *
   * @returns true when this call destroyed it, false when there was none or it was destroyed before
   */
  destroyKey(keyId: string): Promise<boolean>
  /** `none`: no key was ever made under the id. */
  keyState(keyId: string): Promise<'active' | 'destroyed' | 'none'>
  /** Makes a new key under the id of a destroyed one, for a person who came back. Old values stay erased. */
  renewKey(keyId: string): Promise<boolean>
  /** Destroys the keys of all UTC days before the day of `date`: the payload retention. Gives the ids destroyed. */
  destroyDayKeysBefore(date: Date): Promise<string[]>
  /**
   * Wraps every key with another master key, which becomes the one in force. Can be repeated when it was interrupted.
   * Give all processes the new key in `otherMasterKeys` first: one that lacks it goes on with the keys it knows, and
   * fails with TransientError `KEYRING_MASTER_KEY_ROTATED` for others.
   *
   * @returns how many keys were wrapped anew
   */
  rewrap(newMasterKey: Uint8Array, onProgress?: (progress: RewrapProgress) => void): Promise<number>
  close(): void
}

/**
 * Opens the keyring on the server's key bucket, making the bucket when it is missing.
 *
 * @throws PermanentError `KEYRING_MASTER_KEY_WRONG` when none of the given master keys wraps the stored keys
 * @throws TransientError `KEYRING_UNAVAILABLE`
 */
export async function openKeyring(options: KeyringOptions): Promise<Keyring> {
  const { connection, prefix = '', replicas = 1, clock = () => new Date(), logger = silent } = options
  const bucketName = bucketNameOf(prefix)
  const ring = createMasterKeyRing([options.masterKey, ...(options.otherMasterKeys ?? [])].map(masterKeyOf))

  const onReconnect: { current: () => void } = { current: () => undefined }
  const state = followConnection(connection, () => onReconnect.current())
  try {
    const bucket = await openKeyBucket(connection, state, bucketName, replicas)
    const cache = createKeyCache()
    const store = createKeyStore({ bucket, cache, ring, clock })
    const pepper = await openPepper(store, ring, bucketName)
    const watch = watchKeys(bucket, logger, (...change) => store.onChange(...change))
    onReconnect.current = () => watch.restart()
    return keyringOn(store, pepper, () => {
      watch.close()
      state.close()
    })
  } catch (error) {
    state.close()
    throw error
  }
}

const silent: KeyringLogger = { warn: () => undefined }

/** The root entry is made with the first keyring; that it opens proves the master key. */
async function openPepper(store: KeyStore, ring: MasterKeyRing, bucket: string): Promise<DataKey> {
  const stored = await store.masterKeyInForce()
  if (stored !== null) {
    if (!ring.holds(stored)) throw masterKeyWrong({ held: ring.ids(), stored, bucket })
    ring.use(stored)
  }
  const root = await store.findOrMake(ROOT_NAME)
  if (root.state === 'destroyed') throw rootDestroyed(bucket)
  return root.key
}

function keyringOn(store: KeyStore, pepper: DataKey, close: () => void): Keyring {
  const sealBytes = async (keyId: string, bytes: Uint8Array, context: string): Promise<SealedText> => {
    const name = nameOfKey(keyId)
    let known = store.known(name) ?? (await store.findOrMake(name))
    if (known.state === 'destroyed') known = (await store.read(name)) ?? known
    if (known.state === 'destroyed') throw keyDestroyed(keyId)
    return sealText(known.key, keyId, bytes, context)
  }

  const openBytes = async (keyId: string, sealed: string, context: string): Promise<Uint8Array | typeof ERASED> => {
    const name = nameOfKey(keyId)
    const text = parseSealedText(sealed)
    const belongsTo = (known: { former: readonly string[]; key?: DataKey }): boolean =>
      known.key?.tag === text.keyTag || known.former.includes(text.keyTag)
    let known = store.known(name) ?? (await store.find(name))
    if (known && !belongsTo(known)) known = await store.read(name)
    if (!known) throw keyUnknown(keyId)
    if (known.former.includes(text.keyTag)) return ERASED
    if (known.state === 'destroyed' || known.key.tag !== text.keyTag) throw tampered(keyId)
    const plain = openText(known.key.bytes, keyId, text, context)
    if (!plain) throw tampered(keyId)
    return plain
  }

  const fingerprint = (purpose: string, value: string): string =>
    createHmac('sha256', pepper.bytes).update(`${purpose}\0${value}`).digest('hex').slice(0, PERSON_ID_LENGTH)

  return {
    sealBytes,
    openBytes,
    async seal(keyId, value, context) {
      const json = JSON.stringify(value) as string | undefined
      if (json === undefined) throw new TypeError(`What is to be sealed under key ${keyId} has no JSON form`)
      return sealBytes(keyId, Buffer.from(json, 'utf8'), context)
    },
    async open(keyId, sealed, context) {
      const plain = await openBytes(keyId, sealed, context)
      return plain === ERASED ? ERASED : (JSON.parse(Buffer.from(plain).toString('utf8')) as unknown)
    },
    personId: (address) =>
      PHONE_NUMBER.test(address)
        ? fingerprint('caller', address)
        : createHmac('sha256', pepper.bytes)
            .update(address.trim().toLowerCase())
            .digest('hex')
            .slice(0, PERSON_ID_LENGTH),
    fingerprint,
    dayKeyId,
    destroyKey: (keyId) => store.destroy(nameOfKey(keyId)),
    keyState: async (keyId) => (await store.read(nameOfKey(keyId)))?.state ?? 'none',
    renewKey: (keyId) => store.renew(nameOfKey(keyId)),
    async destroyDayKeysBefore(date) {
      const firstKept = dayKeyId(date)
      const destroyed: string[] = []
      for (const name of (await store.names(DAY_NAMES)).sort()) {
        const keyId = dayKeyIdOfName(name)
        if (keyId < firstKept && (await store.destroy(name))) destroyed.push(keyId)
      }
      return destroyed
    },
    rewrap: (newMasterKey, onProgress) => store.rewrap(masterKeyOf(newMasterKey), onProgress),
    close
  }
}

/** 128 bits in hex: no two addresses of a system meet. */
const PERSON_ID_LENGTH = 32

/** In E.164. No e-mail address looks like it. */
const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/
