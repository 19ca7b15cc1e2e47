import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { pii } from '../event/pii.ts'
import { AggregateId } from '../scalars.ts'
import { E164, Why } from './suppress-contact.ts'

export const TransferCall = defineCommand({
  service: 'telephony',
  name: 'TransferCall',
  description:
    'Hands the caller of a call under way to a colleague: the caller is held while the colleague is called and told about it, and comes back if nobody answers. The colleague is dialled once.',
  data: Type.Object({ callId: AggregateId, to: pii(E164), why: pii(Why) }, { additionalProperties: false }),
  result: Type.Object({
    transferId: Type.String(),
    conferenceId: Type.String(),
    dialId: Type.String({ description: 'names the call to the colleague; CancelCall takes it' })
  }),
  refusals: {
    TELEPHONY_NUMBER_INVALID: 'the number is none; write it in E.164, such as +14155550142',
    TELEPHONY_CALL_NOT_TRANSFERABLE: 'the caller is not put through to anybody now, or the call is over',
    TELEPHONY_TRANSFER_UNDER_WAY: 'the call is being transferred already',
    TELEPHONY_TWILIO_NOT_CONFIGURED: 'the settings lack what it takes to call; the message names it'
  },
  personAddress: ({ to }) => to
})
