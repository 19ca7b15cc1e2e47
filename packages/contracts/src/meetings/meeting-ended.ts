import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { Nullable, Timestamp } from '../scalars.ts'
import { instanceFields } from './meeting-instance.ts'

export const MeetingEnded = defineEvent({
  type: 'meetings.MeetingEnded.v1',
  aggregate: 'meeting',
  description: 'A meeting ended on its platform. Once per instance.',
  data: Type.Object({ ...instanceFields, startedAt: Nullable(Timestamp), endedAt: Timestamp })
})
