import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable, Timestamp } from '../scalars.ts'
import { ConferenceNews } from './conference.ts'

export const ConferenceReported = defineEvent({
  type: 'telephony.ConferenceReported.v1',
  aggregate: 'conference',
  description:
    'Twilio told of a conference: that it began or ended, or what one who is in it did. News come in any order, and some never; what holds is what Twilio counted highest.',
  data: Type.Object({
    conferenceId: AggregateId,
    conferenceSid: Type.String(),
    news: ConferenceNews,
    /** Twilio's count of the conference's news. */
    sequence: Type.Integer({ minimum: 0 }),
    /** Of the one it is about; null where it is about the conference. */
    callSid: Nullable(Type.String()),
    callId: Nullable(AggregateId),
    /** As Twilio had it then; null where it did not say. */
    muted: Nullable(Type.Boolean()),
    hold: Nullable(Type.Boolean()),
    reason: Nullable(Type.String()),
    at: Timestamp
  })
})
