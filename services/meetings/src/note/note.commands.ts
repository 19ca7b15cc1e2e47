import {
  ClearDiscoveryQuestion,
  derivedId,
  DiscoveryQuestionCleared,
  DiscoveryQuestionTicked,
  MeetingNoteTaken,
  TakeMeetingNote,
  TickDiscoveryQuestion,
  type CommandData,
  type Refusal
} from '@leadlog/contracts'
import { defineCommandHandler, type CommandContext } from '@leadlog/service'
import { meetingRef } from '../agenda/booking-aggregate.ts'
import { markQuestion, takeNote } from './meeting-notes.ts'

/** Something is written down about a meeting. */
export const takeMeetingNoteCommand = defineCommandHandler({
  command: TakeMeetingNote,
  emits: [MeetingNoteTaken],
  handle: async ({ meetingId, text }, _deps: unknown, { commandId, personId, sentAt, transact }) => {
    const noteId = derivedId('meeting-note', commandId)
    const result = await transact({
      load: [meetingRef(meetingId)],
      decide: ([history]) => takeNote(history?.events ?? [], { meetingId, noteId, personId, text, at: sentAt })
    })
    if ('refusal' in result) return result.refusal
    return { noteId, takenAt: sentAt }
  }
})

/** A question was asked. */
export const tickDiscoveryQuestionCommand = defineCommandHandler({
  command: TickDiscoveryQuestion,
  emits: [DiscoveryQuestionTicked],
  handle: (asked, _deps: unknown, context) => mark(asked, true, context)
})

/** It was not asked after all. */
export const clearDiscoveryQuestionCommand = defineCommandHandler({
  command: ClearDiscoveryQuestion,
  emits: [DiscoveryQuestionCleared],
  handle: (asked, _deps: unknown, context) => mark(asked, false, context)
})

async function mark(
  { meetingId, question }: CommandData<typeof TickDiscoveryQuestion>,
  ticked: boolean,
  { sentAt, transact }: CommandContext
): Promise<{ ticked: boolean } | Refusal> {
  const result = await transact({
    load: [meetingRef(meetingId)],
    decide: ([history]) => markQuestion(history?.events ?? [], { meetingId, question, ticked, at: sentAt })
  })
  return 'refusal' in result ? result.refusal : { ticked }
}
