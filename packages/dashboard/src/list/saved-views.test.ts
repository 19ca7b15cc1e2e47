import t from 'tap'
import { parseViews } from './saved-views.ts'

void t.test('views are read back; what is none is left out', async (t) => {
  const view = { name: 'Mine', search: { status: 'failed' } }
  t.same(parseViews(JSON.stringify([view, null, { name: 3, search: {} }, 'x'])), [view])
  t.same(parseViews('{'), [])
  t.same(parseViews('{"name":"Mine"}'), [])
})
