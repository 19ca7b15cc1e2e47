import t from 'tap'
import { kindOf } from './test-files.ts'
import { inOrder } from './test-order.ts'

const many = (count: number, name: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => name(i))

void t.test('every file is started once, the longest of each kind first', async (t) => {
  const files = [
    ...many(20, (i) => `packages/x/src/u${String(i)}.test.ts`),
    ...many(10, (i) => `packages/x/src/i${String(i)}.int.test.ts`),
    'services/crm-sync/src/crm-sync.int.test.ts',
    'tests/src/small.e2e.test.ts',
    'tests/src/chaos.e2e.test.ts'
  ]
  const ordered = inOrder(files, kindOf)
  t.same([...ordered].sort(), [...files].sort())
  const firstOf = (kind: string) => ordered.find((file) => kindOf(file) === kind)
  t.equal(firstOf('e2e'), 'tests/src/chaos.e2e.test.ts')
  t.equal(firstOf('integration'), 'services/crm-sync/src/crm-sync.int.test.ts')
  t.same(inOrder([...files].reverse(), kindOf), ordered, 'the order does not depend on how they were found')
})

void t.test('kinds are mixed: neither all whole systems at once nor all of the rest after them', async (t) => {
  const ordered = inOrder(
    [
      ...many(8, (i) => `tests/src/s${String(i)}.e2e.test.ts`),
      ...many(80, (i) => `packages/x/src/i${String(i)}.int.test.ts`)
    ],
    kindOf
  )
  const places = ordered.flatMap((file, index) => (kindOf(file) === 'e2e' ? [index] : []))
  const gaps = places.slice(1).map((place, index) => place - (places[index] ?? 0))
  t.ok(
    gaps.every((gap) => gap > 5),
    `whole systems start at ${places.join(', ')}`
  )
})
