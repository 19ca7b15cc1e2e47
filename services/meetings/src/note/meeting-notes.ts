import {
  DiscoveryQuestionCleared,
  DiscoveryQuestionTicked,
  isEvent,
  MeetingNoteTaken,
  newEvent,
  refuse,
  type DiscoveryQuestionId,
  type NewEvent,
  type RecordedEvent,
  type Refusal
} from '@leadlog/contracts'

/** A note as it is to be taken. */
export interface NewNote {
  readonly meetingId: string
  readonly noteId: string
  /** Whose key it is kept under: of the address that was given with it. */
  readonly personId: string
  readonly text: string
  readonly at: string
}

/** Takes a note down, once. Pure. */
export function takeNote(meeting: readonly RecordedEvent[], note: NewNote): readonly NewEvent[] | Refusal {
  const { meetingId, noteId, personId, text, at } = note
  const customer = customerOf(meeting)
  if (customer === null) return meetingUnknown(meetingId)
  if (customer !== personId) {
    return refuse(
      'MEETINGS_CUSTOMER_DIFFERS',
      "The address is not that of this meeting's customer. Give the one that /v1/meetings shows for it"
    )
  }
  const isTaken = meeting.some((event) => isEvent(event, MeetingNoteTaken) && event.data.noteId === noteId)
  if (isTaken) return []
  return [newEvent(MeetingNoteTaken, meetingId, { meetingId, personId, noteId, text: text.trim(), takenAt: at })]
}

/** Marks a question as asked, or takes the mark back. Pure. */
export function markQuestion(
  meeting: readonly RecordedEvent[],
  mark: {
    readonly meetingId: string
    readonly question: DiscoveryQuestionId
    readonly ticked: boolean
    readonly at: string
  }
): readonly NewEvent[] | Refusal {
  const { meetingId, question, ticked, at } = mark
  const personId = customerOf(meeting)
  if (personId === null) return meetingUnknown(meetingId)
  if (tickedQuestions(meeting).has(question) === ticked) return []
  const event = ticked ? DiscoveryQuestionTicked : DiscoveryQuestionCleared
  return [newEvent(event, meetingId, { meetingId, personId, question, at })]
}

/** The questions that were asked in the meeting, by its history. */
export function tickedQuestions(meeting: readonly RecordedEvent[]): ReadonlySet<string> {
  const ticked = new Set<string>()
  for (const event of meeting) {
    if (isEvent(event, DiscoveryQuestionTicked)) ticked.add(event.data.question)
    if (isEvent(event, DiscoveryQuestionCleared)) ticked.delete(event.data.question)
  }
  return ticked
}

/** Whose meeting it is; null where nothing is known of it. */
function customerOf(meeting: readonly RecordedEvent[]): string | null {
  for (const event of meeting) {
    const { personId } = event.data as { readonly personId?: string }
    if (personId !== undefined) return personId
  }
  return null
}

function meetingUnknown(meetingId: string): Refusal {
  return refuse('MEETINGS_MEETING_UNKNOWN', `There is no meeting ${meetingId}; /v1/meetings lists them`)
}
