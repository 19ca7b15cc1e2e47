import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'
import { standingMeetingRefusals } from './reschedule-meeting.ts'

const { MEETINGS_MEETING_CANCELED: _none, ...refusals } = standingMeetingRefusals

export const CancelMeeting = defineCommand({
  service: 'meetings',
  name: 'CancelMeeting',
  description:
    'Cancels a meeting that was scheduled here: its room is closed, and everybody is told by e-mail. That it is canceled already is no error.',
  data: Type.Object(
    {
      meetingId: AggregateId,
      reason: Type.Optional(
        Type.String({ minLength: 1, maxLength: 500, description: 'everybody who is invited reads it' })
      )
    },
    { additionalProperties: false }
  ),
  result: Type.Object({ meetingId: AggregateId }),
  refusals: {
    ...refusals,
    MEETINGS_BOOKED_ELSEWHERE: 'the meeting was booked at a calendar of others: cancel it there'
  }
})
