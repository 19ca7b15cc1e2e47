import type { DataOf, MeetingHeld } from '@leadlog/contracts'

/** What an extraction reads of a held meeting; the data of MeetingHeld and MeetingReportUpdated fit. */
export type MeetingInput = Pick<
  DataOf<typeof MeetingHeld>,
  | 'customer'
  | 'participants'
  | 'title'
  | 'startedAt'
  | 'endedAt'
  | 'durationMinutes'
  | 'summary'
  | 'actionItems'
  | 'keyQuestions'
  | 'topics'
  | 'transcript'
>
