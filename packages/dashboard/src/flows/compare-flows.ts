import type { FlowDocument, FlowStep } from '@leadlog/contracts'

/** A field that differs, by its path; undefined where it is not there. */
export interface FieldChange {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/** A step that is in one of two documents only, or differs in them. */
export interface StepChange {
  readonly id: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly step: FlowStep
  /** Of a changed step. */
  readonly fields: readonly FieldChange[]
}

/** What differs between two flows. Where boxes stand on the canvas changes nothing for callers and is left out. */
export interface FlowComparison {
  readonly flow: readonly FieldChange[]
  readonly steps: readonly StepChange[]
}

export function compareFlows(before: FlowDocument, after: FlowDocument): FlowComparison {
  const { steps: stepsBefore, ...flowBefore } = before
  const { steps: stepsAfter, ...flowAfter } = after
  const earlier = new Map(stepsBefore.map((step) => [step.id, step]))
  const later = new Set(stepsAfter.map(({ id }) => id))
  const steps = stepsAfter.flatMap((step): StepChange[] => {
    const was = earlier.get(step.id)
    if (was === undefined) return [{ id: step.id, kind: 'added', step, fields: [] }]
    const fields = differences(withoutPlace(was), withoutPlace(step), '')
    return fields.length === 0 ? [] : [{ id: step.id, kind: 'changed', step, fields }]
  })
  const removed = stepsBefore
    .filter(({ id }) => !later.has(id))
    .map((step): StepChange => ({ id: step.id, kind: 'removed', step, fields: [] }))
  return { flow: differences(flowBefore, flowAfter, ''), steps: [...steps, ...removed] }
}

export function isSame({ flow, steps }: FlowComparison): boolean {
  return flow.length === 0 && steps.length === 0
}

/** `2 steps added, 1 changed`; `Nothing that a caller would notice` where only boxes were moved. */
export function comparisonWords({ flow, steps }: FlowComparison): string {
  const count = (kind: StepChange['kind']): number => steps.filter((step) => step.kind === kind).length
  const parts = (['added', 'changed', 'removed'] as const).flatMap((kind) => {
    const of = count(kind)
    return of === 0 ? [] : [`${String(of)} ${of === 1 ? 'step' : 'steps'} ${kind}`]
  })
  if (flow.length > 0) parts.push('settings of the flow changed')
  return parts.length === 0 ? 'Nothing that a caller would notice' : parts.join(', ')
}

/** A value as a person reads it in a comparison. */
export function valueWords(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing'
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return JSON.stringify(value)
}

/** `choices/0/next` → `Choice 1, next`. */
export function pathWords(path: string): string {
  const words = path
    .replace(/^\//, '')
    .split('/')
    .map((part, index, all) => {
      if (/^\d+$/.test(part)) return ''
      const number = all[index + 1]
      const word = part.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
      return number !== undefined && /^\d+$/.test(number)
        ? `${word.replace(/s$/, '')} ${String(Number(number) + 1)}`
        : word
    })
    .filter((part) => part !== '')
    .join(', ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function withoutPlace({ canvas: _canvas, ...step }: FlowStep): object {
  return step
}

function differences(before: unknown, after: unknown, path: string): FieldChange[] {
  if (Object.is(before, after)) return []
  if (!isHolder(before) || !isHolder(after) || Array.isArray(before) !== Array.isArray(after)) {
    return [{ path, before, after }]
  }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].flatMap((key) => differences(before[key], after[key], `${path}/${key}`))
}

function isHolder(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
