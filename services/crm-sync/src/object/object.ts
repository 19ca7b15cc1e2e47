import {
  derivedId,
  isEvent,
  ObjectDeleted,
  ObjectOutcomeUnknown,
  ObjectQueued,
  ObjectRefused,
  ObjectSimulated,
  ObjectWritten,
  type AggregateRef,
  type DataOf,
  type Lane,
  type ObjectKind,
  type ObjectLinks,
  type ObjectValues,
  type RecordedEvent
} from '@leadlog/contracts'
import type { CrmName } from '../crm-provider.ts'
import { OVERLAP_CAUSE, type WrittenBefore } from '../write/outcomes.ts'

/** A change that is queued and not yet covered by a write. */
export interface WaitingChange {
  readonly writeId: string
  readonly lane: Lane
  readonly queuedAt: string
}

/** A contact, deal or task of the CRM as its history tells it. */
export interface ObjectState extends WrittenBefore {
  /** Null before the first change. */
  readonly leadId: string | null
  readonly crmId: string | null
  /** All changes together, by Leadlog's names. */
  readonly values: ObjectValues
  readonly links: ObjectLinks
  /** How many changes that is. */
  readonly revision: number
  readonly waiting: readonly WaitingChange[]
  /** Every change ever queued, so that none is queued twice. */
  readonly known: ReadonlySet<string>
  /** What the CRM holds for certain; null before the first write and while it is in doubt. */
  readonly lastDigest: string | null
  /** CRM ids of the records that it was linked to by the last write. */
  readonly linkedTo: Readonly<Record<string, string>>
  /** How often it was deleted in the CRM that is in use: it is then made anew. */
  readonly deletions: number
}

export const initialObjectState: ObjectState = {
  leadId: null,
  crmId: null,
  values: {},
  links: {},
  revision: 0,
  waiting: [],
  known: new Set(),
  lastDigest: null,
  linkedTo: {},
  writes: 0,
  refusals: 0,
  unknownOutcomes: 0,
  deletions: 0,
  inDoubt: false,
  lastRefusal: null
}

/** The same kind and key are the same object for ever. */
export function objectIdOf(kind: ObjectKind, key: string): string {
  return derivedId('crm-object', kind, key)
}

export function objectRef(kind: ObjectKind, key: string): AggregateRef {
  return { context: 'crm-sync', aggregate: 'object', id: objectIdOf(kind, key) }
}

/** An object in the CRM that is in use; what was written to another CRM says nothing about it. */
export function objectStateOf(events: readonly RecordedEvent[], crm: CrmName): ObjectState {
  return events.reduce((state, event) => evolveObject(state, event, crm), initialObjectState)
}

export function evolveObject(state: ObjectState, event: RecordedEvent, crm: CrmName): ObjectState {
  if (isEvent(event, ObjectQueued)) return queued(state, event.data, event.time)
  if (isEvent(event, ObjectWritten)) return written(state, event.data, crm)
  if (isEvent(event, ObjectSimulated)) return withoutWaiting(state, event.data.writeIds)
  if (isEvent(event, ObjectRefused)) {
    const refusals = state.refusals + 1
    const { provider, writeIds, code, field, message } = event.data
    const lastRefusal = provider === crm ? { writeIds, code, field, message } : state.lastRefusal
    return { ...state, refusals, lastRefusal }
  }
  if (isEvent(event, ObjectOutcomeUnknown)) {
    const unknownOutcomes = state.unknownOutcomes + 1
    return event.data.provider === crm
      ? { ...state, unknownOutcomes, lastDigest: null, inDoubt: true }
      : { ...state, unknownOutcomes }
  }
  if (isEvent(event, ObjectDeleted)) {
    const gone = event.data.provider === crm && event.data.outcome !== 'simulated'
    return gone ? deleted(state) : state
  }
  return state
}

function queued(state: ObjectState, data: DataOf<typeof ObjectQueued>, queuedAt: string): ObjectState {
  const { writeId, lane, leadId, values, links, causeId } = data
  if (state.known.has(writeId)) return state
  return {
    ...state,
    leadId,
    values: { ...state.values, ...values },
    links: { ...state.links, ...links },
    revision: state.revision + 1,
    known: new Set([...state.known, writeId]),
    waiting: [...state.waiting, { writeId, lane, queuedAt }],
    lastDigest: causeId.startsWith(OVERLAP_CAUSE) ? null : state.lastDigest
  }
}

function written(state: ObjectState, data: DataOf<typeof ObjectWritten>, crm: CrmName): ObjectState {
  const next = { ...withoutWaiting(state, data.writeIds), writes: state.writes + 1 }
  if (data.provider !== crm) return next
  const { crmId, digest: lastDigest, linkedTo } = data
  return { ...next, crmId, lastDigest, linkedTo, inDoubt: false, lastRefusal: null }
}

function deleted(state: ObjectState): ObjectState {
  const deletions = state.deletions + 1
  return { ...state, crmId: null, lastDigest: null, waiting: [], linkedTo: {}, deletions, inDoubt: false }
}

function withoutWaiting(state: ObjectState, writeIds: readonly string[]): ObjectState {
  const covered = new Set(writeIds)
  return { ...state, waiting: state.waiting.filter(({ writeId }) => !covered.has(writeId)) }
}
