import { Type, type Static } from '@sinclair/typebox'
import { AggregateId, OneOf } from '../scalars.ts'

/** What Twilio tells of a conference, in its words without `conference-` and `participant-`. */
export const conferenceNews = ['start', 'end', 'join', 'leave', 'mute', 'unmute', 'hold', 'unhold'] as const
export const ConferenceNews = OneOf(...conferenceNews)
export type ConferenceNews = Static<typeof ConferenceNews>

/** What somebody wants of a conference or of one who is in it. */
export const ConferenceChange = Type.Union([
  Type.Object({ kind: Type.Literal('mute'), callId: AggregateId, on: Type.Boolean() }),
  Type.Object({ kind: Type.Literal('hold'), callId: AggregateId, on: Type.Boolean() }),
  Type.Object({ kind: Type.Literal('remove'), callId: AggregateId }),
  Type.Object({ kind: Type.Literal('end') })
])
export type ConferenceChange = Static<typeof ConferenceChange>
