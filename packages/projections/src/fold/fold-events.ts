import type { RecordedEvent } from '@leadlog/contracts'
import type { AnyRow, Projection } from '../definition/define-projection.ts'

/** An event that could not be applied to a key, or that came after one that could not. */
export interface ParkedEvent {
  readonly key: string
  readonly event: RecordedEvent
  /** Null for an event that only waits for an earlier one of its key. */
  readonly error: unknown
}

/** The rows that a fold reads and changes; a key that is absent has none. */
export interface RowSpace {
  get(key: string): AnyRow | null | undefined
  set(key: string, row: AnyRow | null): unknown
}

/** An event with the rows it touches. */
export interface KeyedEvent {
  readonly event: RecordedEvent
  readonly keys: readonly string[]
}

/** Where an event is parked whose key cannot be told. */
export function keyOfUnkeyable(event: RecordedEvent): string {
  return `event:${event.id}`
}

/**
 * Finds the rows that the events touch. Keys that are already parked, or whose key cannot be told, go to `parked`.
 * What was parked is added to `parkedKeys`.
 */
export function keyEvents(
  projection: Pick<Projection, 'key'>,
  events: readonly RecordedEvent[],
  parkedKeys: Set<string>,
  parked: ParkedEvent[]
): { keyed: readonly KeyedEvent[]; keys: ReadonlySet<string> } {
  const keyed: KeyedEvent[] = []
  const all = new Set<string>()
  for (const event of events) {
    let keys: readonly string[]
    try {
      keys = projection.key(event)
    } catch (error) {
      const key = keyOfUnkeyable(event)
      parkedKeys.add(key)
      parked.push({ key, event, error })
      continue
    }
    if (parkedKeys.size > 0 && keys.some((key) => parkedKeys.has(key))) {
      for (const key of keys) if (parkedKeys.has(key)) parked.push({ key, event, error: null })
      keys = keys.filter((key) => !parkedKeys.has(key))
    }
    if (keys.length === 0) continue
    for (const key of keys) all.add(key)
    keyed.push({ event, keys })
  }
  return { keyed, keys: all }
}

/**
 * Folds the events into the rows, in order. A key whose handler throws keeps what it had before that event; the event
 * and the key's later ones are parked, all other keys go on.
 *
 * @param rows the rows as they stand; gets every row that is folded
 */
export function foldEvents(
  projection: Projection,
  keyed: readonly KeyedEvent[],
  rows: RowSpace,
  parkedKeys: Set<string>,
  parked: ParkedEvent[]
): void {
  for (const { event, keys } of keyed) {
    for (const key of keys) {
      if (parkedKeys.size > 0 && parkedKeys.has(key)) {
        parked.push({ key, event, error: null })
        continue
      }
      try {
        rows.set(key, projection.evolve(rows.get(key) ?? null, event, key))
      } catch (error) {
        parkedKeys.add(key)
        parked.push({ key, event, error })
      }
    }
  }
}
