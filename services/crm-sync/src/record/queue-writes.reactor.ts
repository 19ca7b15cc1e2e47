import {
  isEvent,
  LeadCaptured,
  LeadEnriched,
  LeadMeetingRecorded,
  LeadStatusChanged,
  NoteQueued,
  WriteQueued,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { defineReactor, type HandlerContext } from '@leadlog/service'
import { bookingNote, meetingNote } from '../note/note-content.ts'
import { draftNote, type DraftNote } from '../note/note-identity.ts'
import {
  bookingReadAt,
  bookingReading,
  extractionRef,
  meetingRef,
  reportReadAt,
  reportReading
} from '../note/note-source.ts'
import { decideQueue, type RecordTarget } from './queue-writes.ts'
import { recordRef, recordStateOf } from './record.ts'

export interface QueueWritesDeps {
  readonly target: RecordTarget
  /** How long a note may be in the CRM, in characters. */
  readonly maxNoteLength: number
}

/** Facts about a lead → a write of its CRM record, and a note of what was read. */
export const queueWrites = defineReactor({
  name: 'queue-writes',
  on: [LeadCaptured, LeadMeetingRecorded, LeadStatusChanged, LeadEnriched],
  emits: [WriteQueued, NoteQueued],
  concurrency: 16,
  handle: async (event, { target, maxNoteLength }: QueueWritesDeps, context) => {
    const { leadId } = event.data
    const note = isEvent(event, LeadEnriched) ? await noteOf(event.data, context) : null
    await context.transact({
      load: [recordRef(leadId)],
      decide: ([history]) => decideQueue(event, note, recordStateOf(history?.events ?? []), target, maxNoteLength)
    })
  }
})

async function noteOf(
  { leadId, meetingId, extractionId, kind }: DataOf<typeof LeadEnriched>,
  context: HandlerContext
): Promise<DraftNote | null> {
  const [extraction, meeting] = await Promise.all([
    context.load(extractionRef(extractionId)),
    context.load(meetingRef(meetingId))
  ])
  const noteKind = kind === 'lead-intel' ? 'booking' : 'meeting'
  const text =
    noteKind === 'booking' ? ofBooking(extraction.events, meeting.events) : ofReport(extraction.events, meeting.events)
  return text && draftNote(leadId, meetingId, noteKind, text)
}

function ofBooking(extraction: readonly RecordedEvent[], meeting: readonly RecordedEvent[]) {
  const reading = bookingReading(extraction)
  return reading && bookingNote(reading, bookingReadAt(meeting, reading.observedAt))
}

function ofReport(extraction: readonly RecordedEvent[], meeting: readonly RecordedEvent[]) {
  const reading = reportReading(extraction)
  return reading && meetingNote(reading, reportReadAt(meeting, reading.observedAt))
}
