import {
  isEvent,
  NoteQueued,
  NoteWritten,
  OutcomeUnknown,
  RecordDeleted,
  RecordWritten,
  WriteQueued,
  WriteRefused,
  WriteSimulated,
  type AggregateRef,
  type DataOf,
  type Lane,
  type RecordedEvent
} from '@leadlog/contracts'
import type { CrmName } from '../crm-provider.ts'
import { OVERLAP_CAUSE, type WrittenBefore } from '../write/outcomes.ts'

/** A write that is queued and not yet covered. */
export interface WaitingWrite {
  readonly writeId: string
  readonly lane: Lane
}

/** A note that is queued and neither written nor simulated. */
export type WaitingNote = DataOf<typeof NoteQueued> & {
  /** ISO 8601. */
  readonly queuedAt: string
  /** The event whose handling ended in a refusal of the note, if one did. */
  readonly refusedBy: string | null
}

export interface LastWrite {
  readonly digest: string
  readonly leadSequence: number
}

/** A CRM record as its history tells it; how often it was written counts for any CRM, and doubts are of records only. */
export interface RecordState extends WrittenBefore {
  readonly crmId: string | null
  /** In the order they were queued. */
  readonly waiting: readonly WaitingWrite[]
  /** Every write and note ever queued, so that none is queued twice. */
  readonly known: ReadonlySet<string>
  /**
   * What the record holds for certain; null before the first write, and while it is in doubt: after an unknown outcome
   * and after two processes wrote at once.
   */
  readonly lastWrite: LastWrite | null
  /** Newest lead sequence ever written. */
  readonly leadSequence: number
  /** API names that were ever written. */
  readonly writtenFields: readonly string[]
  readonly notes: readonly WaitingNote[]
}

export const initialRecordState: RecordState = {
  crmId: null,
  waiting: [],
  known: new Set(),
  lastWrite: null,
  leadSequence: 0,
  writtenFields: [],
  notes: [],
  writes: 0,
  refusals: 0,
  unknownOutcomes: 0,
  inDoubt: false,
  lastRefusal: null
}

export function recordRef(leadId: string): AggregateRef {
  return { context: 'crm-sync', aggregate: 'record', id: leadId }
}

/**
 * A record in the CRM that is in use. What was written to another CRM before says nothing about it, but what was asked
 * for and done there is not asked for again.
 */
export function recordStateOf(events: readonly RecordedEvent[], crm: CrmName): RecordState {
  return events.reduce((state, event) => evolveRecord(state, event, crm), initialRecordState)
}

export function evolveRecord(state: RecordState, event: RecordedEvent, crm: CrmName): RecordState {
  if (isEvent(event, WriteQueued)) return queued(state, event.data)
  if (isEvent(event, RecordWritten)) {
    return event.data.provider === crm ? written(state, event.data) : writtenElsewhere(state, event.data)
  }
  if (isEvent(event, RecordDeleted)) return event.data.provider === crm ? deleted(state, event.data) : state
  if (isEvent(event, WriteSimulated)) return simulated(state, event.data)
  if (isEvent(event, WriteRefused)) {
    return event.data.provider === crm
      ? refused(state, event.data, event.causationid)
      : { ...state, refusals: state.refusals + 1 }
  }
  if (isEvent(event, OutcomeUnknown))
    return event.data.provider === crm
      ? unknown(state, event.data)
      : { ...state, unknownOutcomes: state.unknownOutcomes + 1 }
  if (isEvent(event, NoteQueued)) return noteQueued(state, event.data, event.time)
  if (isEvent(event, NoteWritten)) return withoutNotes(state, [event.data.noteId])
  return state
}

function queued(state: RecordState, { writeId, lane, causeId }: DataOf<typeof WriteQueued>): RecordState {
  if (state.known.has(writeId)) return state
  const next = { ...withKnown(state, writeId), waiting: [...state.waiting, { writeId, lane }] }
  return causeId.startsWith(OVERLAP_CAUSE) ? { ...next, lastWrite: null } : next
}

function noteQueued(state: RecordState, data: DataOf<typeof NoteQueued>, time: string): RecordState {
  if (state.known.has(data.noteId)) return state
  return { ...withKnown(state, data.noteId), notes: [...state.notes, { ...data, queuedAt: time, refusedBy: null }] }
}

function written(state: RecordState, data: DataOf<typeof RecordWritten>): RecordState {
  const { crmId, writeIds, fieldNames, valuesDigest: digest, leadSequence } = data
  return {
    ...withoutWaiting(state, writeIds),
    crmId,
    lastWrite: { digest, leadSequence },
    leadSequence: Math.max(state.leadSequence, leadSequence),
    writtenFields: [...new Set([...state.writtenFields, ...fieldNames])],
    writes: state.writes + 1,
    inDoubt: false,
    lastRefusal: null
  }
}

function writtenElsewhere(state: RecordState, { writeIds }: DataOf<typeof RecordWritten>): RecordState {
  return { ...withoutWaiting(state, writeIds), writes: state.writes + 1 }
}

/** Nothing is left outside: a person who comes back gets another record. */
function deleted(state: RecordState, { outcome }: DataOf<typeof RecordDeleted>): RecordState {
  if (outcome === 'simulated') return state
  return { ...state, crmId: null, lastWrite: null, waiting: [], notes: [], inDoubt: false }
}

function simulated(state: RecordState, data: DataOf<typeof WriteSimulated>): RecordState {
  if (data.kind === 'note') return withoutNotes(state, data.writeIds)
  return withoutWaiting(state, data.writeIds)
}

function refused(state: RecordState, data: DataOf<typeof WriteRefused>, causeId: string): RecordState {
  const { kind, writeIds, code, field, message } = data
  const refusals = state.refusals + 1
  if (kind === 'record') return { ...state, refusals, lastRefusal: { writeIds, code, field, message } }
  const notes = state.notes.map((note) => (writeIds.includes(note.noteId) ? { ...note, refusedBy: causeId } : note))
  return { ...state, refusals, notes }
}

function unknown(state: RecordState, { kind }: DataOf<typeof OutcomeUnknown>): RecordState {
  const unknownOutcomes = state.unknownOutcomes + 1
  return kind === 'record'
    ? { ...state, unknownOutcomes, lastWrite: null, inDoubt: true }
    : { ...state, unknownOutcomes }
}

function withKnown(state: RecordState, id: string): RecordState {
  return { ...state, known: new Set([...state.known, id]) }
}

function withoutWaiting(state: RecordState, writeIds: readonly string[]): RecordState {
  const covered = new Set(writeIds)
  return { ...state, waiting: state.waiting.filter(({ writeId }) => !covered.has(writeId)) }
}

function withoutNotes(state: RecordState, noteIds: readonly string[]): RecordState {
  return { ...state, notes: state.notes.filter(({ noteId }) => !noteIds.includes(noteId)) }
}
