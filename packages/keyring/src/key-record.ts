import { randomBytes } from 'node:crypto'
import { Type, type Static } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import { PermanentError } from '@leadlog/contracts'
import { decrypt, encrypt, KEY_BYTES } from './aes-gcm.ts'
import { tampered } from './errors.ts'
import type { MasterKey, MasterKeyRing } from './master-key.ts'
import { KEY_TAG_BYTES } from './sealed-text.ts'

const ActiveRecord = Type.Object({
  v: Type.Literal(1),
  state: Type.Literal('active'),
  tag: Type.String(),
  master: Type.String(),
  wrapped: Type.String(),
  since: Type.String(),
  former: Type.Array(Type.String())
})

const DestroyedRecord = Type.Object({
  v: Type.Literal(1),
  state: Type.Literal('destroyed'),
  at: Type.String(),
  former: Type.Array(Type.String())
})

/** A key in force, wrapped by the master key. `former` holds the tags of its destroyed predecessors. */
export type ActiveRecord = Static<typeof ActiveRecord>
/** The lasting mark of a destroyed key. */
export type DestroyedRecord = Static<typeof DestroyedRecord>
/** The newest value of a name in the key bucket. */
export type KeyRecord = ActiveRecord | DestroyedRecord

const recordCheck = TypeCompiler.Compile(Type.Union([ActiveRecord, DestroyedRecord]))

/** A key in memory, unwrapped. */
export interface DataKey {
  readonly tag: string
  readonly bytes: Uint8Array
}

export function newDataKey(): DataKey {
  return { tag: randomBytes(KEY_TAG_BYTES).toString('hex'), bytes: randomBytes(KEY_BYTES) }
}

/** The wrapping holds the name and the tag, so that a wrapped key cannot stand in for another. */
function place(name: string, tag: string): string {
  return `${name}\0${tag}`
}

export function wrap(
  name: string,
  key: DataKey,
  master: MasterKey,
  since: Date,
  former: readonly string[]
): ActiveRecord {
  const wrapped = encrypt(master.bytes, key.bytes, place(name, key.tag)).toString('base64')
  return {
    v: 1,
    state: 'active',
    tag: key.tag,
    master: master.id,
    wrapped,
    since: since.toISOString(),
    former: [...former]
  }
}

/**
 * @throws TransientError `KEYRING_MASTER_KEY_ROTATED` when the wrapping master key is not held
 * @throws PermanentError `KEYRING_TAMPERED`
 */
export function unwrap(name: string, record: ActiveRecord, ring: MasterKeyRing): DataKey {
  const master = ring.get(record.master)
  const bytes = decrypt(master.bytes, Buffer.from(record.wrapped, 'base64'), place(name, record.tag))
  if (bytes?.length !== KEY_BYTES) throw tampered(name)
  // A copy of its own: small buffers are cut from a common block, which a cached key would keep whole.
  return { tag: record.tag, bytes: new Uint8Array(bytes) }
}

export function destroyed(record: ActiveRecord, at: Date): DestroyedRecord {
  return { v: 1, state: 'destroyed', at: at.toISOString(), former: [...record.former, record.tag] }
}

export function encodeRecord(record: KeyRecord): Uint8Array {
  return Buffer.from(JSON.stringify(record), 'utf8')
}

/** @throws PermanentError `KEYRING_RECORD_UNREADABLE` */
export function decodeRecord(name: string, payload: Uint8Array): KeyRecord {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload).toString('utf8'))
    if (recordCheck.Check(value)) return value
  } catch {
    // Falls through to the one error for everything that is not a record.
  }
  throw new PermanentError(
    'KEYRING_RECORD_UNREADABLE',
    `The key bucket's entry ${name} is not a key record. Restore it from the bucket's backup.`
  )
}
