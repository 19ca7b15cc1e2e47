import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is kept of a secret, and compared. */
export function secretDigest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Under what something is kept that a secret opens. */
export function secretKey(kind: string, secret: string): string {
  return `${kind}:${secretDigest(secret).toString('base64url')}`
}
