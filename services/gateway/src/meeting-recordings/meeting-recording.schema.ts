import { MeetingRecordingGap, Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

/** A recording of a meeting: whether there is something to play. */
export const MeetingRecording = Type.Object({
  id: Type.String(),
  kind: OneOf('video', 'audio', 'transcript'),
  state: OneOf('waiting', 'stored', 'unavailable', 'deleted'),
  unavailableBecause: Nullable(MeetingRecordingGap),
  deletedBecause: Nullable(OneOf('retention', 'erasure')),
  deletedAt: Nullable(Timestamp),
  mediaUrl: Nullable(
    Type.String({ description: 'where it plays from, below this server; null where there is nothing' })
  ),
  contentType: Nullable(Type.String()),
  sizeBytes: Nullable(Type.Integer()),
  startedAt: Nullable(Timestamp),
  endedAt: Nullable(Timestamp),
  storedAt: Nullable(Timestamp)
})
export type MeetingRecording = Static<typeof MeetingRecording>

/** What was said in a meeting, as its platform wrote it down. Times are Unix milliseconds. */
export const SpokenTranscript = Type.Object({
  data: Type.Array(
    Type.Object({ startMs: Type.Number(), endMs: Type.Number(), speaker: Type.String(), words: Type.String() })
  )
})
export type SpokenTranscript = Static<typeof SpokenTranscript>
