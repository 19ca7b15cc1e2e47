import type { SealedText } from '@leadlog/contracts'
import { decrypt, encrypt, OVERHEAD_BYTES } from './aes-gcm.ts'
import { notSealed } from './errors.ts'

/** Names the format, so that a later one can stand beside it. */
const FORMAT = 'enc1.'

/** A random name of one data key, carried by what it sealed: tells a destroyed key's values from altered ones. */
export const KEY_TAG_BYTES = 8

export interface ParsedSealedText {
  /** Hex. */
  readonly keyTag: string
  readonly sealed: Buffer
}

/** What is authenticated with a value: where it belongs. Neither part can hold the separator. */
function place(keyId: string, context: string): string {
  return `${keyId}\0${context}`
}

/** `enc1.` and the base64url of `key tag | iv | ciphertext | authentication tag`. */
export function sealText(
  key: { tag: string; bytes: Uint8Array },
  keyId: string,
  plain: Uint8Array,
  context: string
): SealedText {
  const sealed = encrypt(key.bytes, plain, place(keyId, context), Buffer.from(key.tag, 'hex'))
  return (FORMAT + sealed.toString('base64url')) as SealedText
}

/** @throws PermanentError `KEYRING_SEALED_TEXT_INVALID` */
export function parseSealedText(text: string): ParsedSealedText {
  const encoded = text.slice(FORMAT.length)
  if (!text.startsWith(FORMAT) || !/^[A-Za-z0-9_-]+$/.test(encoded)) throw notSealed()
  const bytes = Buffer.from(encoded, 'base64url')
  if (bytes.length < KEY_TAG_BYTES + OVERHEAD_BYTES) throw notSealed()
  return { keyTag: bytes.toString('hex', 0, KEY_TAG_BYTES), sealed: bytes.subarray(KEY_TAG_BYTES) }
}

/** The plain bytes; null when the value does not belong to this key and place. */
export function openText(key: Uint8Array, keyId: string, text: ParsedSealedText, context: string): Buffer | null {
  return decrypt(key, text.sealed, place(keyId, context))
}
