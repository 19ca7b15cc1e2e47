import { AttendanceProof, Nullable, OneOf, ParticipantSide, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

/** Whether the customer came, as far as it is decided, and when the meeting took place. */
export const Attendance = Type.Object({
  verdict: OneOf('attended', 'not-attended', 'unknown'),
  because: Nullable(
    Type.Unsafe<Static<typeof AttendanceProof> | 'ended' | 'time-passed'>(
      Type.Union([AttendanceProof, OneOf('ended', 'time-passed')], {
        description:
          'participant, report, transcript: what shows that they came; ended: the host ended it and nobody had come; time-passed: its time is over and nobody came'
      })
    )
  ),
  decidedAt: Nullable(Timestamp),
  startedAt: Nullable(Timestamp),
  endedAt: Nullable(Timestamp)
})
export type Attendance = Static<typeof Attendance>

/** One time that the meeting took place on its platform. */
export const InstanceAnswer = Type.Object({
  uuid: Type.String({ description: "the platform's id of it" }),
  startedAt: Nullable(Timestamp),
  endedAt: Nullable(Timestamp),
  participants: Type.Array(
    Type.Object({
      name: Nullable(Type.String()),
      email: Nullable(Type.String()),
      side: ParticipantSide,
      joinedAt: Nullable(Timestamp),
      leftAt: Nullable(Timestamp)
    })
  )
})

/** What somebody did to the meeting in Zoom itself; the booking stayed as it was. */
export const ChangedAtZoom = Type.Object({
  change: OneOf('moved', 'deleted'),
  startsAt: Nullable(Timestamp),
  changedAt: Timestamp
})
export type ChangedAtZoom = Static<typeof ChangedAtZoom>
