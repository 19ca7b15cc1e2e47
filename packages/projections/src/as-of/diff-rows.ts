import { sameValue } from '../fold/same-row.ts'

export interface ValueDifference {
  readonly column: string
  readonly before: unknown
  readonly after: unknown
}

export interface RowChange {
  readonly key: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly columns: readonly ValueDifference[]
}

/** What differs between two sets of rows, for example of one projection at two moments, by key in order. */
export function diffRows<Row extends object>(
  before: ReadonlyMap<string, Row>,
  after: ReadonlyMap<string, Row>
): readonly RowChange[] {
  const changes: RowChange[] = []
  for (const key of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const left = before.get(key) as Readonly<Record<string, unknown>> | undefined
    const right = after.get(key) as Readonly<Record<string, unknown>> | undefined
    const columns = [...new Set([...Object.keys(left ?? {}), ...Object.keys(right ?? {})])]
      .filter((column) => !sameValue(left?.[column] ?? null, right?.[column] ?? null))
      .map((column) => ({ column, before: left?.[column] ?? null, after: right?.[column] ?? null }))
    if (left && right && columns.length === 0) continue
    changes.push({ key, kind: left ? (right ? 'changed' : 'removed') : 'added', columns })
  }
  return changes
}
