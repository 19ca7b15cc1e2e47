import { createHash } from 'node:crypto'

/**
 * A digest of what a call asks for, the same for the same JSON value whatever the order of its fields. An effect that
 * is run again with another digest is refused, unless what was done before did nothing.
 */
export function requestDigest(request: unknown): string {
  return createHash('sha256').update(canonical(request)).digest('hex')
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part
  )
}
