import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'

export const CallerTexted = defineEvent({
  type: 'telephony.CallerTexted.v1',
  aggregate: 'caller',
  description:
    'A text message was with this phone number, so that it is found when the number becomes a lead’s. Once per message.',
  data: Type.Object({ callerId: AggregateId, messageId: AggregateId })
})
