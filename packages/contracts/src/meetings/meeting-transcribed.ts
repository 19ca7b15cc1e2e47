import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, PersonId, Timestamp } from '../scalars.ts'
import { Customer } from './customer.ts'
import { Participant, SpeakerBlock } from './report.ts'

export const MeetingTranscribed = defineEvent({
  type: 'meetings.MeetingTranscribed.v1',
  aggregate: 'meeting',
  description: 'What was said in a recorded meeting, as its platform wrote it down. Once per file.',
  data: Type.Object({
    meetingId: AggregateId,
    personId: PersonId,
    recordingId: AggregateId,
    uuid: Type.String({ description: 'the instance that was recorded' }),
    customer: pii(Customer),
    participants: pii(Type.Array(Participant)),
    title: pii(Type.String()),
    startedAt: Timestamp,
    endedAt: Timestamp,
    transcript: pii(Type.Array(SpeakerBlock)),
    contentDigest: Type.String({ description: 'SHA-256 over what was said' })
  })
})
