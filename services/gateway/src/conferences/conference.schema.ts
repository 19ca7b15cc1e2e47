import { Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

export const conferenceStates = ['waiting', 'open', 'ending', 'ended'] as const

export const ConferenceAnswer = Type.Object({
  id: Type.String(),
  name: Nullable(Type.String({ description: "null for the room of a flow's step" })),
  conferenceSid: Nullable(Type.String({ description: "Twilio's id; null until somebody has joined" })),
  transferOf: Nullable(Type.String({ description: 'the call that is handed over in it' })),
  state: OneOf(...conferenceStates),
  participants: Type.Array(
    Type.Object({
      callId: Type.String(),
      callSid: Type.String(),
      present: Type.Boolean({ description: 'false for who has left' }),
      muted: Type.Boolean(),
      hold: Type.Boolean()
    })
  ),
  dialIds: Type.Array(Type.String(), { description: 'of the calls into it' }),
  openedAt: Timestamp,
  changedAt: Timestamp
})
export type ConferenceAnswer = Static<typeof ConferenceAnswer>
