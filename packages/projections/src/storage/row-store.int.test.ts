import { anyCharacter } from '@leadlog/testing/any-character'
import fc from 'fast-check'
import t from 'tap'
import { AccountOpened } from '../fixtures/accounts.ts'
import { testPool } from '../fixtures/test-pool.ts'
import { column } from '../definition/column.ts'
import { defineProjection } from '../definition/define-projection.ts'
import { canonicalRow } from '../fold/canonical-row.ts'
import { storableText } from './array-literal.ts'
import { createTable } from './projection-table.ts'
import { createRowStore } from './row-store.ts'
import { inTransaction } from './transaction.ts'

const everything = defineProjection({
  name: 'everything',
  version: 1,
  table: 'test.everything',
  columns: {
    id: column.text({ primaryKey: true }),
    words: column.text({ nullable: true }),
    small: column.integer(),
    large: column.bigint({ nullable: true }),
    real: column.double(),
    yes: column.boolean({ nullable: true }),
    at: column.timestamptz({ nullable: true }),
    list: column.textArray(),
    document: column.jsonb({ nullable: true })
  },
  on: [AccountOpened],
  key: () => null,
  evolve: { [AccountOpened.type]: () => null }
})

const nasty = fc.oneof(
  fc.string({ unit: anyCharacter }),
  fc.constantFrom('', 'NULL', '{}', '"\\', "it's", '\u0000', '\ud83d', 'a,b', '{"a":"\\u0000"}', '\\u0000', 'null')
)
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number))
const plain: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, nasty, finite, fc.boolean(), fc.constant(null), tie('list'), tie('record')),
  list: fc.array(tie('value'), { maxLength: 3 }),
  record: fc.dictionary(fc.constantFrom('a', 'b', 'c "d"', 'é'), tie('value'), { maxKeys: 3 })
})).value
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const row = fc.record({
  id: fc.string({ unit: anyCharacter, minLength: 1, maxLength: 20 }).map((text) => `k${storableText(text)}`),
  words: optional(nasty),
  small: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  large: optional(fc.maxSafeInteger()),
  real: finite,
  yes: optional(fc.boolean()),
  at: optional(
    fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  ).map((date) => date?.toISOString() ?? null),
  list: fc.array(nasty, { maxLength: 4 }),
  document: optional(plain)
})

/** What Postgres cannot store is replaced, and JSON knows no minus zero; all else must come back as it was. */
function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(storable)
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, storable(part)]))
}

void t.test('what a fold gives comes back from the table as it was', async (t) => {
  const pool = await testPool(t)
  const table = { schema: 'test', name: 'everything' }
  await inTransaction(pool, (client) => createTable(client, everything, table))
  const store = createRowStore(everything, table)
  const client = await pool.connect()
  t.teardown(() => client.release())
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(row, { selector: ({ id }) => id, minLength: 1, maxLength: 30 }), async (rows) => {
      const canonical = rows.map((one) => canonicalRow(everything, one, one.id))
      await store.upsert(client, canonical)
      const found = await store.read(
        client,
        rows.map(({ id }) => id)
      )
      t.strictSame(
        rows.map(({ id }) => found.get(id)),
        canonical.map(storable)
      )
      t.strictSame(await store.insertNew(client, canonical), [], 'what is there stays')
      const moved = canonical.map((one) => ({ ...one, small: 7, words: 'moved', document: 'not written' }))
      t.equal(await store.updateBesideDocuments(client, moved), rows.length)
      const after = await store.read(
        client,
        rows.map(({ id }) => id)
      )
      t.strictSame(
        rows.map(({ id }) => after.get(id)),
        canonical.map((one) => storable({ ...one, small: 7, words: 'moved' })),
        'documents are left as they are'
      )
      await store.delete(
        client,
        rows.map(({ id }) => id)
      )
      t.equal(
        (
          await store.read(
            client,
            rows.map(({ id }) => id)
          )
        ).size,
        0
      )
      t.equal(await store.updateBesideDocuments(client, canonical), 0, 'nothing is made')
      t.strictSame((await store.insertNew(client, canonical)).sort(), rows.map(({ id }) => id).sort())
      await store.delete(
        client,
        rows.map(({ id }) => id)
      )
    }),
    { numRuns: 60 }
  )
})
