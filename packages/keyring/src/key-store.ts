import { type KeyBucket, type StoredRecord } from './key-bucket.ts'
import { createHeardKeys } from './heard-keys.ts'
import type { KeyCache, KnownKey } from './key-cache.ts'
import { ROOT_NAME } from './key-name.ts'
import { decodeRecord, destroyed, newDataKey, unwrap, wrap, type ActiveRecord, type KeyRecord } from './key-record.ts'
import type { MasterKey, MasterKeyRing } from './master-key.ts'

/** The keys of the bucket as this process knows them. Every change is a compare-and-set, repeated when it was beaten. */
export interface KeyStore {
  /** What is known without asking. */
  known(name: string): KnownKey | undefined
  /** Asks the bucket. */
  read(name: string): Promise<KnownKey | null>
  /** Like {@link read}; callers that ask at the same time share one answer. */
  find(name: string): Promise<KnownKey | null>
  /** Asks the bucket and makes the key when there is none; callers that ask at the same time share one answer. */
  findOrMake(name: string): Promise<KnownKey>
  destroy(name: string): Promise<boolean>
  renew(name: string): Promise<boolean>
  rewrap(master: MasterKey, onProgress?: (progress: RewrapProgress) => void): Promise<number>
  masterKeyInForce(): Promise<string | null>
  names(filter: string): Promise<string[]>
  /** Takes in a change that some process made, as it stands in the bucket. @throws as decoding and unwrapping it do */
  onChange(name: string, payload: Uint8Array, revision: number): void
}

/** How far a rewrapping is. A second look over all keys follows the first, so `seen` may go through `total` twice. */
export interface RewrapProgress {
  readonly pass: 1 | 2
  readonly seen: number
  readonly total: number
  readonly rewrapped: number
}

export function createKeyStore(parts: {
  bucket: KeyBucket
  cache: KeyCache
  ring: MasterKeyRing
  clock: () => Date
}): KeyStore {
  const { bucket, cache, ring, clock } = parts
  const findOnce = sharedPerName<KnownKey | null>()
  const makeOnce = sharedPerName<KnownKey>()
  const heard = createHeardKeys()

  const learn = (name: string, stored: StoredRecord): KnownKey => {
    const known = learnRecord(name, stored)
    // An answer of the bucket may be older than what the watch brought meanwhile, such as that the key was destroyed.
    return fromHeard(name) ?? known
  }

  const learnRecord = (name: string, { record, revision }: StoredRecord): KnownKey => {
    if (record.state === 'destroyed') return cache.learn(name, { state: 'destroyed', revision, former: record.former })
    const before = cache.get(name)
    const same = before?.state === 'active' && before.key.tag === record.tag
    const key = same ? before.key : unwrap(name, record, ring)
    return cache.learn(name, { state: 'active', revision, key, former: record.former })
  }

  const read = async (name: string): Promise<KnownKey | null> => {
    const stored = await bucket.read(name)
    return stored && learn(name, stored)
  }

  /** What the watch brought before anybody asked. What cannot be used of it is asked for, which tells why. */
  const fromHeard = (name: string): KnownKey | undefined => {
    const found = heard.take(name)
    if (!found) return undefined
    try {
      return learnRecord(name, { record: decodeRecord(name, found.payload), revision: found.revision })
    } catch {
      return undefined
    }
  }

  /** A key that nobody here has heard of is most likely a new one: the bucket refuses it where there is one already. */
  const make = async (name: string): Promise<KnownKey> => {
    for (;;) {
      if (ring.holdsCurrent()) {
        const record = wrap(name, newDataKey(), ring.current(), clock(), [])
        const revision = await bucket.write(name, record, 0)
        if (revision !== null) return learn(name, { record, revision })
      }
      const found = await read(name)
      if (found) return found
      ring.current()
    }
  }

  /** Replaces the newest record while `change` gives another, then overwrites the older revisions. */
  const replace = async (
    name: string,
    change: (stored: StoredRecord) => KeyRecord | null
  ): Promise<{ replaced: boolean }> => {
    for (;;) {
      const stored = await bucket.read(name)
      if (!stored) return { replaced: false }
      const record = change(stored)
      const revision = record === null ? stored.revision : await bucket.write(name, record, stored.revision)
      if (revision === null) continue
      learn(name, { record: record ?? stored.record, revision })
      await bucket.overwriteOlder(name, revision)
      return { replaced: record !== null }
    }
  }

  const rewrapOne = async (name: string, master: MasterKey): Promise<boolean> => {
    const { replaced } = await replace(name, ({ record }) =>
      record.state === 'destroyed' || record.master === master.id ? null : rewrapped(name, record, ring, master)
    )
    return replaced
  }

  return {
    read,
    known: (name) => cache.get(name) ?? fromHeard(name),
    names: (filter) => bucket.names(filter),

    find: (name) => findOnce(name, read),
    findOrMake: (name) => makeOnce(name, make),

    async destroy(name) {
      const { replaced } = await replace(name, ({ record }) =>
        record.state === 'destroyed' ? null : destroyed(record, clock())
      )
      return replaced
    },

    async renew(name) {
      const { replaced } = await replace(name, ({ record }) =>
        record.state === 'active' ? null : wrap(name, newDataKey(), ring.current(), clock(), record.former)
      )
      return replaced
    },

    async rewrap(master, onProgress) {
      ring.add(master)
      let count = (await rewrapOne(ROOT_NAME, master)) ? 1 : 0
      ring.use(master.id)
      // Twice: a process that had not yet heard of the new root may have made keys under the old one meanwhile.
      for (const pass of [1, 2] as const) {
        const names = await bucket.names('>')
        for (const [index, name] of names.entries()) {
          if (await rewrapOne(name, master)) count++
          onProgress?.({ pass, seen: index + 1, total: names.length, rewrapped: count })
        }
      }
      return count
    },

    async masterKeyInForce() {
      const root = await bucket.read(ROOT_NAME)
      return root?.record.state === 'active' ? root.record.master : null
    },

    onChange(name, payload, revision) {
      if (name !== ROOT_NAME && !cache.has(name)) return heard.hear(name, { payload, revision })
      const record = decodeRecord(name, payload)
      if (name === ROOT_NAME && record.state === 'active') ring.use(record.master)
      else learn(name, { record, revision })
    }
  }
}

/** Runs one call per name at a time; who asks meanwhile gets the running one's result. */
function sharedPerName<T>(): (name: string, run: (name: string) => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<T>>()
  return (name, run) => {
    const current = running.get(name)
    if (current) return current
    const started = run(name).finally(() => running.delete(name))
    running.set(name, started)
    return started
  }
}

function rewrapped(name: string, record: ActiveRecord, ring: MasterKeyRing, master: MasterKey): ActiveRecord {
  return wrap(name, unwrap(name, record, ring), master, new Date(record.since), record.former)
}
