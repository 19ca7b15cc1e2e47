import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Timestamp } from '../scalars.ts'
import { participantFields } from './meeting-instance.ts'

export const ParticipantLeft = defineEvent({
  type: 'meetings.ParticipantLeft.v1',
  aggregate: 'meeting',
  description: 'Somebody left a meeting. Once each time that they leave.',
  data: Type.Object({ ...participantFields, leftAt: Timestamp })
})
