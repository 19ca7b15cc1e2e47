import type { SpokenBlock } from '../readai/readai-payload.ts'
import { seededChoice } from '../seeded.ts'
import type { Conversation } from './conversations.ts'
import { asides, acknowledgements, closings, greetings, questions, smallTalk, stories } from './phrases.ts'
import type { TranscriptShape } from './sessions.ts'

export interface TranscriptInput {
  name: string
  seller: string
  customer: string
  conversation: Conversation
  shape: TranscriptShape
  start: Date
  end: Date
}

interface Line {
  speaker: string
  words: string
}

/** The part of the meeting that a cut-off transcript has. */
const FIRST_PART = 0.4
/** The quiet stretch of a transcript with a hole, as shares of the meeting. */
const HOLE = { from: 0.35, to: 0.75 }
/** Pause between two blocks. */
const PAUSE_MS = 1500

const topics = ['pain', 'metrics', 'criteria', 'buyer', 'process', 'champion', 'competition', 'risk', 'next'] as const

/** Two stories in one breath, so that a long transcript passes the size at which transcripts are sampled. */
const storyAfter = (index: number): string =>
  [stories[index % stories.length], stories[(index + 1) % stories.length]].join(' ')

const dialogue = (input: TranscriptInput): Line[] => {
  const { name, seller, customer, conversation, shape } = input
  const firstName = customer.split(' ')[0] ?? customer
  const sell = (words: string): Line => ({ speaker: seller, words: words.replaceAll('{name}', firstName) })
  const buy = (words: string): Line => ({ speaker: customer, words })
  const opening = [sell(seededChoice(greetings, name, 'greeting')), buy(seededChoice(smallTalk, name, 'small talk'))]
  const closing = [sell(seededChoice(closings, name, 'closing')), buy('Thank you, goodbye.')]
  const said = topics.flatMap((topic, index) => {
    const answer = conversation[topic]
    if (answer === undefined) return []
    const aside = [sell(seededChoice(asides, name, topic)), buy(storyAfter(index))]
    return [
      sell(seededChoice(questions[topic], name, topic)),
      buy(answer),
      ...(shape === 'long' ? aside : [sell(seededChoice(acknowledgements, name, topic))])
    ]
  })
  return [...opening, ...said, ...closing]
}

/** Lays lines over a stretch of time, each as long as its share of the words. */
const spread = (lines: readonly Line[], from: number, to: number): SpokenBlock[] => {
  const length = (line: Line): number => line.words.length
  const total = lines.reduce((sum, line) => sum + length(line), 0)
  let at = from
  return lines.map((line) => {
    const share = ((to - from) * length(line)) / total
    const block = { ...line, start: new Date(Math.round(at)), end: new Date(Math.round(at + share - PAUSE_MS)) }
    at += share
    return block
  })
}

/** The blocks of a meeting; the same input gives the same blocks. */
export const transcriptBlocks = (input: TranscriptInput): SpokenBlock[] | null => {
  const { shape } = input
  const from = input.start.getTime() + 2000
  const to = input.end.getTime() - 2000
  const at = (share: number): number => from + (to - from) * share
  if (shape === 'none') return null
  const lines = dialogue(input)
  if (shape === 'first-part') return spread(lines.slice(0, -2), from, at(FIRST_PART))
  if (shape !== 'hole') return spread(lines, from, to)
  const half = Math.floor(lines.length / 2)
  return [...spread(lines.slice(0, half), from, at(HOLE.from)), ...spread(lines.slice(half), at(HOLE.to), to)]
}
