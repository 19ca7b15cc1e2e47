import { clippedAtWord } from '../../text/sentences.ts'
import { DIRECT, distinct, STATED, type Finding } from '../finding.ts'
import { isYesOrNo, OBJECTION_CUE, OBJECTIVE_CUE, PAIN_CUE } from '../language/cues.ts'
import { toolsInUse, toolsListed } from '../language/find-tools.ts'
import { sentenceFinding, tidy, toldSentences, type ReadAnswer } from './read-answers.ts'
import type { Topic } from './question-topic.ts'

type Answers = readonly ReadAnswer[]

/** A seller reads the first few; the rest says the same. */
const MAX_ENTRIES = 6

/** An answer that lists tools is short; its whole text is the evidence. */
const MAX_QUOTE_CHARACTERS = 200

/** Said beside the answer. */
const OTHER_MATTER =
  /^\W*(?:no|not|just (?:looking|exploring|browsing))\b.*\b(?:budget|options?|rush|hurry|yet|sure)\b/i

export function painFindings(answers: Answers): Finding[] {
  const said = toldSentences(answers, [
    'painPoints',
    'objections',
    'timing',
    'budget',
    'authority',
    'decisionProcess',
    'tools'
  ])
    .filter((sentence) => PAIN_CUE.test(sentence) && !OBJECTIVE_CUE.test(sentence))
    .map((sentence) => sentenceFinding(sentence, STATED))
  return first([...asked(answers, 'painPoints'), ...said])
}

export function objectiveFindings(answers: Answers): Finding[] {
  const said = toldSentences(answers, ['objectives', 'timing', 'budget', 'authority', 'decisionProcess', 'objections'])
    .filter((sentence) => OBJECTIVE_CUE.test(sentence))
    .map((sentence) => sentenceFinding(sentence, STATED))
  return first([...asked(answers, 'objectives'), ...said])
}

export function objectionFindings(answers: Answers): Finding[] {
  const said = toldSentences(answers, ['objections', 'painPoints', 'authority', 'decisionProcess', 'business'])
    .filter((sentence) => OBJECTION_CUE.test(sentence))
    .map((sentence) => sentenceFinding(sentence, STATED))
  return first([...asked(answers, 'objections'), ...said])
}

export function toolFindings(answers: Answers): Finding[] {
  const listed = answers
    .filter(({ topic }) => topic === 'tools')
    .flatMap(({ answer }) => {
      const quote = clippedAtWord(answer, MAX_QUOTE_CHARACTERS)
      return toolsListed(quote).map((name) => ({ value: name, quote, support: DIRECT }))
    })
  const mentioned = toldSentences(answers, ['tools', 'business', 'title', 'industry']).flatMap((sentence) =>
    toolsInUse(sentence, false).map(({ name }) => ({ value: name, quote: sentence, support: STATED }))
  )
  return distinct([...listed, ...mentioned]).slice(0, 2 * MAX_ENTRIES)
}

/** The answer to a question about it, one entry per line or sentence. */
function asked(answers: Answers, topic: Topic): Finding[] {
  return answers
    .filter((entry) => entry.topic === topic && !isYesOrNo(entry.answer))
    .flatMap(({ answer, sentences }) => {
      const lines = answer.split(/\n|;\s|(?:^|\s)[•*]\s/).filter((line) => tidy(line) !== '')
      const entries = lines.length > 1 ? lines : sentences
      return entries.filter((entry) => !OTHER_MATTER.test(entry)).map((entry) => sentenceFinding(entry.trim(), DIRECT))
    })
}

function first(findings: readonly Finding[]): Finding[] {
  return distinct(findings).slice(0, MAX_ENTRIES)
}
