import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Timestamp } from '../scalars.ts'
import { TransferStage } from './transfer.ts'

export const CallTransferProgressed = defineEvent({
  type: 'telephony.CallTransferProgressed.v1',
  aggregate: 'call',
  description: 'A transfer came to another stage, by who was seen in its conference at Twilio.',
  data: Type.Object({ callId: AggregateId, transferId: AggregateId, stage: TransferStage, at: Timestamp })
})
