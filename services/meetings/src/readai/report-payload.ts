import { Type, type Static, type TSchema } from '@sinclair/typebox'

const maybe = <S extends TSchema>(schema: S) => Type.Optional(Type.Union([schema, Type.Null()]))
const MaybeText = maybe(Type.String())
const Items = maybe(Type.Array(Type.Object({ text: MaybeText })))
/** Unix milliseconds; some senders give them as text. */
const Millis = Type.Union([Type.Number(), Type.String({ pattern: '^[0-9]+(\\.[0-9]+)?$' })])

const Person = Type.Object({ name: MaybeText, first_name: MaybeText, last_name: MaybeText, email: MaybeText })

/** The fields of a Read.ai report that the translation reads. Everything that Read.ai may leave out may be missing. */
export const ReportDelivery = Type.Object({
  session_id: Type.String({ minLength: 1 }),
  trigger: Type.String(),
  title: MaybeText,
  start_time: MaybeText,
  end_time: MaybeText,
  participants: maybe(Type.Array(Person)),
  owner: maybe(Person),
  summary: MaybeText,
  action_items: Items,
  key_questions: Items,
  topics: Items,
  transcript: maybe(
    Type.Object({
      speaker_blocks: maybe(
        Type.Array(
          Type.Object({
            start_time: maybe(Millis),
            end_time: maybe(Millis),
            speaker: maybe(Type.Object({ name: MaybeText })),
            words: MaybeText
          })
        )
      )
    })
  ),
  report_url: MaybeText,
  platform: MaybeText,
  platform_meeting_id: maybe(Type.Union([Type.String(), Type.Number()]))
})
export type ReportDelivery = Static<typeof ReportDelivery>
export type ReportPerson = Static<typeof Person>
