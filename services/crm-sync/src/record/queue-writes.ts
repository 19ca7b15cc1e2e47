import {
  derivedId,
  ERASED_TEXT,
  isEvent,
  LeadEnriched,
  newEvent,
  NoteQueued,
  WriteQueued,
  type CrmProvider,
  type DataOf,
  type Lane,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import type { Static } from '@sinclair/typebox'
import { bookingNote, meetingNote } from '../note/note-content.ts'
import { bookingReadAt, reportReadAt } from '../note/meeting-source.ts'
import { finishedNote, noteIdOf, type NoteKind } from '../note/note-identity.ts'
import type { RecordState } from './record.ts'

/** Where records of leads stand. */
export interface RecordTarget {
  readonly provider: Static<typeof CrmProvider>
  readonly module: string
  readonly maxNoteLength: number
}

/**
 * What a lead event asks of the CRM: one write for all lead events of one cause, and the note of an extraction. Nothing
 * where it was asked before.
 */
export function decideQueue(
  event: RecordedEvent<string, { leadId: string; personId: string }>,
  state: RecordState,
  meetingHistory: readonly RecordedEvent[],
  target: RecordTarget
): NewEvent[] {
  const { leadId, personId } = event.data
  const { provider, module } = target
  const fields = { recordId: leadId, leadId, personId, provider, module, lane: laneOf(event) }
  const causeId = event.causationid
  const writeId = derivedId('crm-write', leadId, causeId)
  const asked: NewEvent[] = [newEvent(WriteQueued, leadId, { ...fields, writeId, causeId })]
  const note = isEvent(event, LeadEnriched) ? noteOf(event.data, meetingHistory, target) : null
  if (note !== null) asked.push(newEvent(NoteQueued, leadId, { ...fields, ...note, causeId }))
  return asked.filter(({ data }) => !state.known.has(idOf(data)))
}

/** Somebody waits for what a person or a program asked for; everything else follows from events. */
function laneOf(event: RecordedEvent): Lane {
  return /^(user|api-key|agent):/.test(event.actor) ? 'person' : 'live'
}

function noteOf(
  data: DataOf<typeof LeadEnriched>,
  history: readonly RecordedEvent[],
  target: RecordTarget
): Pick<DataOf<typeof NoteQueued>, 'noteId' | 'kind' | 'meetingId' | 'title' | 'content'> | null {
  const kind: NoteKind = data.kind === 'lead-intel' ? 'booking' : 'meeting'
  const source = kind === 'booking' ? bookingReadAt(history, data.observedAt) : reportReadAt(history, data.observedAt)
  if (source?.customer.email === ERASED_TEXT) return null
  const text =
    kind === 'booking'
      ? bookingNote(data, bookingReadAt(history, data.observedAt))
      : meetingNote(data, reportReadAt(history, data.observedAt))
  const noteId = noteIdOf(data.meetingId, kind, text)
  return { noteId, kind, meetingId: data.meetingId, ...finishedNote(noteId, text, target.maxNoteLength) }
}

function idOf(data: unknown): string {
  const { noteId, writeId } = data as { noteId?: string; writeId?: string }
  return noteId ?? writeId ?? ''
}
