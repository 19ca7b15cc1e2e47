import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Timestamp } from '../scalars.ts'
import { ContactCheck } from './contact.ts'

export const DialCleared = defineEvent({
  type: 'telephony.DialCleared.v1',
  aggregate: 'dial',
  description:
    'It was looked whether the person may be called now, and they may: the proof, immediately before Twilio is asked. Once per attempt.',
  data: Type.Object({ dialId: AggregateId, check: ContactCheck, at: Timestamp })
})
