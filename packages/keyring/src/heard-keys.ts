/** A record as the watch brought it, still encoded and wrapped: most of what a process hears of it never needs. */
export interface HeardRecord {
  readonly payload: Uint8Array
  readonly revision: number
}

/** Some 5 MB. A key is needed within moments of its making, by whoever handles the first events of its person. */
const MAX_HEARD_KEYS = 10_000

/** The newest records of keys that this process has not needed so far. */
export interface HeardKeys {
  hear(name: string, record: HeardRecord): void
  /** Gives the record and forgets it: whoever takes it knows the key from then on. */
  take(name: string): HeardRecord | undefined
}

export function createHeardKeys(maxKeys = MAX_HEARD_KEYS): HeardKeys {
  const heard = new Map<string, HeardRecord>()
  return {
    hear(name, { payload, revision }) {
      heard.delete(name)
      // A copy: what came is a view into a larger piece of the connection's input, which would stay with it.
      heard.set(name, { payload: new Uint8Array(payload), revision })
      const oldest = heard.size > maxKeys ? heard.keys().next().value : undefined
      if (oldest !== undefined) heard.delete(oldest)
    },
    take(name) {
      const record = heard.get(name)
      if (record) heard.delete(name)
      return record
    }
  }
}
