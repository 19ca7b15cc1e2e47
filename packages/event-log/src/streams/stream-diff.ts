import type { WantedStreamConfig } from './stream-specs.ts'

/** One field of a stream that is not as the code wants it. */
export interface StreamDifference {
  readonly field: string
  readonly is: unknown
  readonly shouldBe: unknown
}

/** A field that the server leaves out stands for its empty value. */
const ABSENT: Readonly<Record<string, unknown>> = {
  description: '',
  deny_delete: false,
  deny_purge: false,
  allow_direct: false,
  allow_atomic: false,
  allow_msg_schedules: false,
  allow_msg_ttl: false,
  max_age: 0,
  compression: 'none'
}

/** Compares the fields that the code decides; order of subjects does not matter. */
export function streamDifferences(wanted: WantedStreamConfig, actual: object): StreamDifference[] {
  const found = actual as Record<string, unknown>
  return Object.entries(wanted)
    .map(([field, shouldBe]) => ({ field, is: found[field] ?? ABSENT[field], shouldBe: shouldBe }))
    .filter(({ is, shouldBe }) => comparable(is) !== comparable(shouldBe))
}

function comparable(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? [...(value as unknown[])].sort() : value) ?? 'undefined'
}
