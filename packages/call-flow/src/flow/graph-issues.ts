import type { FlowDocument, FlowIssue, FlowStep } from '@leadlog/contracts'
import { edgesOf } from './edges.ts'

/** What is wrong with the ways between the steps. */
export function graphIssues(flow: FlowDocument): readonly FlowIssue[] {
  const ids = new Set(flow.steps.map(({ id }) => id))
  return [...startIssues(flow, ids), ...wayIssues(flow, ids), ...unreachable(flow), ...silentLoops(flow)]
}

function startIssues({ start }: FlowDocument, ids: ReadonlySet<string>): FlowIssue[] {
  if (start === null) return [issue('START_MISSING', null, '/start', 'No step is the first. Choose one')]
  if (ids.has(start)) return []
  return [issue('START_MISSING', null, '/start', `The first step "${start}" does not exist`)]
}

function wayIssues({ steps }: FlowDocument, ids: ReadonlySet<string>): FlowIssue[] {
  const seen = new Set<string>()
  return steps.flatMap((step, index) => {
    const at = `/steps/${index}`
    const issues: FlowIssue[] = []
    if (seen.has(step.id)) {
      issues.push(
        issue('STEP_ID_TWICE', step.id, `${at}/id`, `Another step is called "${step.id}". Rename one of them`)
      )
    }
    seen.add(step.id)
    for (const { path, to, optional } of edgesOf(step)) {
      if (to === null && !optional) {
        const message = `The call does not go on after "${step.id}". Connect it with a step; a hang-up ends a call`
        issues.push(issue('DEAD_END', step.id, `${at}/${path}`, message))
      }
      if (to !== null && !ids.has(to)) {
        issues.push(
          issue('STEP_UNKNOWN', step.id, `${at}/${path}`, `"${step.id}" leads to "${to}", which does not exist`)
        )
      }
    }
    return issues
  })
}

function unreachable(flow: FlowDocument): FlowIssue[] {
  const steps = byId(flow)
  if (flow.start === null || !steps.has(flow.start)) return []
  const reached = new Set<string>()
  const waiting = [flow.start]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const step = steps.get(id)
    if (step === undefined || reached.has(id)) continue
    reached.add(id)
    for (const { to } of edgesOf(step)) if (to !== null) waiting.push(to)
  }
  return flow.steps.flatMap((step, index) =>
    reached.has(step.id)
      ? []
      : [issue('STEP_UNREACHABLE', step.id, `/steps/${index}`, `No way leads to "${step.id}". Connect it or remove it`)]
  )
}

/** Loops that a call may run through for ever while the caller does nothing; each is named once, at its first step. */
function silentLoops(flow: FlowDocument): FlowIssue[] {
  const steps = byId(flow)
  const state = new Map<string, 'open' | 'done'>()
  const loops: string[][] = []
  const visit = (id: string, trail: readonly string[]): void => {
    const step = steps.get(id)
    if (step === undefined || state.get(id) === 'done') return
    if (state.get(id) === 'open') {
      loops.push(trail.slice(trail.indexOf(id)))
      return
    }
    state.set(id, 'open')
    for (const { to, onInput } of edgesOf(step)) if (to !== null && !onInput) visit(to, [...trail, id])
    state.set(id, 'done')
  }
  for (const { id } of flow.steps) visit(id, [])
  return loops.map((loop) => {
    const [first = ''] = loop
    const index = flow.steps.findIndex(({ id }) => id === first)
    const message = `The call can go round without the caller doing anything: ${[...loop, first].join(' → ')}. Let one way lead out of it`
    return issue('LOOP_WITHOUT_INPUT', first, `/steps/${index}`, message)
  })
}

function byId(flow: FlowDocument): ReadonlyMap<string, FlowStep> {
  return new Map(flow.steps.map((step) => [step.id, step]))
}

function issue(code: FlowIssue['code'], step: string | null, path: string, message: string): FlowIssue {
  return { code, step, path, message }
}
