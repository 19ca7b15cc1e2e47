import { Type, type Static } from '@sinclair/typebox'
import { rotatingSecrets } from './rotating-secrets.ts'

/** A secret is due for rotation at this age. */
export const SECRET_DUE_DAYS = 90

const DAY_MS = 86_400_000
/** Forgets values that nobody holds any more after this, so that the record stays small. */
const FORGOTTEN_AFTER_DAYS = 400

/** What is kept of one secret: when each of its values was first seen, by fingerprint, and which service holds which. */
export const SecretRecord = Type.Object({
  v: Type.Literal(1),
  /** ISO times by fingerprint. */
  firstSeenAt: Type.Record(Type.String(), Type.String()),
  holders: Type.Record(
    Type.String(),
    Type.Object({ fingerprints: Type.Array(Type.String()), source: Type.String(), startedAt: Type.String() })
  )
})
export type SecretRecord = Static<typeof SecretRecord>

export const emptySecretRecord: SecretRecord = { v: 1, firstSeenAt: {}, holders: {} }

/** A service started with these values of a secret. Pure. */
export function withHolder(
  record: SecretRecord,
  holder: { service: string; fingerprints: readonly string[]; source: string; startedAt: Date }
): SecretRecord {
  const { service, fingerprints, source, startedAt } = holder
  const at = startedAt.toISOString()
  const holders = { ...record.holders, [service]: { fingerprints: [...fingerprints], source, startedAt: at } }
  const held = new Set(Object.values(holders).flatMap((each) => each.fingerprints))
  const forgotten = startedAt.getTime() - FORGOTTEN_AFTER_DAYS * DAY_MS
  const kept = Object.entries(record.firstSeenAt).filter(
    ([fingerprint, seen]) => held.has(fingerprint) || Date.parse(seen) > forgotten
  )
  const fresh = fingerprints.map((fingerprint) => [fingerprint, record.firstSeenAt[fingerprint] ?? at] as const)
  return { v: 1, firstSeenAt: Object.fromEntries([...kept, ...fresh]), holders }
}

/**
 * The age of a secret in days: of the oldest of the values that are held. Two values while one replaces the other are
 * as old as the elder, so that a reminder ends when the old value is gone.
 */
export function ageInDays({ firstSeenAt }: SecretRecord, fingerprints: readonly string[], now: Date): number {
  const seen = fingerprints.flatMap((fingerprint) => firstSeenAt[fingerprint] ?? []).map((time) => Date.parse(time))
  return seen.length === 0 ? 0 : Math.max(0, (now.getTime() - Math.min(...seen)) / DAY_MS)
}

/** The values of a variable, which may hold several while one replaces the other, as the book knows them. */
export function secretFingerprints(
  keyring: { fingerprint(purpose: string, value: string): string },
  name: string,
  value: string
): readonly string[] {
  return [...new Set(rotatingSecrets(value))].map((part) => keyring.fingerprint(`secret/${name}`, part))
}
