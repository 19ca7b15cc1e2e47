import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId, Timestamp } from '../scalars.ts'
import { MeetingTime, meetingTimeRefusals } from './schedule-meeting.ts'

/** Of every command about a meeting that is to come. */
export const standingMeetingRefusals = {
  MEETINGS_MEETING_UNKNOWN: 'there is no booked meeting with this id',
  MEETINGS_MEETING_CANCELED: 'the meeting was canceled',
  MEETINGS_MEETING_OVER: 'the meeting is over',
  PERSON_ERASED: 'the customer was erased'
}

export const RescheduleMeeting = defineCommand({
  service: 'meetings',
  name: 'RescheduleMeeting',
  description:
    'Gives a meeting that was scheduled here another time. Its room moves along, and everybody gets the new time by e-mail.',
  data: Type.Object(
    { meetingId: AggregateId, startsAt: MeetingTime, endsAt: MeetingTime },
    { additionalProperties: false }
  ),
  result: Type.Object({ meetingId: AggregateId, bookingUri: Type.String(), startsAt: Timestamp, endsAt: Timestamp }),
  refusals: {
    ...standingMeetingRefusals,
    ...meetingTimeRefusals,
    MEETINGS_BOOKED_ELSEWHERE: 'the meeting was booked at a calendar of others: move it there'
  }
})
