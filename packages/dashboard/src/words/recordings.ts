import type { AnswerOf } from '../api/client.ts'

type Recording = AnswerOf<'/v1/calls/{id}/recordings'>['data'][number]
type Segment = Recording['transcript']['segments'][number]

const UNAVAILABLE: Readonly<Record<NonNullable<Recording['unavailableBecause']>, string>> = {
  absent: 'Twilio recorded nothing.',
  failed: 'Twilio could not record it.',
  refused: 'Twilio does not give it.',
  'too-large': 'It is larger than what may be kept.',
  erased: 'Its person was erased.'
}

const DELETED: Readonly<Record<NonNullable<Recording['deletedBecause']>, string>> = {
  retention: 'The sound is deleted: its time was over.',
  request: 'The sound is deleted: somebody asked for it.',
  erasure: 'The sound is deleted: its person was erased.'
}

/** Why there is no sound to play; null where there is. */
export function whyNoSound(recording: Recording): string | null {
  if (recording.state === 'unavailable') {
    return recording.unavailableBecause === null ? 'There is no sound.' : UNAVAILABLE[recording.unavailableBecause]
  }
  if (recording.state === 'deleted') {
    return recording.deletedBecause === null ? 'The sound is deleted.' : DELETED[recording.deletedBecause]
  }
  return recording.audioUrl === null ? 'There is no sound.' : null
}

const NO_TRANSCRIPT: Readonly<Record<Recording['transcript']['state'], string>> = {
  transcribed: 'Nobody spoke.',
  waiting: 'What was said is being written down.',
  'not-configured': 'Nothing is written down: no model for speech is set up.',
  deleted: 'It was not written down: the sound was gone.',
  unsupported: 'It was not written down: no model takes this sound.',
  failed: 'It could not be written down.',
  none: 'It was not written down.'
}

/** What stands in place of a transcript; null where there is one. */
export function whyNoTranscript({ transcript }: Recording): string | null {
  return transcript.state === 'transcribed' && transcript.segments.length > 0 ? null : NO_TRANSCRIPT[transcript.state]
}

const SPEAKERS: Readonly<Record<Segment['speaker'], string>> = { customer: 'They', us: 'We', unknown: 'Somebody' }

export function speakerWord(speaker: Segment['speaker']): string {
  return SPEAKERS[speaker]
}

/** The place of the words that are heard at a moment: the last that have begun; -1 before the first. */
export function segmentAt(segments: readonly Pick<Segment, 'startMs'>[], seconds: number): number {
  return segments.findLastIndex(({ startMs }) => startMs <= seconds * 1000)
}

/** How fast it is played, one after the other. */
export const SPEEDS = [1, 1.25, 1.5, 2] as const

export function nextSpeed(speed: number): number {
  const at = SPEEDS.findIndex((one) => one === speed)
  return SPEEDS[(at + 1) % SPEEDS.length] ?? 1
}
