import '@xyflow/react/dist/style.css'
import { edgesOf } from '@leadlog/call-flow'
import type { FlowDocument, FlowStep } from '@leadlog/contracts'
import {
  applyNodeChanges,
  Background,
  Controls,
  Handle,
  MarkerType,
  MiniMap,
  Position,
  ReactFlow,
  useReactFlow,
  type Connection,
  type Edge,
  type Node,
  type NodeChange,
  type NodeProps,
  ReactFlowProvider
} from '@xyflow/react'
import { AlertTriangle, Flag } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { connect, moveSteps, removeStep } from '../../flows/edit-flow.ts'
import { BOX_WIDTH, placesOf } from '../../flows/flow-layout.ts'
import { STEP_KINDS, stepName, stepSummary, wayWords } from '../../flows/step-kinds.ts'
import { StepIcon } from './step-icon.tsx'
import type { Issue } from './step-form.tsx'

/** Two columns of boxes. */
const NEAR_PX = 2 * BOX_WIDTH

/** What a box is marked with: how it differs from another version. */
export type Mark = 'added' | 'removed' | 'changed'

interface Box extends Record<string, unknown> {
  readonly step: FlowStep
  readonly isStart: boolean
  readonly problems: number
  readonly trodden: 'no' | 'passed' | 'waits'
  readonly mark: Mark | undefined
  readonly readOnly: boolean
}
type BoxNode = Node<Box, 'step'>

const NODE_TYPES = { step: StepBox }
const NOTHING: ReadonlySet<string> = new Set()
const NO_ISSUES: readonly Issue[] = []
const NO_MARKS: ReadonlyMap<string, Mark> = new Map()

export interface FlowCanvasProps {
  readonly flow: FlowDocument
  readonly label: string
  readonly issues?: readonly Issue[]
  readonly selected?: string | null
  readonly trodden?: ReadonlySet<string>
  readonly ways?: ReadonlySet<string>
  readonly waiting?: string | null
  readonly marks?: ReadonlyMap<string, Mark>
  /** Fits what is marked into sight, else all of it, however small. */
  readonly showAll?: boolean
  readonly onSelect?: (id: string | null) => void
  /** Absent where it is only looked at. */
  readonly change?: (next: (before: FlowDocument) => FlowDocument) => void
}

/** A flow as boxes and ways: dragged, connected, deleted. Everything that can be done here can be done in the list too. */
export default function FlowCanvas(props: FlowCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  )
}

