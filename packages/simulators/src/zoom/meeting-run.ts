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

const Line = Type.Object({ speaker: Type.String(), text: Type.String() }, { additionalProperties: false })

/** How a meeting goes. What is told of it is sent to ingest, where one is named. */
export const MeetingRun = Type.Object(
  {
    ingest: Type.Optional(Type.String({ pattern: '^https?://', description: 'Base URL of ingest.' })),
    startsAt: Type.Optional(Type.String({ description: "The meeting's own time by default." })),
    minutes: Type.Integer({ minimum: 1, maximum: 1_440 }),
    participants: Type.Array(Person, { maxItems: 100 }),
    recordingBytes: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 50_000_000, description: 'No recording without it.' })
    ),
    transcript: Type.Optional(Type.Array(Line, { minItems: 1 })),
    /** Kinds of events that are never sent. */
    without: Type.Optional(Type.Array(Type.String())),
    misbehave: Type.Optional(Misbehaviour)
  },
  { additionalProperties: false }
)

export type MeetingRun = Static<typeof MeetingRun>
