import { createHash } from 'node:crypto'
import { KEY_BYTES } from './aes-gcm.ts'
import { masterKeyInvalid, masterKeyRotated } from './errors.ts'

/**
 * Reads the master key from its base64 form (`openssl rand -base64 32`).
 *
 * @throws PermanentError `KEYRING_MASTER_KEY_INVALID` when it is not base64 of 32 bytes, or all its bytes are the same
 */
export function parseMasterKey(base64: string): Uint8Array {
  const text = base64.trim()
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) throw masterKeyInvalid()
  const key = new Uint8Array(Buffer.from(text, 'base64'))
  if (key.length !== KEY_BYTES || new Set(key).size === 1) throw masterKeyInvalid()
  return key
}

export interface MasterKey {
  /** The fingerprint: names the key in records and messages without revealing it. */
  readonly id: string
  readonly bytes: Uint8Array
}

/** Length in hex characters of a master key's name; there are a handful in a system's life. */
const ID_LENGTH = 16

export function masterKeyOf(bytes: Uint8Array): MasterKey {
  if (bytes.length !== KEY_BYTES) throw masterKeyInvalid()
  const id = createHash('sha256').update('leadlog master key').update(bytes).digest('hex').slice(0, ID_LENGTH)
  return { id, bytes }
}

/** The master keys a process holds, and which of them wraps what is made now. */
export interface MasterKeyRing {
  /** @throws TransientError `KEYRING_MASTER_KEY_ROTATED` when the one in force is not held */
  current(): MasterKey
  /** @throws TransientError `KEYRING_MASTER_KEY_ROTATED` when it is not held */
  get(id: string): MasterKey
  holds(id: string): boolean
  ids(): readonly string[]
  holdsCurrent(): boolean
  add(key: MasterKey): void
  /** The master key named so is in force from now on, whether or not it is held. */
  use(id: string): void
}

export function createMasterKeyRing(keys: readonly MasterKey[]): MasterKeyRing {
  const held = new Map(keys.map((key) => [key.id, key]))
  let inForce = keys[0]?.id ?? ''
  const get = (id: string): MasterKey => {
    const key = held.get(id)
    if (!key) throw masterKeyRotated()
    return key
  }
  return {
    get,
    current: () => get(inForce),
    holds: (id) => held.has(id),
    ids: () => [...held.keys()],
    holdsCurrent: () => held.has(inForce),
    add: (key) => void held.set(key.id, key),
    use: (id) => void (inForce = id)
  }
}
