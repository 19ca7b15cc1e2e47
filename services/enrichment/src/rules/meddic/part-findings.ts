import type { Finding } from '../finding.ts'
import { ENOUGH, PART_CUES, type MeddicPart } from './part-cues.ts'
import type { Statement, Voice } from './statements.ts'

/** The customer's words tell about the customer; a speaker nobody knows may be the customer; notes are second hand. */
const VOICE_SHARE: Readonly<Record<Voice, number>> = { customer: 1, unknown: 0.8, notes: 0.65, own: 0 }

/** Our side's promises count for what happens next. */
const OWN_SHARE = 0.75

/** The answer to a question about the part: the first sentences of it, and less for each further one. */
const ANSWER_BONUS = [2, 1.7, 1.2] as const

/** A question that the other side confirms is a statement: `So your CFO signs? – Exactly.` */
const CONFIRMED_SHARE = 0.7
const CONFIRMATION =
  /^(?:yes|yeah|yep|exactly|right|correct|that(?:'|’)?s (?:right|correct|it)|absolutely|indeed|of course|sure|definitely)\b/i

/** Says nothing by itself, whatever was asked. */
const EMPTY_REPLY =
  /^(?:(?:yes|no|yeah|yep|nope|okay|ok|sure|right|exactly|well|hm+|uh+|um+|good question|i see|understood|of course|thank you|thanks|let me (?:think|see)|i (?:don(?:'|’)?t|do not) know(?: yet)?|not sure(?: yet)?|hello|hi|bye|goodbye|great|perfect|please)[\s,.!?…-]*)+$/i

const MIN_WORDS = 2

/** Sentences per part; a field of a CRM holds no more. */
const MAX_SENTENCES = 3

/** Sentences far below the best one only happen to have its words. */
const COMPARABLE_SHARE = 0.4

/** From this score on a sentence is taken to be about the part for certain. */
const CERTAIN_SCORE = 4.5

/** The best statements about a part, in the order in which they were said; support follows from cues and voice. */
export function partFindings(part: MeddicPart, statements: readonly Statement[]): Finding[] {
  const scored = statements
    .map((statement, at) => ({ ...statement, at, score: scoreOf(part, statement, statements[at + 1]) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.at - b.at)
  // Notes repeat what was said: they fill only what was not heard.
  const heard = scored.filter(({ voice }) => voice !== 'notes')
  const best = withoutRepetition(heard.length > 0 ? heard : scored).slice(0, MAX_SENTENCES)
  const strongest = best[0]?.score ?? 0
  return best
    .filter(({ score }) => score >= strongest * COMPARABLE_SHARE)
    .sort((a, b) => a.at - b.at)
    .map(({ text, score }) => ({ value: text, quote: text, support: Math.min(1, score / CERTAIN_SCORE) }))
}

/** How much a statement is about a part; 0 where it is about something else or not the customer's. */
function scoreOf(part: MeddicPart, statement: Statement, next: Statement | undefined): number {
  const cues = PART_CUES[part]
  if (EMPTY_REPLY.test(statement.text) || statement.text.split(/\s+/).length < MIN_WORDS) return 0
  const own = said(cues.said, statement.text)
  if (isConfirmed(statement, next)) return own >= ENOUGH ? own * CONFIRMED_SHARE : 0
  if (statement.isQuestion && !cues.ownSideCounts && !cues.questionsCount) return 0
  const share = statement.voice === 'own' && cues.ownSideCounts ? OWN_SHARE : VOICE_SHARE[statement.voice]
  const isAsked = statement.answers !== '' && cues.asked.test(statement.answers)
  const score = own + (isAsked ? (ANSWER_BONUS[statement.position] ?? 0) : 0)
  return score >= ENOUGH ? score * share : 0
}

function said(cues: readonly (readonly [RegExp, number])[], text: string): number {
  return cues.reduce((sum, [pattern, weight]) => sum + (pattern.test(text) ? weight : 0), 0)
}

function isConfirmed(question: Statement, next: Statement | undefined): boolean {
  return (
    question.voice !== 'customer' && next?.voice === 'customer' && next.position === 0 && CONFIRMATION.test(next.text)
  )
}

function withoutRepetition<S extends { readonly text: string }>(statements: readonly S[]): S[] {
  const seen = new Set<string>()
  return statements.filter(({ text }) => {
    const key = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
