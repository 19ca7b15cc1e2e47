/** What a layout needs of an event. */
export interface Traced {
  readonly id: string
  readonly parentId: string | null
  readonly depth: number
  readonly repeated: boolean
}

export interface Placed<Node extends Traced> {
  readonly key: string
  readonly node: Node
  readonly x: number
  readonly y: number
}

export interface Edge {
  readonly from: string
  readonly to: string
}

const COLUMN_PX = 264
const ROW_PX = 84

/**
 * Places events from left to right by their depth, each leaf on a line of its own and a cause in the middle of its
 * effects. An event with several causes is one node with several edges.
 */
export function traceLayout<Node extends Traced>(nodes: readonly Node[]): { nodes: Placed<Node>[]; edges: Edge[] } {
  const first = new Map<string, Node>()
  const edges: Edge[] = []
  const children = new Map<string, Node[]>()
  const roots: Node[] = []
  for (const node of nodes) {
    const isNew = !first.has(node.id)
    if (isNew) first.set(node.id, node)
    if (node.parentId !== null && first.has(node.parentId)) {
      edges.push({ from: node.parentId, to: node.id })
      if (isNew) children.set(node.parentId, [...(children.get(node.parentId) ?? []), node])
    } else if (isNew) roots.push(node)
  }
  const placed: Placed<Node>[] = []
  let line = 0
  const place = (node: Node, depth: number): number => {
    const own = children.get(node.id) ?? []
    const lines = own.map((child) => place(child, depth + 1))
    const at = lines.length === 0 ? line++ : ((lines[0] ?? 0) + (lines.at(-1) ?? 0)) / 2
    placed.push({ key: node.id, node, x: depth * COLUMN_PX, y: at * ROW_PX })
    return at
  }
  for (const root of roots) place(root, 0)
  return {
    nodes: placed,
    edges: edges.filter(
      (edge, index) => edges.findIndex(({ from, to }) => from === edge.from && to === edge.to) === index
    )
  }
}
