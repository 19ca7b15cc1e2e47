import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Timestamp } from '../scalars.ts'
import { participantFields } from './meeting-instance.ts'

export const ParticipantJoined = defineEvent({
  type: 'meetings.ParticipantJoined.v1',
  aggregate: 'meeting',
  description: 'Somebody came into a meeting. Once each time that they come in.',
  data: Type.Object({ ...participantFields, joinedAt: Timestamp })
})
