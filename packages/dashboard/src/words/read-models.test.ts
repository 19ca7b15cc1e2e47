import t from 'tap'
import { byProjection } from './read-models.ts'

void t.test('a read model is as far as the stream on which it is furthest behind', async (t) => {
  const standing = (name: string, state: string, lagEvents: number, lagSeconds: number) => ({
    name,
    state,
    lagEvents,
    lagSeconds,
    parkedKeys: 1,
    parked: []
  })
  t.match(
    byProjection([
      standing('leads', 'running', 0, 0),
      standing('leads', 'catching-up', 7, 3),
      standing('meetings', 'running', 0, 0)
    ]),
    [
      { name: 'leads', state: 'catching-up', lagEvents: 7, lagSeconds: 3, parkedKeys: 2 },
      { name: 'meetings', state: 'running', lagEvents: 0 }
    ]
  )
})
