import type { MeetingInput } from '../../meddic/meeting-input.ts'
import { speakerSides, type SpeakerSide } from '../../meddic/speaker-side.ts'
import { clippedAtWord, sentencesOf } from '../../text/sentences.ts'

/** Who says it: somebody of the customer's side, of our own, nobody knows whom, or the notetaker in its notes. */
export type Voice = 'customer' | 'own' | 'unknown' | 'notes'

/** One sentence of a meeting. */
export interface Statement {
  readonly text: string
  readonly voice: Voice
  readonly speaker: string
  /** What the other side said right before, where this answers it; empty where it does not. */
  readonly answers: string
  /** How far into the answer it is: 0 is its first sentence. */
  readonly position: number
  readonly isQuestion: boolean
}

/** Only the end of a long speech is what gets answered. */
const QUESTION_SENTENCES = 3

const VOICES: Readonly<Record<SpeakerSide, Voice>> = {
  customer: 'customer',
  external: 'customer',
  own: 'own',
  unknown: 'unknown'
}

const MAX_STATEMENT_CHARACTERS = 300

interface Turn {
  readonly speaker: string
  readonly voice: Voice
  readonly sentences: readonly string[]
}

/** All that was said, sentence by sentence, and after it what the notetaker wrote down. */
export function statementsOf(meeting: MeetingInput): Statement[] {
  return [...spoken(meeting), ...noted(meeting)]
}

function spoken(meeting: MeetingInput): Statement[] {
  const turns = turnsOf(meeting)
  return turns.flatMap((turn, at) => {
    const before = turns[at - 1]
    const isAnswer = before !== undefined && before.speaker !== turn.speaker && before.sentences.some(isQuestion)
    const asked = isAnswer ? before.sentences.slice(-QUESTION_SENTENCES).join(' ') : ''
    return turn.sentences.map((sentence, position) => ({
      text: clippedAtWord(sentence, MAX_STATEMENT_CHARACTERS),
      voice: turn.voice,
      speaker: turn.speaker,
      answers: asked,
      position,
      isQuestion: isQuestion(sentence)
    }))
  })
}

/** Blocks of one speaker that follow each other are one turn. */
function turnsOf(meeting: MeetingInput): Turn[] {
  const sideOf = speakerSides(meeting)
  const turns: (Turn & { sentences: string[] })[] = []
  for (const { speaker, words } of meeting.transcript) {
    const sentences = sentencesOf(words)
    const last = turns.at(-1)
    if (last?.speaker === speaker) last.sentences.push(...sentences)
    else turns.push({ speaker, voice: VOICES[sideOf(speaker)], sentences })
  }
  return turns.filter(({ sentences }) => sentences.length > 0)
}

function noted(meeting: MeetingInput): Statement[] {
  const notes = [
    ...sentencesOf(meeting.summary ?? ''),
    ...[...meeting.keyQuestions, ...meeting.topics].map((note) => note.trim())
  ]
  return notes
    .filter((text) => text !== '')
    .map((text) => ({
      text: clippedAtWord(text, MAX_STATEMENT_CHARACTERS),
      voice: 'notes',
      speaker: '',
      answers: '',
      position: 0,
      isQuestion: isQuestion(text)
    }))
}

function isQuestion(sentence: string): boolean {
  return sentence.endsWith('?') || /^(?:tell me|walk me through|describe|explain)\b/i.test(sentence)
}
