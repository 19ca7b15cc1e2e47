import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'

export const HoldParticipant = defineCommand({
  service: 'telephony',
  name: 'HoldParticipant',
  description: 'Puts somebody in a conference on hold, with music, or takes them back.',
  data: Type.Object(
    { conferenceId: AggregateId, callId: AggregateId, hold: Type.Boolean() },
    { additionalProperties: false }
  ),
  result: Type.Object({ conferenceId: Type.String(), changeId: Type.String() }),
  refusals: {
    TELEPHONY_CONFERENCE_UNKNOWN: 'there is no conference with this id',
    TELEPHONY_CONFERENCE_OVER: 'the conference has ended',
    TELEPHONY_PARTICIPANT_UNKNOWN: 'nobody in the conference has this call',
    TELEPHONY_TWILIO_NOT_CONFIGURED: 'the settings lack what it takes; the message names it'
  }
})
