import { passageText, passagesOf } from '../transcript/passages.ts'
import { sampleTranscript, type TranscriptSample } from '../transcript/sample-transcript.ts'
import type { MeetingInput } from './meeting-input.ts'
import { maySpeakForCustomer, speakerSides, type SpeakerSide } from './speaker-side.ts'

const SIDE_NAMES: Readonly<Record<SpeakerSide, string>> = {
  customer: 'the customer',
  external: "the customer's side",
  own: 'our side',
  unknown: 'unknown side'
}

/** The meeting as the text that a model reads: who was there, the notetaker's notes, the transcript or its sample. */
export function meetingText(meeting: MeetingInput, limit?: number): { text: string; sample: TranscriptSample } {
  const sideOf = speakerSides(meeting)
  const isCustomer = (speaker: string) => maySpeakForCustomer(sideOf(speaker))
  const sample = sampleTranscript(meeting.transcript, { isCustomer, ...(limit === undefined ? {} : { limit }) })
  const speakers = [...new Set(passagesOf(meeting.transcript).map(({ speaker }) => speaker))]
  const parts = [
    `Meeting: ${oneLine(meeting.title)}`,
    `Held: ${meeting.startedAt} to ${meeting.endedAt} (${meeting.durationMinutes} minutes)`,
    `Customer: ${oneLine([meeting.customer.name, meeting.customer.email].filter(Boolean).join(', '))}`,
    ...listed(
      'Speakers',
      speakers.map((speaker) => `${speaker}: ${SIDE_NAMES[sideOf(speaker)]}`)
    ),
    ...(meeting.summary ? ["Notetaker's summary:", oneLine(meeting.summary)] : []),
    ...listed("Notetaker's action items", meeting.actionItems),
    ...listed("Notetaker's key questions", meeting.keyQuestions),
    ...listed("Notetaker's topics", meeting.topics),
    ...(sample.text === '' ? [] : ['Transcript:', sample.text])
  ]
  return { text: parts.join('\n').toWellFormed(), sample }
}

/** All texts of a meeting in which a quote may occur: the whole transcript, with and without speakers, and the notes. */
export function meetingSources(meeting: MeetingInput): string[] {
  const passages = passagesOf(meeting.transcript)
  return [
    meetingText(meeting, Number.POSITIVE_INFINITY).text,
    passageText(passages).toWellFormed(),
    passages
      .map(({ text }) => text)
      .join(' ')
      .toWellFormed()
  ]
}

function listed(title: string, entries: readonly string[]): string[] {
  const lines = entries.map(oneLine).filter((entry) => entry !== '')
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((entry) => `- ${entry}`)]
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
