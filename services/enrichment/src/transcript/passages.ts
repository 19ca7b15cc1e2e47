import type { SpeakerBlock } from '@leadlog/contracts'
import { clippedAtWord, sentencesOf } from '../text/sentences.ts'

/** A block, or a run of whole sentences of a block that is too long to be taken or left as one. */
export interface Passage {
  /** Index of the block it belongs to. */
  readonly block: number
  readonly speaker: string
  readonly text: string
}

/** Longer speaker names are display names with advertising in them. */
const MAX_SPEAKER_CHARACTERS = 60

/** A character takes up to two units. */
const SHORTEST_SLICE = 2

/** A transcript as passages of at most `limit` characters, in order. Blocks without words are left out. */
export function passagesOf(transcript: readonly SpeakerBlock[], limit = Number.POSITIVE_INFINITY): Passage[] {
  return transcript.flatMap(({ speaker, words }, block) => {
    const text = words.replace(/\s+/g, ' ').trim()
    if (text === '') return []
    const name = speaker.replace(/\s+/g, ' ').trim().slice(0, MAX_SPEAKER_CHARACTERS) || 'Unknown speaker'
    return dividedAtSentences(text, limit).map((part) => ({ block, speaker: name, text: part }))
  })
}

/** The passages as lines `Speaker: words`; passages of one block that follow each other share a line. */
export function passageText(passages: readonly Passage[]): string {
  return passages
    .map((passage, at) => {
      const before = passages[at - 1]
      if (!before) return labelled(passage)
      return before.block === passage.block ? ` ${passage.text}` : `\n${labelled(passage)}`
    })
    .join('')
}

export function labelled(passage: Passage): string {
  return `${passage.speaker}: ${passage.text}`
}

function dividedAtSentences(text: string, limit: number): string[] {
  if (text.length <= limit) return [text]
  const parts: string[] = []
  for (const sentence of sentencesOf(text).flatMap((whole) => slices(whole, limit))) {
    const last = parts.at(-1)
    if (last !== undefined && last.length + 1 + sentence.length <= limit)
      parts[parts.length - 1] = `${last} ${sentence}`
    else parts.push(sentence)
  }
  return parts
}

/** Only a sentence that is longer than a whole passage is cut inside, at a word where it has any. */
function slices(sentence: string, limit: number): string[] {
  const parts: string[] = []
  let rest = sentence
  while (rest.length > limit) {
    const part = clippedAtWord(rest, Math.max(SHORTEST_SLICE, limit))
    parts.push(part)
    rest = rest.slice(part.length).trimStart()
  }
  return [...parts, rest].filter((part) => part !== '')
}
