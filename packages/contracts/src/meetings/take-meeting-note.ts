import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Timestamp } from '../scalars.ts'

/** What a note may hold: a page. */
export const MEETING_NOTE_MAX = 4_000

export const TakeMeetingNote = defineCommand({
  service: 'meetings',
  name: 'TakeMeetingNote',
  description: "Writes something down about a meeting. It stands on the lead's timeline and goes to the CRM as a note.",
  data: Type.Object(
    {
      meetingId: AggregateId,
      customerEmail: pii(
        Type.String({
          minLength: 3,
          maxLength: 320,
          description: "of the meeting's customer, under whose key it is kept"
        })
      ),
      text: pii(Type.String({ minLength: 1, maxLength: MEETING_NOTE_MAX, pattern: '\\S' }))
    },
    { additionalProperties: false }
  ),
  result: Type.Object({ noteId: AggregateId, takenAt: Timestamp }),
  refusals: {
    MEETINGS_MEETING_UNKNOWN: 'no meeting has this id',
    MEETINGS_CUSTOMER_DIFFERS: "the address is not that of the meeting's customer"
  },
  personAddress: ({ customerEmail }) => customerEmail
})
