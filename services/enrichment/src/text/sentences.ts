/** Spoken text often lacks full stops; longer sentences are divided at a clause so that a quote stays readable. */
const LONGEST_SENTENCE = 320

const ABBREVIATION = /(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|vs|inc|ltd|co|corp|approx|no|dept|e\.g|i\.e)\.\s*$/i

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })

/** The sentences of a text, in order. Each is a piece of the text as it stands, without the spaces around it. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = []
  let open = ''
  for (const { segment } of segmenter.segment(text)) {
    open += segment
    if (ABBREVIATION.test(segment) && !segment.endsWith('\n')) continue
    sentences.push(...dividedAtClauses(open.trim()))
    open = ''
  }
  sentences.push(...dividedAtClauses(open.trim()))
  return sentences.filter((sentence) => sentence !== '')
}

/**
 * The text's beginning, cut at the end of a word where it is longer than `limit`; within a word only where that word
 * alone takes three quarters of it.
 */
export function clippedAtWord(text: string, limit: number): string {
  if (text.length <= limit) return text
  const space = text.lastIndexOf(' ', limit)
  const cut = text.slice(0, space > limit / 4 ? space : limit)
  return withoutBrokenPair(cut).trimEnd()
}

function dividedAtClauses(sentence: string): string[] {
  const parts: string[] = []
  let rest = sentence
  while (rest.length > LONGEST_SENTENCE) {
    const part = clippedAtWord(rest, clauseEnd(rest))
    parts.push(part)
    rest = rest.slice(part.length).trim()
  }
  return [...parts, rest]
}

/** Where the last clause that still fits ends. */
function clauseEnd(text: string): number {
  const head = text.slice(0, LONGEST_SENTENCE)
  const ends = [...head.matchAll(/[,;:\n]\s|\s(?=(?:and|but|so|because)\s)/g)].map((match) => match.index + 1)
  const last = ends.at(-1) ?? 0
  return last > LONGEST_SENTENCE / 4 ? last : LONGEST_SENTENCE
}

/** A cut between the two halves of a character leaves half a character behind. */
function withoutBrokenPair(text: string): string {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text
}
