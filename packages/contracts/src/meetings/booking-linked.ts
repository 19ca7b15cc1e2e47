import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { PersonId } from '../scalars.ts'

export const BookingLinked = defineEvent({
  type: 'meetings.BookingLinked.v1',
  aggregate: 'booking',
  description:
    "Whose booking a URI is, for deliveries that name the booking but not the person. The aggregate's id is a hash of the URI.",
  data: Type.Object({ bookingUri: Type.String(), personId: PersonId })
})
