import { Graph, layout } from '@dagrejs/dagre'
import { edgesOf } from '@leadlog/call-flow'
import type { FlowDocument } from '@leadlog/contracts'
import type { Place } from './edit-flow.ts'

/** As wide as a box is drawn; as high as one with its ways. */
export const BOX_WIDTH = 248
const BOX_HEIGHT = 76
const WAY_HEIGHT = 26

/** How high the box of a step with so many ways is. */
export function boxHeight(ways: number): number {
  return BOX_HEIGHT + ways * WAY_HEIGHT
}

/** Places for all boxes, from left to right as a call goes. The same flow, the same places. */
export function layoutOf(flow: FlowDocument): ReadonlyMap<string, Place> {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 36, ranksep: 96 })
  graph.setDefaultEdgeLabel(() => ({}))
  const ids = new Set(flow.steps.map(({ id }) => id))
  for (const step of flow.steps) graph.setNode(step.id, { width: BOX_WIDTH, height: boxHeight(edgesOf(step).length) })
  for (const step of flow.steps) {
    for (const { to } of edgesOf(step)) if (to !== null && ids.has(to)) graph.setEdge(step.id, to)
  }
  layout(graph)
  return new Map(
    flow.steps.map((step) => {
      const { x, y, width, height } = graph.node(step.id) as { x: number; y: number; width: number; height: number }
      return [step.id, { x: Math.round(x - width / 2), y: Math.round(y - height / 2) }]
    })
  )
}

/** Where each box stands: where it was put, else where a layout has it. */
export function placesOf(flow: FlowDocument): ReadonlyMap<string, Place> {
  if (flow.steps.every(({ canvas }) => canvas !== undefined)) {
    return new Map(flow.steps.map(({ id, canvas }) => [id, canvas ?? { x: 0, y: 0 }]))
  }
  const laidOut = layoutOf(flow)
  return new Map(flow.steps.map(({ id, canvas }) => [id, canvas ?? laidOut.get(id) ?? { x: 0, y: 0 }]))
}

/** A free place beside a step, or right of everything. */
export function placeBeside(places: ReadonlyMap<string, Place>, id: string | null): Place {
  const beside = id === null ? undefined : places.get(id)
  const all = [...places.values()]
  if (beside === undefined) {
    return { x: Math.max(-BOX_WIDTH - 96, ...all.map(({ x }) => x)) + BOX_WIDTH + 96, y: all[0]?.y ?? 0 }
  }
  const x = beside.x + BOX_WIDTH + 96
  let y = beside.y
  const isTaken = (at: number): boolean =>
    all.some((one) => Math.abs(one.x - x) < BOX_WIDTH && Math.abs(one.y - at) < boxHeight(2))
  while (isTaken(y)) y += boxHeight(2) + 16
  return { x, y }
}
