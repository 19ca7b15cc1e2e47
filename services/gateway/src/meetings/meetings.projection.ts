import {
  BookingSuperseded,
  ExtractionRejected,
  MeddicExtracted,
  isEvent,
  MeetingAttendanceCorrected,
  MeetingAttended,
  MeetingBooked,
  MeetingCanceled,
  MeetingChangedAtZoom,
  MeetingEnded,
  MeetingHeld,
  MeetingInstanceMoved,
  MeetingInvitationMailed,
  MeetingLinkSet,
  MeetingNoShowCleared,
  MeetingNoShowMarked,
  MeetingNotAttended,
  MeetingReportUpdated,
  MeetingRescheduled,
  MeetingRoomClosed,
  MeetingRoomFailed,
  MeetingRoomMoved,
  MeetingRoomOpened,
  MeetingsMerged,
  MeetingStarted,
  ParticipantJoined,
  ParticipantLeft,
  PersonErased,
  type Customer,
  type EventOf
} from '@leadlog/contracts'
import { defineProjection } from '@leadlog/projections'
import { ownLeadsOnly } from '../database/row-policies.ts'
import { searchable, SEARCH_INDEX } from '../search/search-functions.ts'
import { searchText } from '../search/search-text.ts'
import { readingOf, rejectionOf, type MeddicReading } from './meddic-reading.ts'
import { instanceEvents, withInstance, withoutInstance, type InstanceEvent } from './instances.ts'
import { withBooking, type Booking } from './meeting-parts.ts'
import { NO_ROOMS, roomEvents, withRoomEvent, type RoomEvent } from './meeting-rooms.ts'
import { summaryOf } from './meeting-summary.ts'
import { MEETINGS_FINDER, MEETINGS_TABLE, meetingColumns, type MeetingRow } from './meetings.table.ts'

const meetingEvents = [
  MeetingBooked,
  MeetingRescheduled,
  BookingSuperseded,
  MeetingCanceled,
  MeetingNoShowMarked,
  MeetingNoShowCleared,
  MeetingHeld,
  MeetingReportUpdated,
  MeetingsMerged,
  ...instanceEvents,
  MeetingInstanceMoved,
  MeetingChangedAtZoom,
  MeetingAttended,
  MeetingNotAttended,
  MeetingAttendanceCorrected,
  ...roomEvents
] as const

type MeetingEvent = EventOf<(typeof meetingEvents)[number] | typeof MeddicExtracted | typeof ExtractionRejected>

/** Every meeting through all its reschedules, with what was read from it. */
export const meetings = defineProjection({
  name: 'gateway-meetings',
  version: 8,
  table: MEETINGS_TABLE,
  columns: meetingColumns,
  indexes: [
    { on: 'sort_at desc, id desc', where: `merged_into is null and absorbed = '{}'` },
    { on: 'person_id, sort_at desc, id desc' },
    { on: 'merged_into', where: 'merged_into is not null' },
    { on: 'id', where: `merged_into is null and absorbed <> '{}'` },
    SEARCH_INDEX
  ],
  on: [...meetingEvents, MeddicExtracted, ExtractionRejected, PersonErased],
  key: (event: MeetingEvent | EventOf<typeof PersonErased>) => {
    if ('meetingIds' in event.data) return event.data.meetingIds
    // A call was read; what it gave stands with its lead.
    if ('callId' in event.data && event.data.callId !== undefined) return []
    return 'mergedMeetingId' in event.data ? [event.data.meetingId, event.data.mergedMeetingId] : event.data.meetingId
  },
  evolve: {
    [PersonErased.type]: () => null,
    [MeetingBooked.type]: booked,
    [MeetingRescheduled.type]: booked,
    [BookingSuperseded.type]: (row, event, id) =>
      changeBooking(row, event, id, {
        supersededByUri: event.data.supersededByUri === '' ? null : event.data.supersededByUri,
        supersededAt: event.data.supersededAt,
        ...customerOf(event.data.customer)
      }),
    [MeetingCanceled.type]: (row, event, id) =>
      changeBooking(row, event, id, {
        title: event.data.title,
        startsAt: event.data.startsAt,
        endsAt: event.data.endsAt,
        canceledAt: event.data.canceledAt,
        canceledBy: event.data.canceledBy,
        cancelReason: event.data.reason,
        ...customerOf(event.data.customer)
      }),
    [MeetingNoShowMarked.type]: (row, event, id) =>
      changeBooking(row, event, id, { noShowAt: event.data.markedAt, ...customerOf(event.data.customer) }),
    [MeetingNoShowCleared.type]: (row, event, id) =>
      changeBooking(row, event, id, { noShowClearedAt: event.data.clearedAt, ...customerOf(event.data.customer) }),
    [MeetingHeld.type]: held,
    [MeetingReportUpdated.type]: held,
    [MeetingsMerged.type]: merged,
    [MeetingStarted.type]: tookPlace,
    [MeetingEnded.type]: tookPlace,
    [ParticipantJoined.type]: tookPlace,
    [ParticipantLeft.type]: tookPlace,
    [MeetingInstanceMoved.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({
        ...before,
        instances: withoutInstance(before.instances, event.data.uuid)
      })),
    [MeetingChangedAtZoom.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({
        ...before,
        changed_at_zoom: {
          change: event.data.change,
          startsAt: event.data.startsAt,
          changedAt: event.data.changedAt
        }
      })),
    [MeetingAttended.type]: judged,
    [MeetingNotAttended.type]: judged,
    [MeetingAttendanceCorrected.type]: judged,
    [MeetingRoomOpened.type]: placed,
    [MeetingRoomMoved.type]: placed,
    [MeetingRoomClosed.type]: placed,
    [MeetingRoomFailed.type]: placed,
    [MeetingLinkSet.type]: placed,
    [MeetingInvitationMailed.type]: placed,
    [MeddicExtracted.type]: (row, event, id) => withReading(row, event, id, readingOf(event)),
    [ExtractionRejected.type]: (row, event, id) =>
      event.data.kind === 'meddic' ? withReading(row, event, id, rejectionOf(event)) : row
  },
  setup: (table) => [
    ...ownLeadsOnly('person_id')(table),
    ...searchable({
      finder: MEETINGS_FINDER,
      table: MEETINGS_TABLE,
      shown: 's.merged_into is null',
      newest: 's.sort_at'
    })
  ]
})

