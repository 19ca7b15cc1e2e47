import { CallSegment, Nullable, OneOf, RecordingGap, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

/** What was said on a call, or why nobody wrote it down. */
const CallTranscript = Type.Object({
  state: OneOf('transcribed', 'waiting', 'not-configured', 'deleted', 'unsupported', 'failed', 'none'),
  code: Nullable(Type.String({ description: 'of the error, where it failed' })),
  language: Nullable(Type.String()),
  segments: Type.Array(CallSegment),
  provider: Nullable(Type.String()),
  model: Nullable(Type.String()),
  costMicroUsd: Nullable(Type.Integer()),
  latencyMs: Nullable(Type.Integer())
})

/** A recording of a call. */
export const Recording = Type.Object({
  id: Type.String(),
  callId: Type.String(),
  recordingSid: Type.String({ description: "Twilio's id" }),
  state: OneOf('stored', 'unavailable', 'deleted'),
  unavailableBecause: Nullable(RecordingGap),
  deletedBecause: Nullable(OneOf('retention', 'request', 'erasure')),
  deletedAt: Nullable(Timestamp),
  audioUrl: Nullable(Type.String({ description: 'address of the sound, below this server; null where there is none' })),
  contentType: Nullable(Type.String()),
  sizeBytes: Nullable(Type.Integer()),
  durationSeconds: Nullable(Type.Integer()),
  channels: Nullable(Type.Integer()),
  sales: Type.Boolean({ description: 'what is said is read for the lead, once the call has one' }),
  startedAt: Nullable(Timestamp),
  storedAt: Nullable(Timestamp),
  transcript: CallTranscript
})
export type Recording = Static<typeof Recording>

export const Recordings = Type.Object({ data: Type.Array(Recording) })
