import { randomBytes } from 'node:crypto'
import t from 'tap'
import type { KeyBucket, StoredRecord } from './key-bucket.ts'
import { createKeyCache } from './key-cache.ts'
import { destroyed, encodeRecord, newDataKey, wrap, type ActiveRecord, type KeyRecord } from './key-record.ts'
import { createKeyStore } from './key-store.ts'
import { createMasterKeyRing, masterKeyOf } from './master-key.ts'

const NAME = 'key.ada'
const now = new Date('2026-11-18T10:00:00Z')

/** A store over a bucket whose answers the test gives. */
function storeOver(answers: Partial<KeyBucket>) {
  const master = masterKeyOf(randomBytes(32))
  const asked: string[] = []
  const bucket = {
    read: async (name: string): Promise<StoredRecord | null> => {
      asked.push(`read ${name}`)
      return (await answers.read?.(name)) ?? null
    },
    write: async (name: string, record: KeyRecord, expected: number): Promise<number | null> => {
      asked.push(`write ${name} after ${expected}`)
      return (await answers.write?.(name, record, expected)) ?? null
    }
  } as unknown as KeyBucket
  const ring = createMasterKeyRing([master])
  const store = createKeyStore({ bucket, cache: createKeyCache(), ring, clock: () => now })
  const active = (): ActiveRecord => wrap(NAME, newDataKey(), master, now, [])
  return { store, asked, active, master }
}

void t.test('a key that the watch told of is known without asking', (t) => {
  const { store, asked, active, master } = storeOver({})
  const record = active()
  store.onChange(NAME, encodeRecord(record), 7)
  t.match(store.known(NAME), { state: 'active', revision: 7, key: { tag: record.tag } })
  t.match(store.known(NAME), { state: 'active' }, 'and stays known')
  store.onChange(NAME, encodeRecord(destroyed(record, now)), 9)
  t.match(store.known(NAME), { state: 'destroyed', former: [record.tag] })
  store.onChange('key.bob', encodeRecord(wrap('key.bob', newDataKey(), master, now, [])), 10)
  store.onChange('key.bob', encodeRecord(destroyed(record, now)), 11)
  t.match(store.known('key.bob'), { state: 'destroyed' }, 'the newest word counts')
  t.strictSame(asked, [])
  t.end()
})

void t.test(
  'an answer that is older than what the watch told meanwhile does not bring a destroyed key back',
  async (t) => {
    const { promise, resolve } = Promise.withResolvers<StoredRecord>()
    const { store, active } = storeOver({ read: () => promise })
    const record = active()
    const found = store.find(NAME)
    store.onChange(NAME, encodeRecord(destroyed(record, now)), 9)
    resolve({ record, revision: 7 })
    t.match(await found, { state: 'destroyed', revision: 9 })
    t.match(store.known(NAME), { state: 'destroyed' })
  }
)

void t.test('what the watch told and cannot be used is asked for', async (t) => {
  const { store, asked } = storeOver({})
  store.onChange(NAME, Buffer.from('not a record'), 7)
  t.equal(store.known(NAME), undefined)
  t.equal(await store.find(NAME), null)
  t.strictSame(asked, ['read key.ada'])
})

void t.test('a new key is written at once; one that is there is read after the bucket refused', async (t) => {
  const made = storeOver({ write: async () => 3 })
  t.match(await made.store.findOrMake(NAME), { state: 'active', revision: 3 })
  t.strictSame(made.asked, ['write key.ada after 0'])

  const there = storeOver({ write: async () => null, read: async () => ({ record: there.active(), revision: 5 }) })
  t.match(await there.store.findOrMake(NAME), { state: 'active', revision: 5 })
  t.strictSame(there.asked, ['write key.ada after 0', 'read key.ada'])
})
