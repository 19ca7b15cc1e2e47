import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { bookingFields } from './booking.ts'

export const MeetingBooked = defineEvent({
  type: 'meetings.MeetingBooked.v1',
  aggregate: 'meeting',
  description: 'A customer booked a meeting. Once per booking that does not replace another.',
  data: Type.Object(bookingFields)
})
