import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'

/** A question that was asked in a meeting, or not after all. */
export const discoveryQuestionFields = {
  meetingId: AggregateId,
  personId: PersonId,
  question: pii(Type.String({ description: 'its id, of DISCOVERY_QUESTIONS' })),
  at: Timestamp
}

export const DiscoveryQuestionTicked = defineEvent({
  type: 'meetings.DiscoveryQuestionTicked.v1',
  aggregate: 'meeting',
  description: 'A discovery question was asked in a meeting. Again only after it was cleared.',
  data: Type.Object(discoveryQuestionFields)
})
