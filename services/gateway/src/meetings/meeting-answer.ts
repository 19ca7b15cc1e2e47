import { isOwnBooking, Meddic } from '@leadlog/contracts'
import type { MeddicReading } from './meddic-reading.ts'
import type { MeetingRecording } from '../meeting-recordings/meeting-recording.schema.ts'
import type { Attendance, ChangedAtZoom } from './attendance.schema.ts'
import { instancesInOrder, type Instances } from './instances.ts'
import { bookingState, type Bookings, type Sessions } from './meeting-parts.ts'
import { roomAnswer } from './meeting-room.schema.ts'
import { joinUrlOf, mergedRooms, newer, openRoom, type MeetingRooms } from './meeting-rooms.ts'
import { inOrder, standingBooking, summaryOf } from './meeting-summary.ts'
import type { Meeting, MeetingDetail } from './meeting.schema.ts'
import type { MeetingRow } from './meetings.table.ts'

/** The MEDDIC parts, without what is about the reading itself. */
const MEDDIC_PARTS = Object.keys(Meddic.properties).filter((name) => name !== 'confidence' && name !== 'evidence')

/** A meeting's rows put together: its own, and those of meetings that turned out to be it. */
export interface WholeMeeting {
  readonly row: MeetingRow
  readonly leadId: string | null
  readonly mergedMeetingIds: readonly string[]
  readonly bookings: Bookings
  readonly sessions: Sessions
  readonly instances: Instances
  readonly rooms: MeetingRooms
  readonly changedAtZoom: ChangedAtZoom | null
  readonly meddic: MeddicReading | null
}

export function wholeMeeting(row: MeetingRow, leadId: string | null, absorbed: readonly MeetingRow[]): WholeMeeting {
  const rows = [...absorbed, row]
  return {
    row,
    leadId,
    mergedMeetingIds: absorbed.map(({ id }) => id).sort(),
    bookings: Object.assign({}, ...rows.map(({ bookings }) => bookings)) as Bookings,
    sessions: Object.assign({}, ...rows.map(({ sessions }) => sessions)) as Sessions,
    instances: Object.assign({}, ...rows.map(({ instances }) => instances)) as Instances,
    rooms: mergedRooms(rows.map(({ rooms }) => rooms)),
    changedAtZoom: newest(
      rows.map((part) => part.changed_at_zoom),
      ({ changedAt }) => changedAt
    ),
    meddic: newest(
      rows.map(({ meddic }) => meddic),
      ({ observedAt }) => observedAt
    )
  }
}

/** Of the parts that there are, the one of the latest moment. */
function newest<Part>(parts: readonly (Part | null)[], at: (part: Part) => string): Part | null {
  return parts.reduce<Part | null>((best, part) => newer(best, part, at), null)
}

export function meetingOf(meeting: WholeMeeting): Meeting {
  const { row, leadId, bookings, rooms, meddic } = meeting
  const summary = summaryOf(bookings, meeting.sessions)
  const quality = meddic?.quality ?? null
  return {
    id: row.id,
    status: summary.status,
    title: summary.title,
    leadId,
    customer: { email: summary.customerEmail, name: summary.customerName },
    startsAt: summary.startsAt,
    endsAt: summary.endsAt,
    platform: platformOf(meeting, summary.platform),
    joinUrl: joinUrlOf(rooms) ?? summary.joinUrl,
    host: { name: summary.hostName, email: summary.hostEmail },
    reportUrl: summary.reportUrl,
    attendance: attendanceOf(meeting),
    bookedHere: isOwnBooking(standingBooking(bookings)?.uri ?? ''),
    reschedules: Math.max(0, Object.keys(bookings).length - 1),
    transcript:
      quality === null ? null : { verdict: quality.verdict, coverage: quality.coverage, flags: [...quality.flags] },
    meddic:
      meddic === null
        ? null
        : {
            filled: Object.keys(meddic.parts).length,
            total: MEDDIC_PARTS.length,
            rejectedBecause: meddic.rejectedBecause
          }
  }
}

/** Where it took place, else where it is arranged to be, else what its booking says. */
function platformOf({ sessions, rooms }: WholeMeeting, said: string | null): string | null {
  if (Object.keys(sessions).length > 0) return said
  return rooms.link === null ? (openRoom(rooms)?.provider ?? said) : 'link'
}

function attendanceOf({ bookings, sessions, instances }: WholeMeeting): Attendance {
  const decided = standingBooking(bookings)?.attendance ?? null
  const times = [...instancesInOrder(instances), ...Object.values(sessions)]
  const starts = times.flatMap(({ startedAt }) => startedAt ?? []).sort()
  const isRunning = times.some(({ endedAt }) => endedAt === null)
  const ends = times.flatMap(({ endedAt }) => endedAt ?? []).sort()
  return {
    verdict: decided?.verdict ?? 'unknown',
    because: decided?.because ?? null,
    decidedAt: decided?.decidedAt ?? null,
    startedAt: starts[0] ?? null,
    endedAt: isRunning ? null : (ends.at(-1) ?? null)
  }
}

export function meetingDetailOf(meeting: WholeMeeting, recordings: readonly MeetingRecording[]): MeetingDetail {
  const { bookings, sessions, meddic } = meeting
  return {
    ...meetingOf(meeting),
    bookings: inOrder(bookings).map((booking) => ({ ...booking, state: bookingState(booking, bookings) })),
    sessions: Object.values(sessions).sort((a, b) => a.startedAt.localeCompare(b.startedAt)),
    instances: instancesInOrder(meeting.instances).map(({ participants, ...instance }) => ({
      ...instance,
      participants: Object.values(participants)
        .sort((a, b) => (a.joinedAt ?? '').localeCompare(b.joinedAt ?? '') || a.id.localeCompare(b.id))
        .map(({ id: _id, ...participant }) => participant)
    })),
    room: roomAnswer(meeting.rooms),
    invitations: [...meeting.rooms.invitations],
    changedAtZoom: meeting.changedAtZoom,
    recordings: [...recordings],
    mergedMeetingIds: [...meeting.mergedMeetingIds],
    transcriptQuality: meddic?.quality ?? null,
    qualification: meddic === null || meddic.rejectedBecause !== null ? null : meddic
  }
}
