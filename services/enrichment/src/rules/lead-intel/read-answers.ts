import { answerText, readableAnswers } from '../../lead-intel/booking-text.ts'
import type { BookingInput } from '../../lead-intel/booking-input.ts'
import { clippedAtWord, sentencesOf } from '../../text/sentences.ts'
import { DIRECT, type Finding } from '../finding.ts'
import { isBlankAnswer, isYesOrNo } from '../language/cues.ts'
import { topicOf, type Topic } from './question-topic.ts'

/** What stands in a CRM's field: about two lines. */
const MAX_VALUE_CHARACTERS = 200

/** Fewer words than these lack who or what. */
const SHORTEST_CLAUSE_WORDS = 3

/** A `no` to one of these tells something. */
const CLOSED_QUESTION = /^(?:do|does|did|is|are|have|has|will|would|can|could)\b/i

/** Politeness, and what is too short to be a statement about anything. */
const NO_STATEMENT =
  /^(?:hi|hello|hey|hallo|dear|thanks?|thank you|best|cheers|regards|looking forward|see you)\b.{0,40}$/i

export interface ReadAnswer {
  readonly topic: Topic
  readonly question: string
  readonly answer: string
  readonly sentences: readonly string[]
}

/** Answers to these say nothing about the lead's situation. */
const UNTOLD: ReadonlySet<Topic> = new Set(['source', 'availability', 'phone', 'website', 'name', 'company', 'place'])

/** The answers that say something, each with what was asked. */
export function readAnswers(booking: BookingInput): ReadAnswer[] {
  return readableAnswers(booking)
    .filter(({ question, answer }) => !isBlankAnswer(answer) || (isYesOrNo(answer) && CLOSED_QUESTION.test(question)))
    .map(({ question, answer }) => ({ topic: topicOf(question), question, answer, sentences: statementsOf(answer) }))
}

/** The sentences in which something about the lead may be said beside what was asked; `not` leaves topics out. */
export function toldSentences(answers: readonly ReadAnswer[], not: readonly Topic[] = []): string[] {
  return answers.filter(({ topic }) => !UNTOLD.has(topic) && !not.includes(topic)).flatMap(({ sentences }) => sentences)
}

/** The answers to a question about one thing, each as a value. A bare yes or no keeps its question. */
export function directFindings(answers: readonly ReadAnswer[], topic: Topic): Finding[] {
  return answers
    .filter((entry) => entry.topic === topic)
    .map(({ question, answer }) => {
      const told = isYesOrNo(answer) ? answerText({ question, answer }) : answer
      return { value: tidy(told), quote: clippedAtWord(told, MAX_VALUE_CHARACTERS), support: DIRECT }
    })
}

/** A sentence, or the part of it that matters, with the sentence as evidence. */
export function sentenceFinding(sentence: string, support: number, value = sentence): Finding {
  return { value: tidy(value), quote: clippedAtWord(sentence, MAX_VALUE_CHARACTERS), support }
}

/** The sentences and half-sentences of an answer, without greetings. */
function statementsOf(answer: string): string[] {
  return sentencesOf(answer)
    .flatMap((sentence) => sentence.split(/(?<=;)\s+/))
    .filter((statement) => !NO_STATEMENT.test(statement))
}

/** The part of a sentence between commas that has the cue; the whole sentence where that part says too little. */
export function clauseWith(sentence: string, cue: RegExp): string {
  const clause = sentence.split(/,\s|\s[–—-]\s|;\s/).find((part) => cue.test(part))
  return clause !== undefined && clause.trim().split(/\s+/).length >= SHORTEST_CLAUSE_WORDS ? clause.trim() : sentence
}

/** One line without bullets, quotation marks around it and the full stop behind it. */
export function tidy(text: string): string {
  return clippedAtWord(text.replace(/\s+/g, ' ').trim(), MAX_VALUE_CHARACTERS)
    .replace(/^(?:[-–—•*·]|\d{1,2}[.)])\s+/, '')
    .replace(/^(["“'])(.*)(["”'])$/, '$2')
    .replace(/(?<!\b(?:\p{L}|inc|ltd|co|corp|bros|etc))[.;,]+$/iu, '')
    .trim()
}
