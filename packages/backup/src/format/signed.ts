import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { Type, type Static } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { KEY_BYTES } from '../key/backup-key.ts'

const Signed = Type.Object({ content: Type.String(), mac: Type.String() })

/** A text with the proof that whoever holds the key wrote it. */
export type Signed = Static<typeof Signed>

/** The text and its proof, as they are stored. The purpose keeps proofs of different kinds apart. */
export function sign(content: string, key: Uint8Array, purpose: string): Buffer {
  return Buffer.from(JSON.stringify({ content, mac: macOf(content, key, purpose).toString('base64') }), 'utf8')
}

/** Null for what is no signed text. Nothing of it is proved. */
export function readSigned(bytes: Uint8Array): Signed | null {
  const value = parseJson(Buffer.from(bytes).toString('utf8'))
  return Value.Check(Signed, value) ? value : null
}

export function isSignedBy(signed: Signed, key: Uint8Array, purpose: string): boolean {
  const mac = Buffer.from(signed.mac, 'base64')
  const expected = macOf(signed.content, key, purpose)
  return expected.length === mac.length && timingSafeEqual(expected, mac)
}

/** Null for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

function macOf(content: string, key: Uint8Array, purpose: string): Buffer {
  return createHmac('sha256', new Uint8Array(hkdfSync('sha256', key, '', purpose, KEY_BYTES)))
    .update(content)
    .digest()
}
