import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { pii } from '../event/pii.ts'
import { OneOf } from '../scalars.ts'
import { ContactChannel, SuppressionReason } from './contact.ts'

/** A number that a command is about. */
export const E164 = Type.String({ minLength: 1, maxLength: 20, description: 'in E.164, such as +14155550142' })

/** Why somebody does it; kept with the event. */
export const Why = Type.String({ minLength: 1, maxLength: 500, description: 'why; kept with who did it' })

export const ContactState = Type.Object({
  suppressionId: Type.String({ description: 'the id of /v1/suppressions' }),
  suppressed: Type.Array(Type.Object({ channel: ContactChannel, reason: SuppressionReason }), {
    description: 'what stands now'
  })
})

export const SuppressContact = defineCommand({
  service: 'telephony',
  name: 'SuppressContact',
  description:
    'Sees to it that a phone number is not called or written to any more. What waits for it is ended. That it is so already is no error.',
  data: Type.Object(
    {
      phone: pii(E164),
      channels: Type.Array(OneOf('call', 'sms'), { minItems: 1, uniqueItems: true }),
      reason: Type.Optional(OneOf('operator', 'do-not-call', 'opted-out')),
      why: pii(Why)
    },
    { additionalProperties: false }
  ),
  result: ContactState,
  refusals: { TELEPHONY_NUMBER_INVALID: 'the number is none; write it in E.164, such as +14155550142' },
  personAddress: ({ phone }) => phone
})
