import { Meddic } from '@leadlog/contracts'
import type { MeddicReading } from './meddic-reading.ts'
import { bookingState, type Bookings, type Sessions } from './meeting-parts.ts'
import { inOrder, summaryOf } from './meeting-summary.ts'
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
    meddic: rows.reduce<MeddicReading | null>((best, { meddic }) => laterReading(best, meddic), null)
  }
}

function laterReading(a: MeddicReading | null, b: MeddicReading | null): MeddicReading | null {
  if (a === null || b === null) return a ?? b
  return Date.parse(b.observedAt) >= Date.parse(a.observedAt) ? b : a
}

export function meetingOf(meeting: WholeMeeting): Meeting {
  const { row, leadId, bookings, meddic } = meeting
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
    platform: summary.platform,
    joinUrl: summary.joinUrl,
    host: { name: summary.hostName, email: summary.hostEmail },
    reportUrl: summary.reportUrl,
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

export function meetingDetailOf(meeting: WholeMeeting): MeetingDetail {
  const { bookings, sessions, meddic } = meeting
  return {
    ...meetingOf(meeting),
    bookings: inOrder(bookings).map((booking) => ({ ...booking, state: bookingState(booking, bookings) })),
    sessions: Object.values(sessions).sort((a, b) => a.startedAt.localeCompare(b.startedAt)),
    mergedMeetingIds: [...meeting.mergedMeetingIds],
    transcriptQuality: meddic?.quality ?? null,
    qualification: meddic === null || meddic.rejectedBecause !== null ? null : meddic
  }
}
