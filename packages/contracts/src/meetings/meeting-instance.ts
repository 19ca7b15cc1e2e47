import { Type, type Static } from '@sinclair/typebox'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, OneOf, PersonId } from '../scalars.ts'

/** What names one time that a meeting took place on its platform. */
export const instanceFields = {
  meetingId: AggregateId,
  personId: PersonId,
  provider: OneOf('zoom'),
  uuid: Type.String({ description: "the platform's id of this one time; the number of a meeting is used again" }),
  platformMeetingId: Type.String({ description: 'the number of the meeting, as text' })
}

/** ours: the host, a user of the account, or somebody of the own domains; notetaker: a program that listens; outside: anybody else. */
export const ParticipantSide = OneOf('ours', 'notetaker', 'outside')
export type ParticipantSide = Static<typeof ParticipantSide>

/** Somebody in a meeting, as the platform tells of them. */
export const participantFields = {
  ...instanceFields,
  participantId: Type.String({ description: "the platform's id of them in this instance" }),
  name: pii(Nullable(Type.String())),
  email: pii(Nullable(Type.String({ description: 'lower case; platforms leave it out for guests' }))),
  side: ParticipantSide
}
