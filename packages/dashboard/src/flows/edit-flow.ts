import { edgesOf } from '@leadlog/call-flow'
import type { FlowDocument, FlowStep, FlowStepKind } from '@leadlog/contracts'
import { newStep } from './step-kinds.ts'

/** Where a box stands on the canvas. */
export interface Place {
  readonly x: number
  readonly y: number
}

/** A flow and the step that was made, for whoever shows it next. */
export interface Added {
  readonly flow: FlowDocument
  readonly id: string
}

/** Most letters of a step's id, by the schema. */
const MOST_ID = 40

/** An id that no step has: `menu`, `menu-2`. */
export function freeId(flow: FlowDocument, wanted: string): string {
  const taken = new Set(flow.steps.map(({ id }) => id))
  const base =
    wanted
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+|-+$/g, '')
      .slice(0, MOST_ID - 4)
      .replace(/-+$/, '') || 'step'
  if (!taken.has(base)) return base
  let count = 2
  while (taken.has(`${base}-${String(count)}`)) count += 1
  return `${base}-${String(count)}`
}

/** A new step; the first one is where calls begin. */
export function addStep(flow: FlowDocument, kind: FlowStepKind, place: Place | null): Added {
  const id = freeId(flow, kind)
  const step = placed(newStep(kind, id), place)
  return { flow: { ...flow, start: flow.start ?? id, steps: [...flow.steps, step] }, id }
}

/** A copy of a step, with the same ways out; nothing leads to it yet. */
export function duplicateStep(flow: FlowDocument, id: string, place: Place | null): Added | null {
  const step = stepOf(flow, id)
  if (step === undefined) return null
  const copyId = freeId(flow, id.replace(/-\d+$/, ''))
  const { canvas: _canvas, ...rest } = structuredClone(step)
  const copy = placed({ ...rest, id: copyId }, place)
  const at = flow.steps.indexOf(step)
  return { flow: { ...flow, steps: flow.steps.toSpliced(at + 1, 0, copy) }, id: copyId }
}

/** Without the step; what led to it leads nowhere. */
export function removeStep(flow: FlowDocument, id: string): FlowDocument {
  const steps = flow.steps.filter((step) => step.id !== id).map((step) => redirected(step, id, null))
  return { ...flow, start: flow.start === id ? null : flow.start, steps }
}

/** Another id for a step; everything that leads to it still does. An id that another step has is not taken. */
export function renameStep(flow: FlowDocument, from: string, to: string): FlowDocument {
  if (from === to || flow.steps.some(({ id }) => id === to)) return flow
  const steps = flow.steps.map((step) => redirected(step.id === from ? { ...step, id: to } : step, from, to))
  return { ...flow, start: flow.start === from ? to : flow.start, steps }
}

export function changeStep(flow: FlowDocument, id: string, change: (step: FlowStep) => FlowStep): FlowDocument {
  return { ...flow, steps: flow.steps.map((step) => (step.id === id ? change(step) : step)) }
}

/** Lets a way out of a step, by its path, lead to another step or nowhere. */
export function connect(flow: FlowDocument, from: string, path: string, to: string | null): FlowDocument {
  return changeStep(flow, from, (step) => withValue(step, path, to))
}

/** Puts boxes where somebody dragged them. */
export function moveSteps(flow: FlowDocument, places: ReadonlyMap<string, Place>): FlowDocument {
  return { ...flow, steps: flow.steps.map((step) => placed(step, places.get(step.id) ?? null)) }
}

export function stepOf(flow: FlowDocument, id: string | null): FlowStep | undefined {
  return flow.steps.find((step) => step.id === id)
}

/** A copy with the value at a path such as `choices/0/next`; undefined takes a member out. */
export function withValue<T extends object>(of: T, path: string, value: unknown): T {
  const [key = '', ...rest] = path.split('/')
  const copy = (Array.isArray(of) ? [...(of as unknown[])] : { ...of }) as Record<string, unknown>
  if (rest.length > 0) copy[key] = withValue(copy[key] ?? {}, rest.join('/'), value)
  else if (value === undefined) delete copy[key]
  else copy[key] = value
  return copy as T
}

/** What stands at a path. */
export function valueAt(of: unknown, path: string): unknown {
  return path.split('/').reduce((at, key) => (at as Record<string, unknown> | undefined)?.[key], of)
}

/** The text at a path; nothing where there is none. */
export function textAt(of: unknown, path: string): string {
  const value = valueAt(of, path)
  return typeof value === 'string' ? value : ''
}

function redirected(step: FlowStep, from: string, to: string | null): FlowStep {
  return edgesOf(step).reduce((one, edge) => (edge.to === from ? withValue(one, edge.path, to) : one), step)
}

function placed(step: FlowStep, place: Place | null): FlowStep {
  return place === null ? step : { ...step, canvas: { x: Math.round(place.x), y: Math.round(place.y) } }
}
