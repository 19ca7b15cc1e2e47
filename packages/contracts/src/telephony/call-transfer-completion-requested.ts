import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Timestamp } from '../scalars.ts'

export const CallTransferCompletionRequested = defineEvent({
  type: 'telephony.CallTransferCompletionRequested.v1',
  aggregate: 'call',
  description: 'Whoever hands over leaves the caller with the colleague, as soon as the colleague is there.',
  data: Type.Object({ callId: AggregateId, transferId: AggregateId, at: Timestamp })
})
