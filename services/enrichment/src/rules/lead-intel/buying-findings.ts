import { DIRECT, INFERRED, STATED, strongest, type Finding } from '../finding.ts'
import { AUTHORITY_CUE, DECISION_PROCESS_CUE, NEED_CUE, OBJECTIVE_CUE, USE_CASE_CUE } from '../language/cues.ts'
import { DECIDING_TITLE } from '../language/job-titles.ts'
import { amountsOfMoney, BUDGET_CUE, OTHER_MONEY_CUE } from '../language/money.ts'
import { teamSizeIn } from '../language/team-size.ts'
import { timePhrases, TIMING_CUE, urgencyOf } from '../language/time-phrases.ts'
import { clauseWith, directFindings, sentenceFinding, toldSentences, type ReadAnswer } from './read-answers.ts'

type Answers = readonly ReadAnswer[]
type Found = Finding | null

const DECISION_STEPS = new RegExp(DECISION_PROCESS_CUE, 'gi')

export function teamSizeFinding(answers: Answers): Found {
  const stated = toldSentences(answers).flatMap((sentence) => {
    const size = teamSizeIn(sentence)
    return size ? [{ value: size, quote: size, support: STATED }] : []
  })
  return strongest([...directFindings(answers, 'teamSize'), ...stated])
}

/** What was answered about the budget, or an amount in a sentence that speaks of the budget and of no other money. */
export function budgetFinding(answers: Answers): Found {
  const stated = toldSentences(answers)
    .filter((sentence) => BUDGET_CUE.test(sentence))
    .flatMap((sentence) => {
      const amounts = OTHER_MONEY_CUE.test(sentence) ? [] : amountsOfMoney(sentence)
      const found = sentenceFinding(sentence, STATED, clauseWith(sentence, BUDGET_CUE))
      return [amounts[0] === undefined ? { ...found, support: INFERRED } : { ...found, value: amounts[0] }]
    })
  return strongest([...directFindings(answers, 'budget'), ...stated])
}

export function authorityFinding(answers: Answers, title: Found): Found {
  const stated = toldSentences(answers, ['authority'])
    .filter((sentence) => AUTHORITY_CUE.test(sentence))
    .map((sentence) => sentenceFinding(sentence, STATED, clauseWith(sentence, AUTHORITY_CUE)))
  const byTitle =
    title && DECIDING_TITLE.test(title.value)
      ? [{ ...title, value: `${title.value} (by title)`, support: INFERRED }]
      : []
  return strongest([...directFindings(answers, 'authority'), ...stated, ...byTitle])
}

/** Steps of the decision: answered, or the sentence that names most of them. */
export function decisionProcessFinding(answers: Answers): Found {
  const stated = toldSentences(answers, ['decisionProcess', 'tools', 'business', 'painPoints', 'budget'])
    .map((sentence) => ({ sentence, steps: sentence.match(DECISION_STEPS)?.length ?? 0 }))
    .filter(({ steps }) => steps > 0)
    .sort((a, b) => b.steps - a.steps)
    .map(({ sentence }) => sentenceFinding(sentence, STATED))
  return strongest([...directFindings(answers, 'decisionProcess'), ...stated])
}

export function timingFinding(answers: Answers): Found {
  const stated = toldSentences(answers, ['timing', 'business', 'objectives', 'painPoints'])
    .filter((sentence) => TIMING_CUE.test(sentence) && timePhrases(sentence).length > 0)
    .map((sentence) => sentenceFinding(sentence, STATED))
  return strongest([...directFindings(answers, 'timing'), ...stated])
}

const HURRY_OR_NOT = /\burgent|\basap\b|\bno (?:rush|hurry)\b|\bjust (?:looking|exploring|browsing)\b/i

/** Low, medium or high with the words that say so; nothing where no words do. */
export function urgencyFinding(answers: Answers, timing: Found): Found {
  const asked = directFindings(answers, 'timing')
  const told = toldSentences(answers, ['timing', 'business', 'authority', 'decisionProcess'])
    .filter((sentence) => TIMING_CUE.test(sentence) || HURRY_OR_NOT.test(sentence))
    .map((sentence) => sentenceFinding(sentence, STATED))
  const candidates = [...asked, ...(timing ? [timing] : []), ...told]
  for (const { quote, value, support } of candidates) {
    const urgency = urgencyOf(quote)
    if (urgency) return { value: `${urgency}: ${value}`, quote, support: Math.min(support, STATED) }
  }
  return null
}

/** Begins a need that is known only as the problem behind it. */
export const SOLVE = 'Solve: '

/** The need in one sentence: asked for, else said, else the first goal or problem. */
export function needFinding(answers: Answers, goals: readonly Finding[], pains: readonly Finding[]): Found {
  const direct = answers
    .filter(({ topic }) => topic === 'need')
    .flatMap(({ sentences }) => neededIn(sentences) ?? [])
    .map((sentence) => sentenceFinding(sentence, DIRECT))
  const stated = toldSentences(answers, ['need', 'timing', 'budget', 'authority', 'decisionProcess', 'business'])
    .filter((sentence) => NEED_CUE.test(sentence))
    .map((sentence) => sentenceFinding(sentence, STATED))
  const toReach = goals.map((found) => ({ ...found, support: INFERRED }))
  const toSolve = pains.map((found) => ({ ...found, value: `${SOLVE}${found.value}`, support: INFERRED }))
  return strongest([...direct, ...stated, ...toReach, ...toSolve])
}

/** The sentence that says what is needed or wanted; of an answer of one sentence that one. */
function neededIn(sentences: readonly string[]): string | undefined {
  const said = (cue: RegExp) => sentences.find((sentence) => cue.test(sentence))
  return said(NEED_CUE) ?? said(OBJECTIVE_CUE) ?? (sentences.length === 1 ? sentences[0] : undefined)
}

export function useCaseFinding(answers: Answers): Found {
  const stated = toldSentences(answers, ['useCase'])
    .filter((sentence) => USE_CASE_CUE.test(sentence))
    .map((sentence) => sentenceFinding(sentence, STATED))
  return strongest([...directFindings(answers, 'useCase'), ...stated])
}
