import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Timestamp } from '../scalars.ts'

export const ParticipantInvited = defineEvent({
  type: 'telephony.ParticipantInvited.v1',
  aggregate: 'conference',
  description: 'Somebody is called into a conference; what became of the call is told of its dial.',
  data: Type.Object({ conferenceId: AggregateId, dialId: AggregateId, at: Timestamp })
})
