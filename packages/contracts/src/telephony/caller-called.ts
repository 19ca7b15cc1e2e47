import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'

export const CallerCalled = defineEvent({
  type: 'telephony.CallerCalled.v1',
  aggregate: 'caller',
  description:
    'A call was with this phone number, so that it is found when the number becomes a lead’s. Once per call.',
  data: Type.Object({ callerId: AggregateId, callId: AggregateId })
})
