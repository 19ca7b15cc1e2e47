import '@xyflow/react/dist/style.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Background, Controls, Handle, Position, ReactFlow, type Node, type NodeProps } from '@xyflow/react'
import { useMemo } from 'react'
import type { AnswerOf } from '../../api/client.ts'
import { readOfOne } from '../../api/queries.ts'
import { TraceTree } from '../../detail/trace-tree.tsx'
import { BackLink } from '../../design/back-link.tsx'
import { PageHead } from '../../design/page.tsx'
import { Loaded } from '../../design/states.tsx'
import { duration } from '../../words/format.ts'
import { eventName, nameOf } from '../../words/names.ts'
import { traceLayout } from '../../words/trace-layout.ts'
import { summaryWords } from '../../words/summaries.ts'

type Traced = AnswerOf<'/v1/events/{id}/trace'>['nodes'][number]
type TraceNode = Node<{ traced: Traced }, 'event'>

const route = getRouteApi('/app/trace/$id')
const NODE_TYPES = { event: EventNode }

/** Causes and effects over all services as a graph; as a list where there is no room for one. */
export default function TracePage() {
  const { id } = route.useParams()
  const found = useQuery(readOfOne('/v1/events/{id}/trace', id))
  const trace = found.data
  return (
    <div className="flex h-full flex-col gap-4 p-4 lg:p-6">
      <BackLink to="/events/$id" params={{ id }}>
        Event
      </BackLink>
      <PageHead title="Trace">
        {trace === undefined
          ? 'Causes and effects over all services.'
          : `${String(trace.nodes.length)} events over ${String(new Set(trace.nodes.map(({ service }) => service)).size)} services in ${duration(trace.durationMs)}.`}
      </PageHead>
      <Loaded read={found}>
        {({ nodes }) => (
          <>
            <div className="panel hidden min-h-0 flex-1 overflow-hidden md:block">
              <Graph nodes={nodes} />
            </div>
            <div className="panel min-h-0 flex-1 overflow-y-auto p-4 md:hidden">
              <TraceTree eventId={id} />
            </div>
          </>
        )}
      </Loaded>
    </div>
  )
}

function Graph({ nodes }: { nodes: readonly Traced[] }) {
  const { placed, edges } = useMemo(() => {
    const layout = traceLayout(nodes)
    return {
      placed: layout.nodes.map(({ key, node, x, y }): TraceNode => ({
        id: key,
        type: 'event',
        position: { x, y },
        data: { traced: node },
        ariaLabel: `${eventName(node.type)}: ${summaryWords(node.summary)}`
      })),
      edges: layout.edges.map(({ from, to }) => ({ id: `${from} ${to}`, source: from, target: to, focusable: false }))
    }
  }, [nodes])
  return (
    <ReactFlow
      nodes={placed}
      edges={edges}
      nodeTypes={NODE_TYPES}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      fitView
      minZoom={0.2}
      colorMode={document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light'}
      proOptions={{ hideAttribution: true }}
    >
      <Background />
      <Controls showInteractive={false} />
    </ReactFlow>
  )
}

function EventNode({ data: { traced } }: NodeProps<TraceNode>) {
  const isSelf = traced.relation === 'self'
  return (
    <div
      className={`w-56 rounded-lg border bg-surface px-3 py-2 text-foreground shadow-surface ${isSelf ? 'border-2 border-accent' : 'border-border'}`}
    >
      <Handle type="target" position={Position.Left} className="invisible" />
      <Link
        to="/events/$id"
        params={{ id: traced.id }}
        className="nodrag nopan block truncate text-sm font-medium hover:underline"
      >
        {eventName(traced.type)}
      </Link>
      <p className="truncate text-xs text-muted">{summaryWords(traced.summary)}</p>
      <p className="tnum mt-0.5 flex justify-between text-xs text-muted">
        <span>{nameOf(traced.service)}</span>
        <span>+{duration(traced.msSinceStart)}</span>
      </p>
      <Handle type="source" position={Position.Right} className="invisible" />
    </div>
  )
}
