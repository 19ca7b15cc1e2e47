import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { reportFields } from './report.ts'

export const MeetingHeld = defineEvent({
  type: 'meetings.MeetingHeld.v1',
  aggregate: 'meeting',
  description: "A meeting took place, with the notetaker's report of it. Once per session of the notetaker.",
  data: Type.Object(reportFields)
})
