import t from 'tap'
import { isStaleAfter } from './stale-reads.ts'

void t.test('a change makes its lists stale, and of single rows only its own', async (t) => {
  const lead = (id: string) => ({ path: '/v1/leads/{id}', id })
  t.ok(isStaleAfter({ path: '/v1/leads', id: undefined }, 'lead.changed', 'a'))
  t.ok(isStaleAfter(lead('a'), 'lead.changed', 'a'))
  t.notOk(isStaleAfter(lead('b'), 'lead.changed', 'a'))
  t.ok(isStaleAfter(lead('b'), 'lead.changed', null), 'many changed')
  t.notOk(isStaleAfter(lead('a'), 'meeting.changed', 'a'))
  t.notOk(isStaleAfter(lead('a'), 'ready', null))
  const timeline = { path: '/v1/leads/{id}/timeline', id: 'a' }
  t.ok(isStaleAfter(timeline, 'timeline.changed', 'a'))
  t.notOk(isStaleAfter(timeline, 'timeline.changed', 'b'))
  t.ok(isStaleAfter({ path: '/v1/events/{id}/trace', id: 'a' }, 'event.recorded', 'b'), 'it may follow from it')
})
