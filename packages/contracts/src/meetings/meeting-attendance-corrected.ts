import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { OneOf } from '../scalars.ts'
import { verdictFields } from './attendance.ts'

export const MeetingAttendanceCorrected = defineEvent({
  type: 'meetings.MeetingAttendanceCorrected.v1',
  aggregate: 'meeting',
  description: 'What became known later corrects the verdict that the customer did not come, or that they did.',
  data: Type.Object({
    ...verdictFields,
    verdict: OneOf('attended', 'unknown'),
    /** Of `unknown`: what the verdict rested on was of another meeting. */
    because: OneOf('participant', 'report', 'transcript', 'nothing-told')
  })
})
