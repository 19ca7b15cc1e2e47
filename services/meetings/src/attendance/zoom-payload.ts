import { Type, type Static, type TSchema } from '@sinclair/typebox'

const maybe = <S extends TSchema>(schema: S) => Type.Optional(Type.Union([schema, Type.Null()]))
const MaybeText = maybe(Type.String())

/** The number of a meeting: a text in some events, a number in others. */
const MeetingNumber = Type.Union([
  Type.String({ pattern: '^[0-9]{9,15}$' }),
  Type.Integer({ minimum: 100_000_000, maximum: 999_999_999_999_999 })
])

const Participant = Type.Object({
  user_id: maybe(Type.Union([Type.String(), Type.Number()])),
  user_name: MaybeText,
  id: MaybeText,
  participant_uuid: MaybeText,
  participant_user_id: MaybeText,
  email: MaybeText,
  join_time: MaybeText,
  leave_time: MaybeText
})

export const RecordingFile = Type.Object({
  id: Type.String({ minLength: 1 }),
  recording_start: MaybeText,
  recording_end: MaybeText,
  file_type: MaybeText,
  file_size: maybe(Type.Number()),
  download_url: MaybeText,
  status: MaybeText,
  recording_type: MaybeText
})
export type RecordingFile = Static<typeof RecordingFile>

/** The fields of Zoom's webhooks about meetings that the translation reads; everything else is left alone. */
export const MeetingDelivery = Type.Object({
  event: Type.String(),
  event_ts: maybe(Type.Number()),
  // Beside the payload, not in it.
  download_token: MaybeText,
  payload: Type.Object({
    time_stamp: maybe(Type.Number()),
    object: Type.Object({
      id: MeetingNumber,
      uuid: MaybeText,
      host_id: MaybeText,
      host_email: MaybeText,
      topic: MaybeText,
      start_time: MaybeText,
      end_time: MaybeText,
      participant: maybe(Participant),
      recording_files: maybe(Type.Array(RecordingFile))
    })
  })
})
export type MeetingDelivery = Static<typeof MeetingDelivery>

/** A user, or their administrator, removed the app. */
export const DeauthorizedDelivery = Type.Object({
  event: Type.String(),
  payload: Type.Object({ user_id: Type.String({ minLength: 1 }), deauthorization_time: MaybeText })
})
