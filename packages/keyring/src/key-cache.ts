import type { DataKey } from './key-record.ts'

/** What a process knows about one key. `revision` orders what it hears from reads and from the watch. */
export type KnownKey =
  | { readonly state: 'active'; readonly revision: number; readonly key: DataKey; readonly former: readonly string[] }
  | { readonly state: 'destroyed'; readonly revision: number; readonly former: readonly string[] }

/** About 20 MB of keys: more people than a process meets between two restarts; beyond it the longest unused go. */
const MAX_KNOWN_KEYS = 50_000

export interface KeyCache {
  /** Whether the key is known; does not count as a use. */
  has(name: string): boolean
  get(name: string): KnownKey | undefined
  /** Keeps the newest: knowledge of an older revision is not taken. Gives back what is known now. */
  learn(name: string, known: KnownKey): KnownKey
}

export function createKeyCache(maxKeys = MAX_KNOWN_KEYS): KeyCache {
  const known = new Map<string, KnownKey>()
  const touch = (name: string, entry: KnownKey): void => {
    known.delete(name)
    known.set(name, entry)
  }
  return {
    has: (name) => known.has(name),
    get(name) {
      const entry = known.get(name)
      if (entry) touch(name, entry)
      return entry
    },
    learn(name, entry) {
      const before = known.get(name)
      if (before && before.revision >= entry.revision) return before
      touch(name, entry)
      const oldest = known.size > maxKeys ? known.keys().next().value : undefined
      if (oldest !== undefined) known.delete(oldest)
      return entry
    }
  }
}
