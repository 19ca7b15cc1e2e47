import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, type KeyObject } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'

/** 32 bytes, since the algorithm is AES-256. */
export const KEY_BYTES = 32

/** 96 bits: the length for which GCM is specified without further hashing. */
const IV_BYTES = 12

/** The full 128-bit authentication tag. */
const AUTH_TAG_BYTES = 16

export const OVERHEAD_BYTES = IV_BYTES + AUTH_TAG_BYTES

const NOTHING = new Uint8Array(0)

/** Prepared keys by their bytes: preparing one costs as much as sealing a webhook. Gone with the bytes. */
const prepared = new WeakMap<Uint8Array, KeyObject>()

function keyObjectOf(key: Uint8Array): KeyObject {
  const known = prepared.get(key)
  if (known) return known
  const made = createSecretKey(key)
  prepared.set(key, made)
  return made
}

/** Random bytes are fetched for so many ivs at once: one system call instead of hundreds. Each byte is used once. */
const IVS_FETCHED = 256

let fetched = Buffer.alloc(0)

function freshIv(): Buffer {
  if (fetched.length === 0) fetched = randomBytes(IV_BYTES * IVS_FETCHED)
  const iv = fetched.subarray(0, IV_BYTES)
  fetched = fetched.subarray(IV_BYTES)
  return iv
}

/** `before | iv | ciphertext | authentication tag`, under a fresh random iv; what comes before is as it was given. */
export function encrypt(
  key: Uint8Array,
  plain: Uint8Array,
  authenticated: string,
  before: Uint8Array = NOTHING
): Buffer {
  const iv = freshIv()
  const cipher = createCipheriv(ALGORITHM, keyObjectOf(key), iv, { authTagLength: AUTH_TAG_BYTES })
  cipher.setAAD(Buffer.from(authenticated, 'utf8'))
  const sealed = cipher.update(plain)
  // A stream cipher keeps nothing back: the end only computes the tag.
  cipher.final()
  return Buffer.concat([before, iv, sealed, cipher.getAuthTag()])
}

/** The plain bytes; null when key, bytes and authenticated text do not belong together. */
export function decrypt(key: Uint8Array, sealed: Uint8Array, authenticated: string): Buffer | null {
  if (sealed.length < OVERHEAD_BYTES) return null
  const bodyEnd = sealed.length - AUTH_TAG_BYTES
  const decipher = createDecipheriv(ALGORITHM, keyObjectOf(key), sealed.subarray(0, IV_BYTES), {
    authTagLength: AUTH_TAG_BYTES
  })
  decipher.setAAD(Buffer.from(authenticated, 'utf8'))
  decipher.setAuthTag(sealed.subarray(bodyEnd))
  const body = decipher.update(sealed.subarray(IV_BYTES, bodyEnd))
  try {
    return Buffer.concat([body, decipher.final()])
  } catch {
    return null
  }
}
