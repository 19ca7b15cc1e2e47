import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, OneOf } from '../scalars.ts'
import { E164, Why } from './suppress-contact.ts'

export const AddParticipant = defineCommand({
  service: 'telephony',
  name: 'AddParticipant',
  description: 'Calls somebody into a conference, each once and only where they may be called, as PlaceCall does.',
  data: Type.Object(
    {
      conferenceId: AggregateId,
      to: pii(E164),
      from: Type.String({ minLength: 1, maxLength: 20, description: 'one of our numbers, in E.164' }),
      leadId: Type.Optional(AggregateId),
      purpose: Type.Optional(OneOf('marketing', 'service', 'answer')),
      why: pii(Why)
    },
    { additionalProperties: false }
  ),
  result: Type.Object({
    conferenceId: Type.String(),
    dialId: Type.String({ description: 'names the call; CancelCall takes it' })
  }),
  refusals: {
    TELEPHONY_NUMBER_INVALID: 'a number is none; write it in E.164, such as +14155550142',
    TELEPHONY_LEAD_UNKNOWN: 'there is no lead with this id',
    TELEPHONY_CONFERENCE_UNKNOWN: 'there is no conference with this id',
    TELEPHONY_CONFERENCE_OVER: 'the conference has ended',
    TELEPHONY_TWILIO_NOT_CONFIGURED: 'the settings lack what it takes to call; the message names it'
  },
  personAddress: ({ to }) => to
})
