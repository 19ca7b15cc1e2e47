import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { OneOf } from '../scalars.ts'
import { verdictFields } from './attendance.ts'

export const MeetingNotAttended = defineEvent({
  type: 'meetings.MeetingNotAttended.v1',
  aggregate: 'meeting',
  description:
    'The meeting took place on its platform and nobody from outside came: a no-show, by what is known so far.',
  data: Type.Object({
    ...verdictFields,
    /** ended: the host ended it; time-passed: its end was not told, and its time is over. */
    because: OneOf('ended', 'time-passed')
  })
})
