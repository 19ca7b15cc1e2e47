import type { TraceNode } from '@leadlog/gateway/read-models'
import { shortType } from '../events/event-line.ts'
import { counted, duration } from '../output/quantity.ts'
import type { Style } from '../output/style.ts'
import type { CollectedTrace } from './collect-trace.ts'
import { traceWords } from './trace-words.ts'

const OFFSET_WIDTH = 11
const SERVICE_WIDTH = 13

/** The trace as a tree: when (since the first cause), who, what; what was asked about is marked. */
export function traceText(trace: CollectedTrace, style: Style): string {
  const { nodes, correlationIds, about, truncated } = trace
  const roots = rootsOf(nodes)
  const parts = roots.map(({ root, own }) => {
    const branches = branchesOf(own)
    const lines = own.map((node) => line(node, branches.get(node) ?? '', Date.parse(root.time), style))
    return [style.dim(`${root.time}  ${root.subject}`), ...lines].join('\n')
  })
  const services = new Set(nodes.map(({ service }) => service))
  const head = `${style.bold(about)}: ${counted(nodes.filter(({ repeated }) => !repeated).length, 'event')} of ${counted(services.size, 'service')} from ${counted(correlationIds.length, 'first cause')}`
  return [head, ...parts, ...(truncated ? [style.warn('There is more than is shown; raise --limit.')] : [])].join(
    '\n\n'
  )
}

function line(node: TraceNode, branch: string, start: number, style: Style): string {
  const at = after(Date.parse(node.time) - start).padStart(OFFSET_WIDTH)
  const type = shortType(node.type)
  const marked = node.relation === 'self' ? style.good(`▶ ${type}`) : style.bold(type)
  const words = node.repeated ? style.dim('(see above)') : traceWords(node)
  const since =
    node.msSinceParent === null || node.msSinceParent === 0 ? '' : style.dim(` ${after(node.msSinceParent)}`)
  const id = node.repeated ? '' : style.dim(`  ${node.id}`)
  return `${style.dim(at)}  ${style.name(node.service.padEnd(SERVICE_WIDTH))}  ${style.dim(branch)}${marked}  ${words}${since}${id}`
}

/** An event that took the place of another, as that of an erased webhook, is younger than what the other led to. */
function after(ms: number): string {
  return ms < 0 ? duration(ms) : `+${duration(ms)}`
}

/** The nodes under each root, in their order. */
function rootsOf(nodes: readonly TraceNode[]): { root: TraceNode; own: TraceNode[] }[] {
  const groups: { root: TraceNode; own: TraceNode[] }[] = []
  for (const node of nodes) {
    if (node.depth === 0) groups.push({ root: node, own: [node] })
    else groups.at(-1)?.own.push(node)
  }
  return groups
}

/** The lines before each node; a node is the last of its parent when no sibling follows before its parent's end. */
function branchesOf(nodes: readonly TraceNode[]): ReadonlyMap<TraceNode, string> {
  const branches = new Map<TraceNode, string>()
  const open: boolean[] = []
  for (let index = nodes.length - 1; index >= 0; index--) {
    const node = nodes[index]
    if (!node) continue
    open.length = Math.max(open.length, node.depth + 1)
    const more = open[node.depth] === true
    const outer = Array.from({ length: Math.max(0, node.depth - 1) }, (_, depth) =>
      open[depth + 1] === true ? '│  ' : '   '
    )
    branches.set(node, node.depth === 0 ? '' : `${outer.join('')}${more ? '├─ ' : '└─ '}`)
    open[node.depth] = true
    open.length = node.depth + 1
  }
  return branches
}
