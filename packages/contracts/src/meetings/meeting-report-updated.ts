import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { reportFields } from './report.ts'

export const MeetingReportUpdated = defineEvent({
  type: 'meetings.MeetingReportUpdated.v1',
  aggregate: 'meeting',
  description: 'The report of a held meeting came again with other content, which replaces the earlier one.',
  data: Type.Object(reportFields)
})
