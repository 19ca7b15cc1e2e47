import { Type, type Static } from '@sinclair/typebox'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId, Timestamp } from '../scalars.ts'
import { Customer } from './customer.ts'

/** One uninterrupted piece of speech. Times are Unix milliseconds. */
export const SpeakerBlock = Type.Object({
  startMs: Type.Number(),
  endMs: Type.Number(),
  speaker: Type.String(),
  words: Type.String()
})
export type SpeakerBlock = Static<typeof SpeakerBlock>

/** Who was in the meeting. `external` is false for the own domains. */
export const Participant = Type.Object({
  name: Nullable(Type.String()),
  email: Nullable(Type.String({ description: 'lower case' })),
  external: Type.Boolean()
})
export type Participant = Static<typeof Participant>

/** What a notetaker reported of a meeting that took place. */
export const reportFields = {
  meetingId: AggregateId,
  personId: PersonId,
  sessionId: Type.String({ description: "the notetaker's id of the meeting" }),
  customer: pii(Customer),
  participants: pii(Type.Array(Participant)),
  title: pii(Type.String()),
  startedAt: Timestamp,
  endedAt: Timestamp,
  durationMinutes: Type.Number({ minimum: 0 }),
  platform: Nullable(Type.String()),
  platformMeetingId: Nullable(Type.String()),
  reportUrl: pii(Nullable(Type.String())),
  summary: pii(Nullable(Type.String())),
  actionItems: pii(Type.Array(Type.String())),
  keyQuestions: pii(Type.Array(Type.String())),
  topics: pii(Type.Array(Type.String())),
  transcript: pii(Type.Array(SpeakerBlock)),
  contentDigest: Type.String({
    description: 'SHA-256 over the content that matters: the same report again has the same'
  })
}
