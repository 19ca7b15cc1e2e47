import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { signatureStale } from '../errors.ts'

/** HMAC-SHA256 of the parts, one after another. */
export function hmacSha256(key: string | Buffer, ...parts: readonly (string | Buffer)[]): Buffer {
  const hmac = createHmac('sha256', key)
  for (const part of parts) hmac.update(part)
  return hmac.digest()
}

/** Compares in constant time; texts of any length. */
export function isEqual(a: string | Buffer, b: string | Buffer): boolean {
  const digest = (value: string | Buffer) => createHash('sha256').update(value).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/** Refuses a signature's time outside the tolerance, in both directions. @throws HttpProblem SIGNATURE_STALE */
export function assertFresh(signedAtSeconds: number, now: Date, toleranceSeconds: number): void {
  const age = now.getTime() / 1000 - signedAtSeconds
  if (!(Math.abs(age) <= toleranceSeconds)) throw signatureStale(age, toleranceSeconds)
}

/** The one value of a header; several are joined as Node does. */
export function headerValue(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header
}
