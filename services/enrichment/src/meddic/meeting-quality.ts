import type { TranscriptQuality } from '@leadlog/contracts'
import { assessQuality } from '../transcript/assess-quality.ts'
import type { MeetingInput } from './meeting-input.ts'
import { maySpeakForCustomer, speakerSides } from './speaker-side.ts'

/** The quality of a meeting's transcript, with the customer's side told by names and addresses. */
export function meetingQuality(meeting: MeetingInput): TranscriptQuality {
  const sideOf = speakerSides(meeting)
  return assessQuality(meeting, (speaker) => maySpeakForCustomer(sideOf(speaker)))
}