function Canvas(props: FlowCanvasProps) {
  const { flow, label, issues = NO_ISSUES, selected = null, waiting = null, onSelect, change } = props
  const { trodden = NOTHING, ways = NOTHING, marks = NO_MARKS, showAll = false } = props
  const readOnly = change === undefined
  const places = useMemo(() => placesOf(flow), [flow])
  const wanted = useMemo(
    () =>
      flow.steps.map((step): BoxNode => ({
        id: step.id,
        type: 'step',
        position: places.get(step.id) ?? { x: 0, y: 0 },
        selected: step.id === selected,
        data: {
          step,
          isStart: flow.start === step.id,
          problems: issues.filter((issue) => issue.step === step.id).length,
          trodden: waiting === step.id ? 'waits' : trodden.has(step.id) ? 'passed' : 'no',
          mark: marks.get(step.id),
          readOnly
        },
        ariaLabel: `${STEP_KINDS[step.kind].name}: ${stepName(step)}`
      })),
    [flow, places, selected, issues, trodden, waiting, marks, readOnly]
  )
  const [nodes, setNodes] = useState<BoxNode[]>(wanted)
  useEffect(() => {
    setNodes((before) => {
      const known = new Map(before.map((node) => [node.id, node]))
      return wanted.map((node) => {
        const measured = known.get(node.id)?.measured
        return measured === undefined ? node : { ...node, measured }
      })
    })
  }, [wanted])
  const edges = useMemo(() => edgesFor(flow, ways), [flow, ways])
  // All of a long flow would be too small to be read: where calls begin is shown, the map shows the rest.
  const [beginning] = useState(() => {
    const start = places.get(flow.start ?? '') ?? [...places.values()][0] ?? { x: 0, y: 0 }
    const near = [...places].filter(([, { x }]) => Math.abs(x - start.x) <= NEAR_PX)
    const ids = showAll ? [...marks.keys()] : near.map(([id]) => id)
    return ids.length === 0 ? {} : { nodes: ids.map((id) => ({ id })) }
  })
  const { fitView } = useReactFlow()
  const count = useRef(flow.steps.length)
  useEffect(() => {
    if (count.current === 0 && flow.steps.length > 0) void fitView({ maxZoom: 1 })
    count.current = flow.steps.length
  }, [flow.steps.length, fitView])
  // What waits for the caller is in sight.
  useEffect(() => {
    if (waiting !== null) void fitView({ nodes: [{ id: waiting }], maxZoom: 1, minZoom: 0.6 })
  }, [waiting, fitView])
  const onConnect = ({ source, sourceHandle, target }: Connection): void => {
    if (sourceHandle !== null) change?.((before) => connect(before, source, sourceHandle, target))
  }
  return (
    <ReactFlow
      aria-label={label}
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      onNodesChange={(changes: NodeChange<BoxNode>[]) => {
        // Which step is chosen, and which there are, is said by the page.
        const chosen = changes.find((one) => one.type === 'select' && one.selected)
        if (chosen?.type === 'select') onSelect?.(chosen.id)
        const shown = changes.filter(({ type }) => type !== 'remove' && type !== 'select')
        setNodes((before) => applyNodeChanges(shown, before))
      }}
      onNodeClick={(_event, node) => onSelect?.(node.id)}
      onPaneClick={() => onSelect?.(null)}
      onNodeDragStop={(_event, _node, dragged) => {
        const moved = new Map(dragged.map(({ id, position }) => [id, position]))
        change?.((before) => moveSteps(before, new Map([...placesOf(before), ...moved])))
      }}
      onConnect={onConnect}
      onNodesDelete={(deleted) =>
        change?.((before) => deleted.reduce((flowSoFar, { id }) => removeStep(flowSoFar, id), before))
      }
      onEdgesDelete={(deleted) =>
        change?.((before) =>
          deleted.reduce(
            (flowSoFar, { source, sourceHandle }) => connect(flowSoFar, source, sourceHandle ?? '', null),
            before
          )
        )
      }
      nodesDraggable={!readOnly}
      nodesConnectable={!readOnly}
      edgesFocusable={!readOnly}
      deleteKeyCode={readOnly ? null : ['Delete', 'Backspace']}
      connectionRadius={32}
      fitView
      fitViewOptions={{ maxZoom: 1, padding: 0.1, ...beginning }}
      minZoom={0.15}
      colorMode={document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light'}
      proOptions={{ hideAttribution: true }}
    >
      <Background />
      <Controls showInteractive={false} />
      {showAll || flow.steps.length < 4 ? null : (
        <MiniMap pannable zoomable ariaLabel="Map of the flow" style={{ width: 150, height: 96 }} />
      )}
    </ReactFlow>
  )
}

function edgesFor(flow: FlowDocument, ways: ReadonlySet<string>): Edge[] {
  const ids = new Set(flow.steps.map(({ id }) => id))
  return flow.steps.flatMap((step) =>
    edgesOf(step).flatMap(({ path, to }): Edge[] => {
      if (to === null || !ids.has(to)) return []
      const taken = ways.has(`${step.id} ${to}`)
      return [
        {
          id: `${step.id} ${path}`,
          source: step.id,
          sourceHandle: path,
          target: to,
          ariaLabel: `From ${stepName(step)}, ${wayWords(step, path)}, to ${to}`,
          markerEnd: {
            type: MarkerType.ArrowClosed,
            width: 16,
            height: 16,
            color: taken ? 'var(--tone-success)' : 'var(--muted)'
          },
          ...(taken ? { style: { stroke: 'var(--tone-success)', strokeWidth: 2.5 } } : {})
        }
      ]
    })
  )
}

const EDGES: Readonly<Record<Mark, string>> = {
  added: 'border-tone-success',
  removed: 'border-tone-danger border-dashed',
  changed: 'border-tone-warning'
}
const MARK_WORDS: Readonly<Record<Mark, string>> = { added: 'Added', removed: 'Removed', changed: 'Changed' }
const MARK_TONES: Readonly<Record<Mark, string>> = {
  added: 'bg-tone-success-soft text-tone-success',
  removed: 'bg-tone-danger-soft text-tone-danger',
  changed: 'bg-tone-warning-soft text-tone-warning'
}

function StepBox({ data: { step, isStart, problems, trodden, mark, readOnly }, selected }: NodeProps<BoxNode>) {
  const edge =
    trodden === 'waits'
      ? 'border-tone-success ring-2 ring-tone-success'
      : trodden === 'passed'
        ? 'border-tone-success'
        : mark !== undefined
          ? EDGES[mark]
          : selected
            ? 'border-accent ring-1 ring-accent'
            : problems > 0
              ? 'border-tone-danger'
              : 'border-border'
  return (
    <div
      style={{ width: BOX_WIDTH }}
      className={`rounded-lg border bg-surface text-sm text-foreground shadow-surface ${edge}`}
    >
      <Handle type="target" position={Position.Left} className="!size-3" isConnectable={!readOnly} />
      <div className="flex items-center gap-2 px-3 pt-2">
        <StepIcon kind={step.kind} />
        <span className="min-w-0 flex-1 truncate font-medium">{stepName(step)}</span>
        {isStart ? <Flag aria-label="Calls begin here" size={13} className="text-muted" /> : null}
        {mark === undefined ? null : (
          <span className={`rounded-full px-1.5 text-xs font-medium ${MARK_TONES[mark]}`}>{MARK_WORDS[mark]}</span>
        )}
        {problems === 0 ? null : (
          <span className="inline-flex items-center gap-0.5 text-xs font-medium text-tone-danger">
            <AlertTriangle aria-hidden size={12} /> {problems}
          </span>
        )}
      </div>
      <p className="line-clamp-2 px-3 pb-2 text-xs text-muted">{stepSummary(step)}</p>
      {edgesOf(step).map(({ path, to }) => (
        <div
          key={path}
          className="relative flex h-[26px] items-center justify-end border-t border-separator pr-4 pl-3 text-xs"
        >
          <span className={`truncate ${to === null ? 'text-muted' : ''}`}>{wayWords(step, path)}</span>
          <Handle id={path} type="source" position={Position.Right} className="!size-3" isConnectable={!readOnly} />
        </div>
      ))}
    </div>
  )
}
