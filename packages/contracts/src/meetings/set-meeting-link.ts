import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'
import { standingMeetingRefusals } from './reschedule-meeting.ts'
import { ManualLink } from './schedule-meeting.ts'

export const SetMeetingLink = defineCommand({
  service: 'meetings',
  name: 'SetMeetingLink',
  description:
    'Gives a booked meeting a link by hand, for example where no room could be opened. Everybody gets it by e-mail; a room of ours is closed.',
  data: Type.Object({ meetingId: AggregateId, joinUrl: ManualLink }, { additionalProperties: false }),
  result: Type.Object({ meetingId: AggregateId }),
  refusals: standingMeetingRefusals
})
