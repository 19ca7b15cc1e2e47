import { Nullable, OneOf, Timestamp, TranscriptQuality } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import { MeetingRecording } from '../meeting-recordings/meeting-recording.schema.ts'
import { Attendance, ChangedAtZoom, InstanceAnswer } from './attendance.schema.ts'
import { InvitationAnswer, RoomAnswer } from './meeting-room.schema.ts'
import { MeetingStatus } from './meeting-summary.ts'

const meetingFields = {
  id: Type.String(),
  status: MeetingStatus,
  title: Nullable(Type.String()),
  leadId: Nullable(Type.String()),
  customer: Type.Object({ email: Nullable(Type.String()), name: Nullable(Type.String()) }),
  startsAt: Nullable(Timestamp),
  endsAt: Nullable(Timestamp),
  platform: Nullable(Type.String()),
  joinUrl: Nullable(Type.String()),
  host: Type.Object({ name: Nullable(Type.String()), email: Nullable(Type.String()) }),
  reportUrl: Nullable(Type.String()),
  bookedHere: Type.Boolean({ description: 'by ScheduleMeeting: it can be moved and canceled here' }),
  reschedules: Type.Integer({ description: 'how often the booking was replaced' }),
  transcript: Nullable(
    Type.Object({
      verdict: OneOf('good', 'partial', 'unusable'),
      coverage: Type.Number(),
      flags: Type.Array(Type.String())
    })
  ),
  attendance: Attendance,
  meddic: Nullable(
    Type.Object({
      filled: Type.Integer({ description: 'parts that the transcript supports' }),
      total: Type.Integer(),
      rejectedBecause: Nullable(Type.String())
    })
  )
}

/** A meeting as a list shows it. */
export const Meeting = Type.Object(meetingFields)
export type Meeting = Static<typeof Meeting>

const BookingAnswer = Type.Object({
  uri: Type.String(),
  state: OneOf('active', 'superseded', 'canceled', 'no-show'),
  previousUri: Nullable(Type.String()),
  startsAt: Nullable(Timestamp),
  endsAt: Nullable(Timestamp),
  bookedAt: Nullable(Timestamp),
  canceledAt: Nullable(Timestamp),
  canceledBy: Nullable(Type.String()),
  cancelReason: Nullable(Type.String()),
  supersededByUri: Nullable(Type.String())
})

const SessionAnswer = Type.Object({
  id: Type.String(),
  title: Type.String(),
  startedAt: Timestamp,
  endedAt: Timestamp,
  durationMinutes: Type.Number(),
  platform: Nullable(Type.String()),
  reportUrl: Nullable(Type.String()),
  participants: Type.Integer()
})

/** A meeting with all its bookings, sessions and what was read from it. */
export const MeetingDetail = Type.Object({
  ...meetingFields,
  bookings: Type.Array(BookingAnswer),
  sessions: Type.Array(SessionAnswer),
  instances: Type.Array(InstanceAnswer, {
    description: 'the times that it took place on its platform, with who was there'
  }),
  room: Nullable(RoomAnswer),
  invitations: Type.Array(InvitationAnswer, { description: 'mails with a file for calendars that went out' }),
  changedAtZoom: Nullable(ChangedAtZoom),
  recordings: Type.Array(MeetingRecording),
  mergedMeetingIds: Type.Array(Type.String()),
  transcriptQuality: Nullable(TranscriptQuality),
  qualification: Nullable(
    Type.Object({
      parts: Type.Record(Type.String(), Type.String()),
      evidence: Type.Record(Type.String(), Type.String()),
      confidence: Nullable(Type.Number()),
      provider: Nullable(Type.String()),
      model: Nullable(Type.String()),
      promptVersion: Nullable(Type.String()),
      extractionId: Type.String(),
      eventId: Type.String(),
      observedAt: Timestamp
    })
  )
})
export type MeetingDetail = Static<typeof MeetingDetail>
