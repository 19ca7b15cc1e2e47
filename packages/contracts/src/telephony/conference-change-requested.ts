import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Timestamp } from '../scalars.ts'
import { ConferenceChange } from './conference.ts'

export const ConferenceChangeRequested = defineEvent({
  type: 'telephony.ConferenceChangeRequested.v1',
  aggregate: 'conference',
  description:
    'Somebody is to be muted, held, let back or taken out of a conference, or it is to end. Twilio tells when it is so.',
  data: Type.Object({ conferenceId: AggregateId, changeId: AggregateId, change: ConferenceChange, at: Timestamp })
})
