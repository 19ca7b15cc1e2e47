import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
/** 96 bits: the length for which GCM is specified without further hashing. */
const IV_BYTES = 12
const TAG_BYTES = 16

/** `iv | ciphertext | tag`, under a fresh random iv. Two backups never share a key, so ivs do not meet. */
export function seal(key: Uint8Array, plain: Uint8Array, authenticated: string): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, iv, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(authenticated, 'utf8'))
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** The plain bytes; null when key, bytes and authenticated text do not belong together. */
export function unseal(key: Uint8Array, sealed: Uint8Array, authenticated: string): Buffer | null {
  if (sealed.length < IV_BYTES + TAG_BYTES) return null
  const end = sealed.length - TAG_BYTES
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(authenticated, 'utf8'))
  decipher.setAuthTag(sealed.subarray(end))
  const body = decipher.update(sealed.subarray(IV_BYTES, end))
  try {
    return Buffer.concat([body, decipher.final()])
  } catch {
    return null
  }
}
