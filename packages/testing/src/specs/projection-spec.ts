import assert from 'node:assert/strict'

/** What the spec needs of a projection; a `defineProjection` whose rows come from a pure fold fits. */
export interface SpecProjection<Event, Row> {
  /** The row or rows that an event belongs to; null where it belongs to none. */
  key(event: Event): string | readonly string[] | null
  /** The row before (null where there is none) and the event give the row after (null: no row). */
  evolve(row: Row | null, event: Event, key: string): Row | null
}

export interface ProjectionGiven<Row> {
  /** The rows by key, folded in one batch. */
  readonly rows: ReadonlyMap<string, Row>
  /** The same rows come of one batch and of every way to cut it in two. */
  then(expected: Readonly<Record<string, Row>>): void
  /** As `then`, and also when every event is delivered twice and when the batch is delivered twice. */
  thenEvenTwice(expected: Readonly<Record<string, Row>>): void
}

export interface ProjectionSpec<Event, Row> {
  given(events: readonly Event[]): ProjectionGiven<Row>
}

/** Given these events, then these rows. Rows are frozen in between, so an `evolve` that changes its input fails. */
export function projectionSpec<Event, Row>(projection: SpecProjection<Event, Row>): ProjectionSpec<Event, Row> {
  const fold = (...batches: (readonly Event[])[]): Map<string, Row> => {
    const rows = new Map<string, Row>()
    for (const batch of batches) foldBatch(projection, rows, batch)
    return rows
  }
  return {
    given(events) {
      const rows = fold(events)
      const then = (expected: Readonly<Record<string, Row>>): void => {
        assertRows(rows, expected, 'in one batch')
        for (let cut = 1; cut < events.length; cut++) {
          assertRows(fold(events.slice(0, cut), events.slice(cut)), expected, `in two batches, cut at ${String(cut)}`)
        }
      }
      const thenEvenTwice = (expected: Readonly<Record<string, Row>>): void => {
        then(expected)
        assertRows(fold(events.flatMap((event) => [event, event])), expected, 'with every event twice')
        assertRows(fold(events, events), expected, 'with the batch twice')
      }
      return { rows, then, thenEvenTwice }
    }
  }
}

function foldBatch<Event, Row>(
  projection: SpecProjection<Event, Row>,
  rows: Map<string, Row>,
  batch: readonly Event[]
): void {
  for (const event of batch) {
    const key = projection.key(event)
    const keys = key === null ? [] : typeof key === 'string' ? [key] : key
    for (const each of keys) {
      const next = projection.evolve(rows.get(each) ?? null, event, each)
      if (next === null) rows.delete(each)
      else rows.set(each, deepFreeze(next))
    }
  }
}

function assertRows<Row>(rows: ReadonlyMap<string, Row>, expected: Readonly<Record<string, Row>>, how: string): void {
  const actual = Object.fromEntries(rows)
  try {
    assert.deepStrictEqual(actual, { ...expected })
  } catch (cause) {
    throw new assert.AssertionError({
      message: `the rows differ when folded ${how}: ${(cause as Error).message}`,
      actual,
      expected,
      operator: 'deepStrictEqual'
    })
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value) && !(value instanceof Date)) {
    Object.freeze(value)
    for (const inner of Object.values(value)) deepFreeze(inner)
  }
  return value
}
