import { Type, type Static } from '@sinclair/typebox'
import { Evidence } from './lead-intel.ts'

const text = (description: string) => Type.String({ description })

/** The MEDDIC qualification of a held meeting. Unknown parts are empty; nothing is guessed. */
export const Meddic = Type.Object(
  {
    metrics: text('measurable gains the customer looks for'),
    economicBuyer: text('who has the budget and the last word'),
    decisionCriteria: text('what the decision is measured by'),
    decisionProcess: text('the steps and people of the decision'),
    identifiedPain: text('the pain that drives the purchase'),
    champion: text('who inside the customer pushes for it'),
    competition: text('other products or ways considered, doing nothing included'),
    nextSteps: text('what was agreed to happen next'),
    risks: text('what may make the deal fail'),
    confidence: Type.Number({ minimum: 0, maximum: 1, description: 'how well the transcript supports the parts' }),
    evidence: Type.Array(Evidence, { description: 'for each filled part the quoted words that support it' })
  },
  { additionalProperties: false }
)
export type Meddic = Static<typeof Meddic>
