import t from 'tap'
import { traceLayout } from './trace-layout.ts'

const node = (id: string, parentId: string | null, depth: number, repeated = false) => ({
  id,
  parentId,
  depth,
  repeated
})

void t.test('effects stand right of their cause, and the cause in their middle', async (t) => {
  const { nodes, edges } = traceLayout([
    node('a', null, 0),
    node('b', 'a', 1),
    node('c', 'b', 2),
    node('d', 'a', 1),
    node('e', 'a', 1)
  ])
  const at = new Map(nodes.map(({ key, x, y }) => [key, { x, y }]))
  t.ok((at.get('b')?.x ?? 0) > (at.get('a')?.x ?? 0))
  t.equal(at.get('a')?.y, ((at.get('b')?.y ?? 0) + (at.get('e')?.y ?? 0)) / 2)
  t.equal(new Set(nodes.map(({ x, y }) => `${String(x)} ${String(y)}`)).size, nodes.length, 'none covers another')
  t.equal(edges.length, 4)
})

void t.test('an event with two causes is one node with two edges', async (t) => {
  const { nodes, edges } = traceLayout([
    node('a', null, 0),
    node('b', null, 0),
    node('c', 'a', 1),
    node('c', 'b', 1, true)
  ])
  t.same(nodes.map(({ key }) => key).sort(), ['a', 'b', 'c'])
  t.same(edges, [
    { from: 'a', to: 'c' },
    { from: 'b', to: 'c' }
  ])
})
