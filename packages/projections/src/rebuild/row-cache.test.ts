import t from 'tap'
import { createRowCache } from './row-cache.ts'
import { createStoredKeys } from './stored-keys.ts'

const MANY = 20_000

void t.test('what changed is never forgotten before it was written; what is not used is', async (t) => {
  const table = new Map<string, { id: string; n: number }>()
  const reads: string[][] = []
  const store = {
    async read(_client: unknown, keys: readonly string[]) {
      reads.push([...keys])
      return new Map([...table].filter(([key]) => keys.includes(key)))
    },
    upsert: () => Promise.reject(new Error('not used')),
    delete: () => Promise.reject(new Error('not used'))
  }
  const client = { on: () => undefined, removeListener: () => undefined, release: () => undefined }
  const pool = { connect: async () => client } as never
  const cache = createRowCache(store, createStoredKeys(true))
  const keep = (rows: readonly object[]) => {
    for (const row of rows as { id: string; n: number }[]) table.set(row.id, row)
  }
  const change = async (key: string) => {
    await cache.load(pool, new Set([key]))
    cache.set(key, { id: key, n: ((cache.get(key)?.['n'] as number | undefined) ?? 0) + 1 })
  }

  for (let number = 0; number < MANY; number += 1) await change(`a${number}`)
  cache.forget(1)
  const first = cache.takeDirty()
  t.equal(first.written.length, MANY)
  t.equal(cache.dirtyCount, 0)
  for (let number = 0; number < MANY; number += 1) await change(`b${number}`)
  await change('a1')
  keep(first.written)
  cache.forget(1)
  const second = cache.takeDirty()
  t.equal(second.written.length, MANY + 1)
  t.strictSame(
    second.written.find((row) => row['id'] === 'a1'),
    { id: 'a1', n: 2 },
    'changed on top of what was not stored yet'
  )
  keep(second.written)
  reads.length = 0
  await cache.load(pool, new Set(['a1', 'a2', 'b1']))
  t.strictSame(reads, [['a2']], 'only what was not used since is read again')
  t.strictSame(cache.get('a2'), { id: 'a2', n: 1 })
})

void t.test('a row that is deleted after it grew old is deleted, not written as it was before', async (t) => {
  const store = {
    read: () => Promise.reject(new Error('not used')),
    upsert: () => Promise.reject(new Error('not used')),
    delete: () => Promise.reject(new Error('not used'))
  }
  const cache = createRowCache(store, createStoredKeys(true))
  for (let number = 0; number < MANY; number += 1) cache.set(`a${number}`, { id: `a${number}` })
  cache.takeDirty()
  cache.forget(1)
  cache.set('a1', null)
  t.strictSame(cache.takeDirty(), { written: [], deleted: ['a1'] })
})
