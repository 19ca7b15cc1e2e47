import type { AnyRow, Projection } from '../definition/define-projection.ts'

/** True when a write would change nothing. */
export function sameRow(projection: Projection, before: AnyRow, after: AnyRow): boolean {
  return before === after || projection.columns.every(({ name }) => sameValue(before[name], after[name]))
}

/** Equality of plain values as Postgres stores them: the order of an object's fields and undefined ones do not count. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
    return a.every((part, index) => sameValue(part, b[index]))
  }
  const left = a as Readonly<Record<string, unknown>>
  const right = b as Readonly<Record<string, unknown>>
  const names = Object.keys(left).filter((name) => left[name] !== undefined)
  if (names.length !== Object.keys(right).filter((name) => right[name] !== undefined).length) return false
  return names.every((name) => name in right && sameValue(left[name], right[name]))
}
