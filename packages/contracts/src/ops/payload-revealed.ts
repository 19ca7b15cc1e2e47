import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'

export const PayloadRevealed = defineEvent({
  type: 'ops.PayloadRevealed.v1',
  aggregate: 'dead-letter',
  description: 'Somebody looked at the personal data that a dead letter carries; who is the actor. Once per look.',
  data: Type.Object({ deadLetterId: Type.String(), eventId: Type.String() })
})
