import { createHash } from 'node:crypto'
import {
  isEvent,
  MeetingBooked,
  MeetingHeld,
  MeetingReportUpdated,
  MeetingRescheduled,
  type EventDefinition,
  type EventOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { bookingText } from '../lead-intel/booking-text.ts'
import { extractionIdOf, type Reading } from './extraction.ts'
import type { TranscriptSource } from './transcript-source.ts'

/** What gives lead intelligence. */
export const bookingEvents = [MeetingBooked, MeetingRescheduled] as const

/** What gives MEDDIC. */
export const transcriptEvents = [MeetingHeld, MeetingReportUpdated] as const

export type BookingEvent = EventOf<(typeof bookingEvents)[number]>
export type TranscriptEvent = EventOf<(typeof transcriptEvents)[number]>

/** The answers of a booking as something to read. A reschedule that repeats them gives the same one. */
export function bookingReading({ data }: BookingEvent): Reading {
  const digest = createHash('sha256').update(bookingText(data)).digest('hex')
  return {
    extractionId: extractionIdOf(data.personId, 'lead-intel', digest),
    kind: 'lead-intel',
    personId: data.personId,
    meetingId: data.meetingId,
    observedAt: data.bookedAt
  }
}

/** The report of a held meeting, or of a call, as something to read. The same report pushed again gives the same one. */
export function transcriptReading({ data }: TranscriptSource): Reading {
  return {
    extractionId: extractionIdOf(data.personId, 'meddic', `${data.sessionId} ${data.contentDigest}`),
    kind: 'meddic',
    personId: data.personId,
    meetingId: data.meetingId,
    ...(data.callId === undefined ? {} : { callId: data.callId }),
    observedAt: data.observedAt ?? data.endedAt
  }
}

export function isBookingEvent(event: RecordedEvent): event is BookingEvent {
  return isOneOf(event, bookingEvents)
}

export function isTranscriptEvent(event: RecordedEvent): event is TranscriptEvent {
  return isOneOf(event, transcriptEvents)
}

function isOneOf(event: RecordedEvent, definitions: readonly EventDefinition[]): boolean {
  return definitions.some((definition) => isEvent(event, definition))
}
