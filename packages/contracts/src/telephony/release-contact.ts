import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { pii } from '../event/pii.ts'
import { OneOf } from '../scalars.ts'
import { SuppressionReason } from './contact.ts'
import { ContactState, E164, Why } from './suppress-contact.ts'

export const ReleaseContact = defineCommand({
  service: 'telephony',
  name: 'ReleaseContact',
  description:
    'Ends reasons not to call or write to a phone number; without reasons all of them. Twilio keeps its own list: who sent STOP has to send START.',
  data: Type.Object(
    {
      phone: pii(E164),
      channels: Type.Array(OneOf('call', 'sms'), { minItems: 1, uniqueItems: true }),
      reasons: Type.Optional(Type.Array(SuppressionReason, { minItems: 1, uniqueItems: true })),
      why: pii(Why)
    },
    { additionalProperties: false }
  ),
  result: ContactState,
  refusals: {
    TELEPHONY_NUMBER_INVALID: 'the number is none; write it in E.164, such as +14155550142',
    TELEPHONY_CONTACT_NOT_SUPPRESSED: 'nothing stands in the way of contacting it on these channels, for these reasons'
  },
  personAddress: ({ phone }) => phone
})
