import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'

export const EndConference = defineCommand({
  service: 'telephony',
  name: 'EndConference',
  description: 'Ends a conference and the calls of all who are in it; who is still being called is not any more.',
  data: Type.Object({ conferenceId: AggregateId }, { additionalProperties: false }),
  result: Type.Object({ conferenceId: Type.String(), changeId: Type.String() }),
  refusals: {
    TELEPHONY_CONFERENCE_UNKNOWN: 'there is no conference with this id',
    TELEPHONY_CONFERENCE_OVER: 'the conference has ended',
    TELEPHONY_TWILIO_NOT_CONFIGURED: 'the settings lack what it takes; the message names it'
  }
})
