import t from 'tap'
import { projectionSpec } from '../index.ts'

interface Added {
  type: string
  list: string
  item: string
}
interface Row {
  items: string[]
}

const added = (list: string, item: string): Added => ({ type: 'Added', list, item })
const key = (event: Added): string | null => (event.list === '' ? null : event.list)

const asSet = projectionSpec<Added, Row>({
  key,
  evolve: (row, event) =>
    event.type === 'Cleared' ? null : { items: [...new Set([...(row?.items ?? []), event.item])] }
})

void t.test('rows that do not depend on the cut or on repetition pass', async (t) => {
  const given = asSet.given([added('a', 'x'), added('b', 'y'), added('a', 'z')])
  given.thenEvenTwice({ a: { items: ['x', 'z'] }, b: { items: ['y'] } })
  t.same(given.rows.get('b'), { items: ['y'] })
  asSet.given([added('a', 'x'), { ...added('a', ''), type: 'Cleared' }]).then({})
  asSet.given([added('', 'x')]).then({})
})

void t.test('wrong rows, repeated work and changed inputs fail', async (t) => {
  t.throws(() => asSet.given([added('a', 'x')]).then({}), { message: /folded in one batch/ })
  const asList = projectionSpec<Added, Row>({
    key,
    evolve: (row, event) => ({ items: [...(row?.items ?? []), event.item] })
  })
  asList.given([added('a', 'x')]).then({ a: { items: ['x'] } })
  t.throws(() => asList.given([added('a', 'x')]).thenEvenTwice({ a: { items: ['x'] } }), {
    message: /every event twice/
  })
  const mutating = projectionSpec<Added, Row>({
    key,
    evolve: (row, event) => {
      const next = row ?? { items: [] }
      next.items.push(event.item)
      return next
    }
  })
  t.throws(() => mutating.given([added('a', 'x'), added('a', 'y')]), TypeError)
})

void t.test('one event may belong to several rows', async () => {
  projectionSpec<Added, Row>({ key: () => ['a', 'b'], evolve: (_row, event, key) => ({ items: [event.item, key] }) })
    .given([added('', 'x')])
    .thenEvenTwice({ a: { items: ['x', 'a'] }, b: { items: ['x', 'b'] } })
})
