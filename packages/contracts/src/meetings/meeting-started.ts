import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Timestamp } from '../scalars.ts'
import { instanceFields } from './meeting-instance.ts'

export const MeetingStarted = defineEvent({
  type: 'meetings.MeetingStarted.v1',
  aggregate: 'meeting',
  description: 'A meeting began on its platform. Once per instance: whoever begins it again begins another.',
  data: Type.Object({ ...instanceFields, startedAt: Timestamp })
})
