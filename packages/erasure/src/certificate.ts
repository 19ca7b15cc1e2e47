import { createHash } from 'node:crypto'
import type { ErasureFindings } from '@leadlog/contracts'
import type { Keyring } from '@leadlog/keyring'

/** What is handed to whoever asked: what was erased, when, and what the searches afterwards found. Names nobody. */
export interface Certificate {
  readonly kind: 'leadlog-erasure-certificate/1'
  readonly erasureId: string
  /** The keyed hash of the person's address. */
  readonly personId: string
  readonly requestedAt: string
  readonly completedAt: string
  readonly findings: ErasureFindings
  /** HMAC-SHA256 (128 bits, hex) under a key that never leaves the system. */
  readonly signature: string
}

type Unsigned = Omit<Certificate, 'kind' | 'signature'>

const PURPOSE = 'erasure-certificate'

export function certificateOf(keyring: Pick<Keyring, 'fingerprint'>, statement: Unsigned): Certificate {
  const { erasureId, personId, requestedAt, completedAt, findings } = statement
  const unsigned = {
    kind: 'leadlog-erasure-certificate/1' as const,
    erasureId,
    personId,
    requestedAt,
    completedAt,
    findings
  }
  return { ...unsigned, signature: keyring.fingerprint(PURPOSE, canonical(unsigned)) }
}

/** Whether the certificate is one of this system, word for word. */
export function isGenuine(keyring: Pick<Keyring, 'fingerprint'>, certificate: Certificate): boolean {
  const { signature, ...unsigned } = certificate
  return keyring.fingerprint(PURPOSE, canonical(unsigned)) === signature
}

/** Names what was searched for to whoever knows it already: they can compute the same. */
export function saltedDigest(erasureId: string, text: string): string {
  return createHash('sha256').update(`${erasureId}\0${text}`).digest('hex')
}

/** JSON with sorted keys, so that a file that was read and written again has the same signature. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner
  )
}
