import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'

export const CompleteTransfer = defineCommand({
  service: 'telephony',
  name: 'CompleteTransfer',
  description:
    'Leaves the caller with the colleague and takes whoever hands over out of the call; at once, or as soon as the colleague is there. Hanging up does the same.',
  data: Type.Object({ callId: AggregateId }, { additionalProperties: false }),
  result: Type.Object({ transferId: Type.String() }),
  refusals: {
    TELEPHONY_NO_TRANSFER: 'the call is not being transferred, or the colleague did not come',
    TELEPHONY_TWILIO_NOT_CONFIGURED: 'the settings lack what it takes; the message names it'
  }
})
