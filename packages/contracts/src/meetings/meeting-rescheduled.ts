import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { bookingFields } from './booking.ts'

export const MeetingRescheduled = defineEvent({
  type: 'meetings.MeetingRescheduled.v1',
  aggregate: 'meeting',
  description:
    'A meeting got a new time: a booking that replaces an earlier one of the same meeting. The meeting stays one.',
  data: Type.Object(bookingFields)
})
