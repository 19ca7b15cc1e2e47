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

/** What an event asks of a lead's record. */
export interface AskedWrites {
  readonly leadId: string
  readonly personId: string
  /** False where the record shows nothing of the event. */
  readonly write: boolean
  readonly note: DraftNote | null
}

/**
 * One write for all lead events of one cause, and the note of what was read. Nothing where it was asked before.
 */
export function decideQueue(
  event: RecordedEvent,
  { leadId, personId, write, note }: AskedWrites,
  state: RecordState,
  { provider, module }: RecordTarget,
  maxNoteLength: number
): NewEvent[] {
  const causeId = event.causationid
  const fields = { recordId: leadId, leadId, personId, provider, module, lane: laneOf(event), causeId }
  const writeId = derivedId('crm-write', leadId, causeId)
  const asked: NewEvent[] = []
  if (write && !state.known.has(writeId)) asked.push(newEvent(WriteQueued, leadId, { ...fields, writeId }))
  if (note !== null && !state.known.has(note.noteId)) {
    const { noteId, kind, meetingId } = note
    asked.push(
      newEvent(NoteQueued, leadId, { ...fields, noteId, kind, meetingId, ...finishedNote(note, maxNoteLength) })
    )
  }
  return asked
}

/** Somebody waits for what a person or a program asked for; everything else follows from events. */
function laneOf(event: RecordedEvent): Lane {
  return /^(user|api-key|agent):/.test(event.actor) ? 'person' : 'live'
}
