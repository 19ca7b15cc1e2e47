import {
  derivedId,
  newEvent,
  NoteQueued,
  WriteQueued,
  type DataOf,
  type Lane,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { finishedNote, type DraftNote } from '../note/note-identity.ts'
import type { RecordState } from './record.ts'

/** Where records of leads stand. */
export interface RecordTarget {
  readonly provider: DataOf<typeof WriteQueued>['provider']
  /** API name of the module that holds leads. */
  readonly module: string
}

/**
 * What a lead event asks of the CRM: one write for all lead events of one cause, and the note of an extraction. Nothing
 * where it was asked before.
 */
export function decideQueue(
  event: RecordedEvent<string, { leadId: string; personId: string }>,
  note: DraftNote | null,
  state: RecordState,
  { provider, module }: RecordTarget,
  maxNoteLength: number
): NewEvent[] {
  const { leadId, personId } = event.data
  const causeId = event.causationid
  const fields = { recordId: leadId, leadId, personId, provider, module, lane: laneOf(event), causeId }
  const writeId = writeIdOf(leadId, causeId)
  const asked: NewEvent[] = []
  if (!state.known.has(writeId)) asked.push(newEvent(WriteQueued, leadId, { ...fields, writeId }))
  if (note !== null && !state.known.has(note.noteId)) {
    const { noteId, kind, meetingId } = note
    const finished = finishedNote(note, state.noteReferences, maxNoteLength)
    asked.push(newEvent(NoteQueued, leadId, { ...fields, noteId, kind, meetingId, ...finished }))
  }
  return asked
}

/** One write per record and cause. */
export function writeIdOf(leadId: string, causeId: string): string {
  return derivedId('crm-write', leadId, causeId)
}

/** Somebody waits for what a person or a program asked for; everything else follows from events. */
function laneOf(event: RecordedEvent): Lane {
  return /^(user|api-key|agent):/.test(event.actor) ? 'person' : 'live'
}
