import type { Meddic } from '../enrichment/meddic.ts'

/** A part of MEDDIC that a conversation can fill. */
export type MeddicPart = Exclude<keyof Meddic, 'confidence' | 'evidence'>

/** A question that helps to fill a part of MEDDIC. */
export interface DiscoveryQuestion {
  /** Stands in events: it never changes, and is never given to another question. */
  readonly id: string
  readonly part: MeddicPart
  readonly words: string
}

/** What a seller asks in a first meeting, in the order in which a conversation gets there. A part that is known already needs no question. */
export const DISCOVERY_QUESTIONS = [
  {
    id: 'pain-why-now',
    part: 'identifiedPain',
    words: 'What happened that made you look for something now?'
  },
  {
    id: 'pain-if-nothing',
    part: 'identifiedPain',
    words: 'What does it lead to if nothing changes for another year?'
  },
  {
    id: 'metrics-today',
    part: 'metrics',
    words: 'What does the way you work today cost you in a month: time, money, customers?'
  },
  {
    id: 'metrics-worth-it',
    part: 'metrics',
    words: 'Which figure will tell you in half a year that it was worth it?'
  },
  {
    id: 'champion-who-gains',
    part: 'champion',
    words: 'Who on your side gains the most when this works?'
  },
  {
    id: 'champion-without-us',
    part: 'champion',
    words: 'What do you need from us to argue for this when we are not in the room?'
  },
  {
    id: 'buyer-who',
    part: 'economicBuyer',
    words: 'Who releases the money for this, and when can we talk to them?'
  },
  {
    id: 'buyer-yes',
    part: 'economicBuyer',
    words: 'What must they see before they say yes?'
  },
  {
    id: 'criteria-compare',
    part: 'decisionCriteria',
    words: 'By which points will you compare the candidates?'
  },
  {
    id: 'criteria-rule-out',
    part: 'decisionCriteria',
    words: 'What would rule a product out at once?'
  },
  {
    id: 'process-steps',
    part: 'decisionProcess',
    words: 'Which steps lie between today and a signature, and who is in each of them?'
  },
  {
    id: 'process-by-when',
    part: 'decisionProcess',
    words: 'By when do you want to have decided, and what hangs on that date?'
  },
  {
    id: 'competition-others',
    part: 'competition',
    words: 'What else do you look at, building it yourselves or leaving it as it is included?'
  },
  {
    id: 'risks-stop',
    part: 'risks',
    words: 'What could still stop this, even if everybody here likes it?'
  },
  {
    id: 'next-date',
    part: 'nextSteps',
    words: 'What is the next step, who takes it, and on which day do we talk again?'
  }
] as const satisfies readonly DiscoveryQuestion[]

export type DiscoveryQuestionId = (typeof DISCOVERY_QUESTIONS)[number]['id']
