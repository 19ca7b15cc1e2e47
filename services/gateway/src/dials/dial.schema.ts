import {
  ContactCheck,
  ContactPurpose,
  DialTarget,
  NotPlacedReason,
  Nullable,
  OneOf,
  Timestamp
} from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

export const dialStates = ['waiting', 'placed', 'not-placed'] as const

/** A call that was asked for. */
export const DialAnswer = Type.Object({
  id: Type.String({ description: '`CancelCall` takes it' }),
  leadId: Nullable(Type.String()),
  number: Nullable(Type.String({ description: 'of whoever is called' })),
  ours: Nullable(Type.String({ description: 'our number' })),
  connect: Nullable(DialTarget),
  purpose: Nullable(ContactPurpose),
  why: Nullable(Type.String({ description: 'as whoever asked gave it' })),
  by: Nullable(Type.String({ description: 'who asked' })),
  state: OneOf(...dialStates),
  callId: Nullable(Type.String({ description: 'the call that it became' })),
  canceled: Type.Boolean(),
  reason: Nullable(NotPlacedReason),
  code: Nullable(Type.String({ description: "Twilio's, where it refused" })),
  proof: Nullable(ContactCheck),
  requestedAt: Timestamp,
  placeBefore: Nullable(Timestamp),
  changedAt: Timestamp
})
export type DialAnswer = Static<typeof DialAnswer>
