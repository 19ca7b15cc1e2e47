import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, OneOf, Timestamp } from '../scalars.ts'
import { FlowId } from './save-flow.ts'
import { E164, Why } from './suppress-contact.ts'
import { OnMachine } from './dial.ts'

export const PlaceCall = defineCommand({
  service: 'telephony',
  name: 'PlaceCall',
  description:
    'Calls somebody and connects whoever answers to a published flow or to one of us. Suppression and quiet hours are looked at immediately before it is dialled; each call is dialled once.',
  data: Type.Object(
    {
      to: pii(E164),
      from: Type.String({ minLength: 1, maxLength: 20, description: 'one of our numbers, in E.164' }),
      connect: Type.Union([
        Type.Object({ flowId: FlowId }, { additionalProperties: false }),
        Type.Object(
          {
            number: Type.String({ minLength: 1, maxLength: 20, description: 'of one of us; it rings once they answer' })
          },
          { additionalProperties: false }
        )
      ]),
      leadId: Type.Optional(AggregateId),
      purpose: Type.Optional(OneOf('marketing', 'service', 'answer')),
      onMachine: Type.Optional(pii(OnMachine)),
      ringSeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 600 })),
      placeBefore: Type.Optional(Timestamp),
      why: pii(Why)
    },
    { additionalProperties: false }
  ),
  result: Type.Object({ dialId: Type.String({ description: 'names this call from now on' }) }),
  refusals: {
    TELEPHONY_NUMBER_INVALID: 'a number is none; write it in E.164, such as +14155550142',
    TELEPHONY_FLOW_NOT_PUBLISHED: 'the flow was never published',
    TELEPHONY_LEAD_UNKNOWN: 'there is no lead with this id',
    TELEPHONY_TWILIO_NOT_CONFIGURED: 'the settings lack what it takes to call; the message names it'
  },
  personAddress: ({ to }) => to
})
