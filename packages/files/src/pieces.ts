import { createCipheriv, createDecipheriv } from 'node:crypto'

const ALGORITHM = 'aes-256-gcm'
/** 96 bits: the length for which GCM is specified without further hashing. */
const IV_BYTES = 12
/** The full 128-bit authentication tag. */
export const TAG_BYTES = 16

/** AES-256. */
export const FILE_KEY_BYTES = 32

/** Where a piece belongs: of which file, at which place, and whether the file ends with it. */
export interface PiecePlace {
  readonly file: string
  readonly index: number
  readonly last: boolean
}

/**
 * Seals a piece. A file's key is made for that file alone and seals each place once, so that the place itself can be the
 * nonce: it needs no room and no luck.
 */
export function sealPiece(key: Uint8Array, plain: Uint8Array, place: PiecePlace): Buffer {
  const cipher = createCipheriv(ALGORITHM, key, nonceOf(place), { authTagLength: TAG_BYTES })
  cipher.setAAD(authenticatedOf(place))
  const sealed = cipher.update(plain)
  cipher.final()
  return Buffer.concat([sealed, cipher.getAuthTag()])
}

/** The plain piece; null where it is not the one that was sealed for this place. */
export function openPiece(key: Uint8Array, sealed: Uint8Array, place: PiecePlace): Buffer | null {
  if (sealed.length < TAG_BYTES) return null
  const end = sealed.length - TAG_BYTES
  const decipher = createDecipheriv(ALGORITHM, key, nonceOf(place), { authTagLength: TAG_BYTES })
  decipher.setAAD(authenticatedOf(place))
  decipher.setAuthTag(sealed.subarray(end))
  const plain = decipher.update(sealed.subarray(0, end))
  try {
    decipher.final()
    return plain
  } catch {
    return null
  }
}

function nonceOf({ index }: PiecePlace): Buffer {
  const nonce = Buffer.alloc(IV_BYTES)
  nonce.writeUInt32BE(index, IV_BYTES - 4)
  return nonce
}

function authenticatedOf({ file, index, last }: PiecePlace): Buffer {
  return Buffer.from(`${file}\0${index}\0${last ? 'last' : 'more'}`, 'utf8')
}
