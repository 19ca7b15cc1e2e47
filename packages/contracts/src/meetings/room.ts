import { Type } from '@sinclair/typebox'
import { pii } from '../event/pii.ts'
import { AggregateId, OneOf, PersonId } from '../scalars.ts'

/** What every event about a meeting's room or link has. */
export const meetingIds = {
  meetingId: AggregateId,
  personId: PersonId,
  bookingUri: Type.String({ description: 'the booking that stood then' })
}

/** Whose rooms Leadlog opens. */
export const RoomProvider = OneOf('zoom')

/** The platform's number of a meeting, as text. */
export const PlatformMeetingId = Type.String({ description: 'number of the meeting at the platform, as text' })

export const JoinUrl = pii(Type.String({ description: 'where everybody joins' }))

/** Why something could not be done with a room. */
export const roomFailures = [
  'not-connected',
  'grant-refused',
  'host-unknown',
  'host-not-licensed',
  'scope-missing',
  'app-refused',
  'daily-limit',
  'gone',
  'refused',
  'dry-run'
] as const
