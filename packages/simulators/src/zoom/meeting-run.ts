import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import { Misbehaviour } from '../delivery/misbehaviour.ts'

const Minute = (description: string) => Type.Optional(Type.Integer({ minimum: 0, description }))

const Person = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    email: Type.Optional(Type.String({ description: 'Empty for a guest whom Zoom does not know.' })),
    joinsAfter: Minute('Minutes from the start; 0 by default.'),
    leavesAfter: Minute('Minutes from the start; with the meeting by default.')
  },
  { additionalProperties: false }
)

const Ingest = Type.Optional(Type.String({ pattern: '^https?://', description: 'Base URL of ingest.' }))

const Line = Type.Object({ speaker: Type.String(), text: Type.String() }, { additionalProperties: false })

/** How a meeting goes. What is told of it is sent to ingest, where one is named. */
export const MeetingRun = Type.Object(
  {
    ingest: Ingest,
    startsAt: Type.Optional(Type.String({ description: "The meeting's own time by default." })),
    minutes: Type.Integer({ minimum: 1, maximum: 1_440 }),
    participants: Type.Array(Person, { maxItems: 100 }),
    recordingBytes: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100_000_000_000, description: 'No recording without it.' })
    ),
    transcript: Type.Optional(Type.Array(Line, { minItems: 1 })),
    /** Kinds of events that are never sent. */
    without: Type.Optional(Type.Array(Type.String())),
    misbehave: Type.Optional(Misbehaviour)
  },
  { additionalProperties: false }
)

export type MeetingRun = Static<typeof MeetingRun>

/** What somebody changes of a meeting in Zoom itself. */
export const MeetingEdit = Type.Object(
  {
    ingest: Ingest,
    by: Type.Optional(Type.String({ description: 'E-mail address of who does it; the host by default.' })),
    topic: Type.Optional(Type.String({ minLength: 1 })),
    startsAt: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$' })),
    minutes: Type.Optional(Type.Integer({ minimum: 1 }))
  },
  { additionalProperties: false }
)

/** Somebody deletes a meeting in Zoom itself. */
export const MeetingRemoval = Type.Pick(MeetingEdit, ['ingest', 'by'], { additionalProperties: false })
