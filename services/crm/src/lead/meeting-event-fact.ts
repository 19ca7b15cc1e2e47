import {
  BookingSuperseded,
  isEvent,
  isOwnBooking,
  MeetingAttendanceCorrected,
  MeetingAttended,
  MeetingBooked,
  MeetingCanceled,
  MeetingHeld,
  MeetingNoShowCleared,
  MeetingNoShowMarked,
  MeetingNotAttended,
  MeetingReportUpdated,
  MeetingRescheduled,
  MeetingsMerged,
  type Customer,
  type DataOf,
  type MeetingFact,
  type RecordedEvent
} from '@leadlog/contracts'
import type { DetailsClaim } from './lead-details.ts'

/** The meeting events that concern a lead. */
export const meetingEvents = [
  MeetingBooked,
  MeetingRescheduled,
  BookingSuperseded,
  MeetingCanceled,
  MeetingNoShowMarked,
  MeetingNoShowCleared,
  MeetingHeld,
  MeetingReportUpdated,
  MeetingsMerged,
  MeetingAttended,
  MeetingNotAttended,
  MeetingAttendanceCorrected
] as const

/** A meeting event as the lead keeps it: the fact with its own time, and what it says about the person. */
export interface LeadFact {
  readonly fact: MeetingFact
  readonly customer: Customer | null
  readonly source: DetailsClaim['source']
}

/** @throws TypeError for an event that is not among {@link meetingEvents} */
export function leadFactOf(event: RecordedEvent): LeadFact {
  if (isEvent(event, MeetingBooked) || isEvent(event, MeetingRescheduled)) {
    const { data } = event
    const kind = isEvent(event, MeetingBooked) ? 'booked' : 'rescheduled'
    return {
      fact: {
        ...blank(kind, data.meetingId, data.bookingUri, data.bookedAt),
        startsAt: data.startsAt,
        endsAt: data.endsAt,
        relatedKey: data.previousBookingUri,
        timezone: data.customer.timezone
      },
      customer: data.customer,
      source: bookedBy(data.bookingUri)
    }
  }
  if (isEvent(event, MeetingHeld) || isEvent(event, MeetingReportUpdated)) {
    const { data } = event
    return {
      fact: {
        ...blank('held', data.meetingId, data.sessionId, data.endedAt),
        startsAt: data.startedAt,
        endsAt: data.endedAt,
        reportUrl: data.reportUrl
      },
      customer: data.customer,
      source: 'readai'
    }
  }
  const verdict = verdictOf(event)
  if (verdict !== null) return { fact: verdict, customer: null, source: 'zoom' }
  const change = changeOf(event)
  return { ...change, source: bookedBy(change.fact.key) }
}

/** Whoever schedules a meeting here types the customer's details by hand. */
function bookedBy(bookingUri: string): LeadFact['source'] {
  return isOwnBooking(bookingUri) ? 'manual' : 'calendly'
}

/** What was decided about who came; null for any other event. */
function verdictOf(event: RecordedEvent): MeetingFact | null {
  if (isEvent(event, MeetingAttended)) return verdictFact('attended', event.data)
  if (isEvent(event, MeetingNotAttended)) return verdictFact('not-attended', event.data)
  if (!isEvent(event, MeetingAttendanceCorrected)) return null
  return verdictFact(event.data.verdict === 'attended' ? 'attended' : 'attendance-unknown', event.data)
}

function verdictFact(
  kind: 'attended' | 'not-attended' | 'attendance-unknown',
  { meetingId, bookingUri, decidedAt, startsAt }: Omit<DataOf<typeof MeetingAttended>, 'because'>
): MeetingFact {
  return { ...blank(kind, meetingId, bookingUri, decidedAt), startsAt }
}

function changeOf(event: RecordedEvent): Omit<LeadFact, 'source'> {
  if (isEvent(event, BookingSuperseded)) {
    const { meetingId, bookingUri, supersededAt, supersededByUri, customer } = event.data
    return {
      fact: { ...blank('superseded', meetingId, bookingUri, supersededAt), relatedKey: supersededByUri || null },
      customer
    }
  }
  if (isEvent(event, MeetingCanceled)) {
    const { meetingId, bookingUri, canceledAt, startsAt, endsAt, customer } = event.data
    return {
      fact: { ...blank('canceled', meetingId, bookingUri, canceledAt), startsAt, endsAt },
      customer: customer.email ? customer : null
    }
  }
  if (isEvent(event, MeetingNoShowMarked)) {
    const { meetingId, bookingUri, markedAt, customer } = event.data
    return { fact: blank('no-show', meetingId, bookingUri, markedAt), customer }
  }
  if (isEvent(event, MeetingNoShowCleared)) {
    const { meetingId, bookingUri, clearedAt, customer } = event.data
    return { fact: blank('no-show-cleared', meetingId, bookingUri, clearedAt), customer }
  }
  if (isEvent(event, MeetingsMerged)) {
    return { fact: blank('merged', event.data.meetingId, event.data.mergedMeetingId, event.time), customer: null }
  }
  throw new TypeError(`${event.type} says nothing about a lead`)
}

function blank(kind: MeetingFact['kind'], meetingId: string, key: string, occurredAt: string): MeetingFact {
  return {
    kind,
    meetingId,
    key,
    occurredAt,
    startsAt: null,
    endsAt: null,
    relatedKey: null,
    timezone: null,
    reportUrl: null
  }
}
