import { derivedId, type AggregateRef } from '@leadlog/contracts'

/** Id of the aggregate that says whose booking a URI is. */
export function bookingAggregateId(bookingUri: string): string {
  return derivedId('booking', bookingUri)
}

export function bookingRef(bookingUri: string): AggregateRef {
  return { context: 'meetings', aggregate: 'booking', id: bookingAggregateId(bookingUri) }
}

export function agendaRef(personId: string): AggregateRef {
  return { context: 'meetings', aggregate: 'agenda', id: personId }
}

export function meetingRef(meetingId: string): AggregateRef {
  return { context: 'meetings', aggregate: 'meeting', id: meetingId }
}
