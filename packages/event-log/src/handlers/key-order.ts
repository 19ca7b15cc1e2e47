/** Items that wait for their turn: those of one key one after another, in the order they came. */
export interface KeyOrder<Item> {
  readonly waiting: number
  /** How many could start now: one or more of each free key. */
  readonly ready: number
  add(key: string, item: Item): void
  /** Takes up to `max` items of free keys, oldest first, and holds their keys until they are released. */
  take(max: number): { readonly items: readonly Item[]; readonly release: () => void } | null
  /** Removes and returns everything that waits. */
  drain(): Item[]
}

export function createKeyOrder<Item>(): KeyOrder<Item> {
  let queue: { key: string; item: Item }[] = []
  const held = new Set<string>()
  return {
    get waiting() {
      return queue.length
    },
    get ready() {
      return queue.reduce((count, { key }) => (held.has(key) ? count : count + 1), 0)
    },
    add(key, item) {
      queue.push({ key, item })
    },
    take(max) {
      const taken: Item[] = []
      const keys = new Set<string>()
      const rest: typeof queue = []
      for (const entry of queue) {
        if (taken.length < max && !held.has(entry.key)) {
          taken.push(entry.item)
          keys.add(entry.key)
        } else rest.push(entry)
      }
      if (taken.length === 0) return null
      queue = rest
      for (const key of keys) held.add(key)
      return {
        items: taken,
        release() {
          for (const key of keys) held.delete(key)
        }
      }
    },
    drain() {
      const items = queue.map(({ item }) => item)
      queue = []
      return items
    }
  }
}
