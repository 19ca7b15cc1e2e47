import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Timestamp } from '../scalars.ts'

export const ConferenceOpened = defineEvent({
  type: 'telephony.ConferenceOpened.v1',
  aggregate: 'conference',
  description:
    'There is a conference that people can be called into. At Twilio it begins with the first who joins. Once per conference.',
  data: Type.Object({
    conferenceId: AggregateId,
    /** What we call it. */
    name: Type.String(),
    /** The call that is transferred in it; absent for all other conferences. */
    transferOf: Type.Optional(AggregateId),
    openedAt: Timestamp
  })
})