type Row = MeetingRow | null

function blank(id: string, event: MeetingEvent): MeetingRow {
  return {
    id,
    sequence: 0,
    person_id: event.data.personId,
    merged_into: null,
    absorbed: [],
    status: 'booked',
    title: null,
    customer_email: null,
    customer_name: null,
    starts_at: null,
    ends_at: null,
    booked_at: null,
    first_seen_at: event.time,
    sort_at: event.time,
    bookings: {},
    sessions: {},
    instances: {},
    rooms: NO_ROOMS,
    changed_at_zoom: null,
    meddic: null,
    search: ''
  }
}

/** Applies what is newer than the row; what the row already holds changes nothing. */
function newer(row: Row, event: MeetingEvent, id: string, change: (before: MeetingRow) => MeetingRow): MeetingRow {
  if (row !== null && event.sequence <= row.sequence) return row
  const next = change(row ?? blank(id, event))
  const summary = summaryOf(next.bookings, next.sessions)
  return {
    ...next,
    sequence: event.sequence,
    status: summary.status,
    title: summary.title,
    customer_email: summary.customerEmail,
    customer_name: summary.customerName,
    starts_at: summary.startsAt,
    ends_at: summary.endsAt,
    booked_at: summary.bookedAt,
    sort_at: summary.startsAt ?? next.first_seen_at,
    search: searchText([summary.title, summary.customerName, summary.customerEmail])
  }
}

function changeBooking(
  row: Row,
  event: EventOf<
    | typeof MeetingBooked
    | typeof MeetingRescheduled
    | typeof BookingSuperseded
    | typeof MeetingCanceled
    | typeof MeetingNoShowMarked
    | typeof MeetingNoShowCleared
    | Judged
  >,
  id: string,
  change: Partial<Booking>
): MeetingRow {
  return newer(row, event, id, (before) => ({
    ...before,
    bookings: withBooking(before.bookings, event.data.bookingUri, change)
  }))
}

function booked(row: Row, event: EventOf<typeof MeetingBooked | typeof MeetingRescheduled>, id: string): MeetingRow {
  const { data } = event
  return changeBooking(row, event, id, {
    previousUri: data.previousBookingUri,
    title: data.title,
    startsAt: data.startsAt,
    endsAt: data.endsAt,
    bookedAt: data.bookedAt,
    locationKind: data.location.kind,
    joinUrl: data.location.joinUrl,
    hostName: data.host.name,
    hostEmail: data.host.email,
    ...customerOf(data.customer)
  })
}

function customerOf(customer: Customer | null): Partial<Booking> {
  if (customer === null || customer.email === '') return {}
  return { customerEmail: customer.email, customerName: customer.name }
}

function held(row: Row, event: EventOf<typeof MeetingHeld | typeof MeetingReportUpdated>, id: string): MeetingRow {
  const { data } = event
  return newer(row, event, id, (before) => ({
    ...before,
    sessions: {
      ...before.sessions,
      [data.sessionId]: {
        id: data.sessionId,
        title: data.title,
        startedAt: data.startedAt,
        endedAt: data.endedAt,
        durationMinutes: data.durationMinutes,
        platform: data.platform,
        reportUrl: data.reportUrl,
        participants: data.participants.length,
        customerEmail: data.customer.email,
        customerName: data.customer.name
      }
    }
  }))
}

function tookPlace(row: Row, event: InstanceEvent, id: string): MeetingRow {
  return newer(row, event, id, (before) => ({ ...before, instances: withInstance(before.instances, event) }))
}

function placed(row: Row, event: RoomEvent, id: string): MeetingRow {
  return newer(row, event, id, (before) => ({ ...before, rooms: withRoomEvent(before.rooms, event) }))
}

type Judged = typeof MeetingAttended | typeof MeetingNotAttended | typeof MeetingAttendanceCorrected

function judged(row: Row, event: EventOf<Judged>, id: string): MeetingRow {
  const { because, decidedAt } = event.data
  const attendance = {
    verdict: isEvent(event, MeetingAttendanceCorrected)
      ? event.data.verdict
      : isEvent(event, MeetingAttended)
        ? ('attended' as const)
        : ('not-attended' as const),
    because: because === 'nothing-told' ? null : because,
    decidedAt
  }
  return changeBooking(row, event, id, { attendance })
}

function merged(row: Row, event: EventOf<typeof MeetingsMerged>, id: string): MeetingRow {
  const { meetingId, mergedMeetingId } = event.data
  return newer(row, event, id, (before) =>
    id === mergedMeetingId
      ? { ...before, merged_into: meetingId }
      : { ...before, absorbed: [...new Set([...before.absorbed, mergedMeetingId])] }
  )
}

/** The reading of the latest observation stands; of one observation the newest reading. */
function withReading(row: Row, event: MeetingEvent, id: string, reading: MeddicReading): MeetingRow {
  return newer(row, event, id, (before) =>
    before.meddic !== null && Date.parse(before.meddic.observedAt) > Date.parse(reading.observedAt)
      ? before
      : { ...before, meddic: reading }
  )
}
