import {
  FlowDraftSaved,
  FlowPublished,
  FlowRolledBack,
  FlowValidated,
  isEvent,
  type AggregateRef,
  type FlowDocument,
  type FlowIssue,
  type RecordedEvent
} from '@leadlog/contracts'

/** A call flow: its newest draft, what was published, and which of it callers go through. */
export interface Flow {
  readonly name: string
  readonly draft: {
    readonly number: number
    readonly document: FlowDocument
    readonly issues: readonly FlowIssue[]
  } | null
  readonly versions: ReadonlyMap<number, { readonly draft: number; readonly document: FlowDocument }>
  /** The version that new callers go through; null while none is published. */
  readonly live: number | null
}

export const newFlow: Flow = { name: '', draft: null, versions: new Map(), live: null }

export function flowRef(flowId: string): AggregateRef {
  return { context: 'telephony', aggregate: 'flow', id: flowId }
}

export function evolveFlow(flow: Flow, event: RecordedEvent): Flow {
  if (isEvent(event, FlowDraftSaved)) {
    const { name, draft, document } = event.data
    return { ...flow, name, draft: { number: draft, document, issues: [] } }
  }
  if (isEvent(event, FlowValidated)) {
    return flow.draft === null ? flow : { ...flow, draft: { ...flow.draft, issues: event.data.issues } }
  }
  if (isEvent(event, FlowPublished)) {
    const { version, draft, document } = event.data
    return { ...flow, versions: new Map([...flow.versions, [version, { draft, document }]]), live: version }
  }
  if (isEvent(event, FlowRolledBack)) return { ...flow, live: event.data.toVersion }
  return flow
}

export function flowOf(events: readonly RecordedEvent[]): Flow {
  return events.reduce(evolveFlow, newFlow)
}
