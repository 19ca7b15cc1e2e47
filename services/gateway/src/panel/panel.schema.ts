import { Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import { LeadDetail } from '../leads/lead.schema.ts'
import { Meeting } from '../meetings/meeting.schema.ts'

/** Who is in the panel. */
export const PanelUser = Type.Object({ id: Type.String(), email: Type.String(), name: Nullable(Type.String()) })

/** A session of the panel. */
export const BegunPanelAnswer = Type.Object({
  token: Type.String({ description: 'as a bearer token, for /v1/panel only' }),
  expiresAt: Timestamp,
  user: PanelUser
})

/** Where the panel was opened. */
export const PanelStand = Type.Object({
  user: PanelUser,
  inMeeting: Type.Boolean({ description: 'opened inside of a running meeting' }),
  meetingId: Nullable(Type.String({ description: 'which one that is; null where it is not known: choose one' }))
})

const Question = Type.Object({
  id: Type.String(),
  words: Type.String(),
  tickedAt: Nullable(Timestamp),
  askedBefore: Nullable(Timestamp)
})

const Part = Type.Object({
  part: Type.String(),
  known: Nullable(Type.String({ description: 'null: a gap' })),
  hint: Nullable(Type.String({ description: 'what the booking says that comes near it' })),
  questions: Type.Array(Question)
})

const Contact = Type.Object({ at: Timestamp, kind: OneOf('meeting', 'call', 'sms'), title: Type.String() })

const Note = Type.Object({ id: Type.String(), text: Type.String(), takenAt: Timestamp })

/** Everything that the panel shows of a meeting. */
export const PanelMeeting = Type.Object({
  meeting: Meeting,
  lead: Nullable(LeadDetail),
  lastContact: Nullable(Contact),
  lastMeeting: Nullable(
    Type.Object({
      title: Type.String(),
      summary: Nullable(Type.String()),
      endedAt: Timestamp
    })
  ),
  meddic: Type.Array(Part),
  notes: Type.Array(Note, { description: 'of this meeting, the newest first' })
})
export type PanelMeeting = Static<typeof PanelMeeting>

/** What became of what was asked; `waiting`: send the same again, under the same key. */
export const PanelWritten = Type.Object({
  state: OneOf('done', 'waiting'),
  after: Nullable(Type.Integer({ description: 'read with ?after=<this> to see it' }))
})
export type PanelWritten = Static<typeof PanelWritten>
