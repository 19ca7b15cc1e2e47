import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../api/client.ts'
import { readOfOne } from '../api/queries.ts'
import { Loaded } from '../design/states.tsx'
import { duration } from '../words/format.ts'
import { eventName, nameOf } from '../words/names.ts'
import { summaryWords } from '../words/summaries.ts'

type Trace = AnswerOf<'/v1/events/{id}/trace'>
type Node = Trace['nodes'][number]

/** Causes and effects as an indented list, in the order in which they happened. */
export function TraceTree({ eventId }: { eventId: string }) {
  const found = useQuery(readOfOne('/v1/events/{id}/trace', eventId))
  return <Loaded read={found}>{(trace) => <Tree trace={trace} />}</Loaded>
}

function Tree({ trace: { nodes, durationMs, truncated } }: { trace: Trace }) {
  return (
    <div>
      <ol className="flex flex-col">
        {nodes.map((node, index) => (
          <TraceRow key={`${node.id} ${String(index)}`} node={node} />
        ))}
      </ol>
      <p className="mt-3 text-xs text-muted">
        {duration(durationMs)} from first to last{truncated ? '; there are more than are shown' : ''}
      </p>
    </div>
  )
}

const INDENT_PX = 16
const DEEPEST = 8

function TraceRow({ node }: { node: Node }) {
  const isSelf = node.relation === 'self'
  return (
    <li style={{ paddingLeft: Math.min(node.depth, DEEPEST) * INDENT_PX }}>
      <Link
        to="/events/$id"
        params={{ id: node.id }}
        className={`flex items-baseline gap-2 border-l-2 py-1 pr-1 pl-3 hover:bg-surface-secondary ${isSelf ? 'border-accent' : 'border-separator'}`}
      >
        <span className="min-w-0 flex-1">
          <span className={isSelf ? 'font-semibold' : 'font-medium'}>{eventName(node.type)}</span>
          <span className="ml-2 text-xs text-muted">{nameOf(node.service)}</span>
          <span className="block text-xs text-muted">
            {node.repeated ? 'Told above under another cause' : summaryWords(node.summary)}
          </span>
        </span>
        <span className="tnum text-xs text-muted">+{duration(node.msSinceStart)}</span>
      </Link>
    </li>
  )
}
