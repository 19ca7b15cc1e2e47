import t from 'tap'
import { traceTree, type TraceEvent } from './trace.ts'

const START = Date.parse('2026-11-18T09:00:00.000Z')

function event(id: string, causationId: string, ms: number): TraceEvent {
  const time = new Date(START + ms).toISOString()
  const place = { subject: 's', stream: 'EVENTS', sequence: ms }
  return { id, type: 'x.Y.v1', service: 'x', ...place, time, summary: id, facts: {}, causationId }
}

const outline = (nodes: ReturnType<typeof traceTree>) =>
  nodes.map(({ id, depth, repeated }) => `${'  '.repeat(depth)}${id}${repeated ? ' …' : ''}`)

void t.test('effects stand below their cause, oldest first', async (t) => {
  const events = [event('root', 'root', 0), event('b', 'root', 30), event('a', 'root', 20), event('a1', 'a', 25)]
  const nodes = traceTree(events, [], 'a')
  t.same(outline(nodes), ['root', '  a', '    a1', '  b'])
  t.match(nodes, [
    { id: 'root', parentId: null, relation: 'cause', msSinceParent: null, msSinceStart: 0 },
    { id: 'a', parentId: 'root', relation: 'self', msSinceParent: 20 },
    { id: 'a1', relation: 'effect', msSinceParent: 5, msSinceStart: 25 },
    { id: 'b', relation: 'other' }
  ])
})

void t.test('an event with two causes stands under both, its effects under the first', async (t) => {
  const events = [event('q1', '', 0), event('q2', '', 10), event('written', 'q1', 20), event('after', 'written', 30)]
  const nodes = traceTree(events, [{ causeId: 'q2', effectId: 'written' }], 'q2')
  t.same(outline(nodes), ['q1', '  written', '    after', 'q2', '  written …'])
  t.same(
    nodes.map(({ relation }) => relation),
    ['other', 'effect', 'effect', 'self', 'effect']
  )
})

void t.test('every event is told even where causes form a ring', async (t) => {
  const nodes = traceTree([event('a', 'b', 0), event('b', 'a', 10), event('c', 'b', 20)], [], 'c')
  const told = nodes.filter(({ repeated }) => !repeated).map(({ id }) => id)
  t.same(told.toSorted(), ['a', 'b', 'c'])
})
