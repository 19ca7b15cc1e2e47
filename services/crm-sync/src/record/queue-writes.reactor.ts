import {
  ExtractionSkipped,
  isEvent,
  LeadCaptured,
  LeadDetailsEntered,
  LeadEnriched,
  LeadMeetingRecorded,
  LeadStatusChanged,
  MeetingNoteTaken,
  NoteQueued,
  WriteQueued
} from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import { noteOf } from '../note/draft-notes.ts'
import { takenNote } from '../note/taken-note.ts'
import { decideQueue, type AskedWrites, type RecordTarget } from './queue-writes.ts'
import { recordRef, recordStateOf } from './record.ts'

export interface QueueWritesDeps {
  readonly target: RecordTarget
  /** How long a note may be in the CRM, in characters. */
  readonly maxNoteLength: number
}

/**
 * Facts about a lead → a write of its CRM record, and a note of what was read. A demo booked anew with known answers is
 * not read again, but its note is written. What a person wrote down is a note as it is.
 */
export const queueWrites = defineReactor({
  name: 'queue-writes',
  on: [
    LeadCaptured,
    LeadDetailsEntered,
    LeadMeetingRecorded,
    LeadStatusChanged,
    LeadEnriched,
    ExtractionSkipped,
    MeetingNoteTaken
  ],
  emits: [WriteQueued, NoteQueued],
  concurrency: 16,
  handle: async (event, { target, maxNoteLength }: QueueWritesDeps, context) => {
    const { personId } = event.data
    const asked: AskedWrites = isEvent(event, MeetingNoteTaken)
      ? { leadId: personId, personId, write: false, note: takenNote(event.data) }
      : isEvent(event, ExtractionSkipped)
        ? { leadId: personId, personId, write: false, note: await noteOf(event, context) }
        : {
            leadId: event.data.leadId,
            personId,
            write: true,
            note: isEvent(event, LeadEnriched) ? await noteOf(event, context) : null
          }
    if (!asked.write && asked.note === null) return
    await context.transact({
      load: [recordRef(asked.leadId)],
      // What was queued once is never queued again.
      nothingIsFinal: true,
      decide: ([history]) => {
        const state = recordStateOf(history?.events ?? [], target.provider)
        return decideQueue(event, asked, state, target, maxNoteLength)
      }
    })
  }
})
