import type { TranscriptQuality } from '@leadlog/contracts'
import type { MeetingInput } from './meeting-input.ts'
import { meetingQuality } from './meeting-quality.ts'

/** Marks a reading that rests on the notetaker's notes alone. */
export const SUMMARY_ONLY = 'summary-only'

/** Shorter summaries say that people met, and not about what. */
const MIN_SUMMARY_CHARACTERS = 60

/** A meeting as far as it may be read, and how far that can be trusted. */
export interface ReadableMeeting {
  readonly meeting: MeetingInput
  readonly quality: TranscriptQuality
}

/**
 * What of a meeting has the substance to be read: its transcript, or, where that is unusable, the notetaker's summary
 * without the fragments of the transcript, marked as such. Null where there is neither.
 */
export function readableMeeting(meeting: MeetingInput): ReadableMeeting | null {
  const quality = meetingQuality(meeting)
  if (quality.verdict !== 'unusable') return { meeting, quality }
  if ((meeting.summary ?? '').trim().length < MIN_SUMMARY_CHARACTERS) return null
  return { meeting: { ...meeting, transcript: [] }, quality: { ...quality, flags: [...quality.flags, SUMMARY_ONLY] } }
}
