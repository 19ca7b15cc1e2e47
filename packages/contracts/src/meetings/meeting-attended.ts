import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AttendanceProof, verdictFields } from './attendance.ts'

export const MeetingAttended = defineEvent({
  type: 'meetings.MeetingAttended.v1',
  aggregate: 'meeting',
  description: 'The meeting is over and the customer was there. Once per booking.',
  data: Type.Object({ ...verdictFields, because: AttendanceProof })
})
