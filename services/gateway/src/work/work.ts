import {
  isEvent,
  newEvent,
  refuse,
  WorkCancelled,
  WorkCompleted,
  WorkStarted,
  WorkStopped,
  type Actor,
  type DataOf,
  type Decider,
  type RecordedEvent,
  type WorkKind
} from '@leadlog/contracts'

/** Figures and orders of work, as JSON. */
export type WorkFacts = Readonly<Record<string, unknown>>

/** Something that an operator started, as its events tell it. */
export interface Work {
  readonly id: string
  readonly kind: WorkKind
  readonly order: WorkFacts
  readonly actor: Actor
  readonly startedAt: string
  readonly state: 'running' | 'done' | 'stopped' | 'failed'
  /** Somebody asked to stop it. */
  readonly cancelled: boolean
}

/** How work ended. */
export type WorkEnd =
  | { readonly state: 'done'; readonly result: WorkFacts }
  | {
      readonly state: 'stopped' | 'failed'
      readonly code: string | null
      readonly message: string | null
      readonly result: WorkFacts | null
    }

export type WorkCommand =
  | { readonly do: 'start'; readonly work: DataOf<typeof WorkStarted> }
  | { readonly do: 'cancel' }
  | { readonly do: 'end'; readonly end: WorkEnd }

/** The work of a history; null where nothing was started. */
export function workOf(events: readonly RecordedEvent[]): Work | null {
  return events.reduce<Work | null>((before, event) => workDecider.evolve(before, event), null)
}

/** What may happen to something that an operator started: it ends once, and what has ended is not cancelled. */
export const workDecider: Decider<Work | null, WorkCommand> = {
  initialState: () => null,
  evolve(work, event) {
    if (isEvent(event, WorkStarted)) {
      const { workId: id, kind, order } = event.data
      return { id, kind, order, actor: event.actor, startedAt: event.time, state: 'running', cancelled: false }
    }
    if (work === null) return null
    if (isEvent(event, WorkCancelled)) return { ...work, cancelled: true }
    if (isEvent(event, WorkCompleted)) return { ...work, state: 'done' }
    if (isEvent(event, WorkStopped)) return { ...work, state: stoppedState(event.data.because) }
    return work
  },
  decide(command, work) {
    if (command.do === 'start') return work === null ? [newEvent(WorkStarted, command.work.workId, command.work)] : []
    if (work === null) return refuse('WORK_UNKNOWN', 'Nothing was started under this id')
    const named = { workId: work.id, kind: work.kind }
    if (command.do === 'cancel') {
      if (work.state !== 'running') return refuse('WORK_ENDED', 'It has ended already, so there is nothing to stop')
      return work.cancelled ? [] : [newEvent(WorkCancelled, work.id, named)]
    }
    if (work.state !== 'running') return []
    const { end } = command
    if (end.state === 'done') return [newEvent(WorkCompleted, work.id, { ...named, result: { ...end.result } })]
    const because = end.state === 'stopped' ? 'cancelled' : 'failed'
    const result = end.result === null ? null : { ...end.result }
    return [newEvent(WorkStopped, work.id, { ...named, because, code: end.code, message: end.message, result })]
  }
}

export function stoppedState(because: DataOf<typeof WorkStopped>['because']): 'stopped' | 'failed' {
  return because === 'cancelled' ? 'stopped' : 'failed'
}
