import { Type, type Static, type TSchema } from '@sinclair/typebox'

const maybe = <S extends TSchema>(schema: S) => Type.Optional(Type.Union([schema, Type.Null()]))
const MaybeText = maybe(Type.String())

const Answer = Type.Object({ question: MaybeText, answer: MaybeText })
const Person = Type.Object({ user_email: MaybeText, user_name: MaybeText })

const ScheduledEvent = Type.Object({
  uri: MaybeText,
  name: MaybeText,
  start_time: Type.String({ minLength: 10 }),
  end_time: Type.String({ minLength: 10 }),
  location: Type.Optional(
    Type.Union([
      Type.Null(),
      Type.Object({
        type: MaybeText,
        join_url: MaybeText,
        location: MaybeText,
        data: Type.Optional(Type.Union([Type.Null(), Type.Object({ id: Type.Optional(Type.Unknown()) })]))
      })
    ])
  ),
  event_memberships: Type.Optional(Type.Array(Person)),
  event_guests: Type.Optional(Type.Array(Type.Object({ email: MaybeText })))
})

const Cancellation = Type.Object({
  canceler_type: MaybeText,
  canceled_by: MaybeText,
  reason: MaybeText,
  created_at: MaybeText
})
const NoShow = Type.Object({ uri: MaybeText, created_at: MaybeText })

/** The fields of an invitee delivery that the translation reads; everything else is left alone. */
export const InviteeDelivery = Type.Object({
  event: Type.String(),
  created_at: Type.Optional(Type.String()),
  payload: Type.Object({
    uri: Type.String({ minLength: 1 }),
    email: Type.String({ maxLength: 254, pattern: '^[^@\\s\\u0000-\\u001f]+@[^@\\s\\u0000-\\u001f]+$' }),
    name: MaybeText,
    first_name: MaybeText,
    last_name: MaybeText,
    timezone: MaybeText,
    created_at: MaybeText,
    updated_at: MaybeText,
    rescheduled: maybe(Type.Boolean()),
    old_invitee: MaybeText,
    new_invitee: MaybeText,
    text_reminder_number: MaybeText,
    questions_and_answers: maybe(Type.Array(Answer)),
    tracking: maybe(Type.Record(Type.String(), Type.Unknown())),
    cancellation: maybe(Cancellation),
    no_show: maybe(NoShow),
    scheduled_event: ScheduledEvent
  })
})
export type InviteeDelivery = Static<typeof InviteeDelivery>

/** A no-show delivery in its short form: it names the invitee but does not describe it. */
export const NoShowDelivery = Type.Object({
  event: Type.String(),
  created_at: Type.Optional(Type.String()),
  payload: Type.Object({ uri: Type.String(), invitee: Type.String({ minLength: 1 }), created_at: MaybeText })
})
export type NoShowDelivery = Static<typeof NoShowDelivery>
