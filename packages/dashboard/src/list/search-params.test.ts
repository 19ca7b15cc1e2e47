import t from 'tap'
import { formatSearch, parseSearch, sameSearch, searchOf } from './search-params.ts'

void t.test('an address keeps what was asked, as text', async (t) => {
  t.same(parseSearch('?q=007&status=failed'), { q: '007', status: 'failed' })
  t.equal(formatSearch({ q: 'a b&c', status: undefined, provider: '' }), '?q=a+b%26c')
  t.equal(formatSearch({}), '')
})

void t.test('a list takes only what it knows', async (t) => {
  t.same(searchOf({ q: 'ada', evil: 'x', status: 3 }, ['q', 'status']), { q: 'ada' })
  t.ok(sameSearch({ a: '1', b: undefined }, { b: '', a: '1' }))
  t.notOk(sameSearch({ a: '1' }, {}))
})
