import { isEvent, LeadEnriched, type ExtractionSkipped, type EventOf } from '@leadlog/contracts'
import type { HandlerContext } from '@leadlog/service'
import { bookingNote, callNote, meetingNote, type NoteText } from './note-content.ts'
import { draftNote, type DraftNote } from './note-identity.ts'
import {
  bookingReadAt,
  bookingReading,
  callReadAt,
  callRef,
  extractionRef,
  meetingRef,
  meetingsReadIn,
  repeatedNoteNumber,
  reportReadAt,
  reportReading,
  transcriptionsOf,
  type ReportReading
} from './note-source.ts'

type Histories = Pick<HandlerContext, 'load'>

/** The note of what was read, or of a booking that was not read because its answers were known; null for none. */
export async function noteOf(
  event: EventOf<typeof LeadEnriched> | EventOf<typeof ExtractionSkipped>,
  histories: Histories
): Promise<DraftNote | null> {
  if (event.data.kind === 'meddic') return isEvent(event, LeadEnriched) ? noteOfReport(event, histories) : null
  return isEvent(event, LeadEnriched) ? noteOfBooking(event, histories) : noteOfRepeatedBooking(event, histories)
}

async function noteOfBooking({ data }: EventOf<typeof LeadEnriched>, histories: Histories): Promise<DraftNote | null> {
  const [extraction, meeting] = await Promise.all([
    histories.load(extractionRef(data.extractionId)),
    histories.load(meetingRef(data.meetingId))
  ])
  const reading = bookingReading(extraction.events)
  const text = reading && bookingNote(reading, bookingReadAt(meeting.events, reading.observedAt))
  return text && draftNote(data, 'booking', text)
}

async function noteOfRepeatedBooking(
  event: EventOf<typeof ExtractionSkipped>,
  histories: Histories
): Promise<DraftNote | null> {
  const { extractionId, personId, meetingId, observedAt } = event.data
  const extraction = await histories.load(extractionRef(extractionId))
  const meetings = new Map(
    await Promise.all(
      meetingsReadIn(extraction.events).map(async (id) => [id, (await histories.load(meetingRef(id))).events] as const)
    )
  )
  const number = repeatedNoteNumber(event, extraction.events, meetings)
  const reading = bookingReading(extraction.events)
  if (number === null || reading === null) return null
  const text = bookingNote(reading, bookingReadAt(meetings.get(meetingId) ?? [], observedAt))
  return text && draftNote({ leadId: personId, meetingId }, 'booking', text, number)
}

async function noteOfReport({ data }: EventOf<typeof LeadEnriched>, histories: Histories): Promise<DraftNote | null> {
  const reading = reportReading((await histories.load(extractionRef(data.extractionId))).events)
  const text = reading && (await textOfReading(reading, histories))
  return text && draftNote(data, 'meeting', text)
}

/** A reading of a meeting's report, or of what was said on the phone. */
async function textOfReading(reading: ReportReading, histories: Histories): Promise<NoteText | null> {
  const { callId, meetingId, observedAt } = reading
  if (callId === undefined) {
    const { events } = await histories.load(meetingRef(meetingId))
    return meetingNote(reading, reportReadAt(events, observedAt))
  }
  const { events } = await histories.load(callRef(callId))
  const transcriptions = await Promise.all(transcriptionsOf(events).map((ref) => histories.load(ref)))
  return callNote(
    reading,
    callReadAt(
      transcriptions.flatMap((transcription) => transcription.events),
      observedAt
    )
  )
}
