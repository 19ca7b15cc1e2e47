import { Type } from '@sinclair/typebox'
import { AggregateId, OneOf, PersonId, Timestamp } from '../scalars.ts'

/** What every verdict about a booking says. */
export const verdictFields = {
  meetingId: AggregateId,
  personId: PersonId,
  bookingUri: Type.String(),
  startsAt: Timestamp,
  decidedAt: Timestamp
}

/**
 * What shows that the customer came. participant: somebody from outside was in the meeting; report: a notetaker's report names
 * them; transcript: somebody from outside speaks in it.
 */
export const AttendanceProof = OneOf('participant', 'report', 'transcript')
