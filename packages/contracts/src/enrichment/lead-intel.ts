import { Type, type Static } from '@sinclair/typebox'

const text = (description: string) => Type.String({ description })
const list = (description: string) => Type.Array(Type.String(), { description })

/** The words of the source that support a field's value. */
export const Evidence = Type.Object({ field: Type.String(), quote: Type.String() })
export type Evidence = Static<typeof Evidence>

/**
 * What a booking tells about a lead. Unknown texts are empty, unknown lists are empty; nothing is guessed. The
 * descriptions are part of the prompt.
 */
export const LeadIntel = Type.Object(
  {
    firstName: text('given name of the invitee'),
    lastName: text('family name of the invitee'),
    company: text("company; where not stated, inferred from the e-mail's domain unless that is a free-mail domain"),
    title: text('job title'),
    phone: text('phone number as given'),
    website: text('web site of the company'),
    city: text('city inferred from the time zone, or stated'),
    country: text('country inferred from the time zone, or stated'),
    industry: text('industry of the company'),
    teamSize: text('size of the team or company'),
    budget: text('budget: amount, range or what is said of it (BANT)'),
    authority: text('who decides or signs (BANT)'),
    need: text('the need in one sentence (BANT)'),
    timing: text('when they want to start or decide (BANT)'),
    urgency: text('low, medium or high, with the reason'),
    useCase: text('what they want to use the product for'),
    decisionProcess: text('how the decision is made'),
    painPoints: list('problems that were stated'),
    toolsCurrentlyUsed: list('products and tools in use today'),
    objectives: list('goals that were stated'),
    objections: list('doubts and objections to expect'),
    discoveryQuestions: list('questions that the seller should ask in the meeting'),
    cheatSheet: text('what the seller should know in three to five lines'),
    nextStep: text('the next step'),
    summary: text('summary of the lead in two sentences'),
    confidence: Type.Number({ minimum: 0, maximum: 1, description: 'how well the answers support the fields' }),
    evidence: Type.Array(Evidence, { description: 'for each filled field the quoted words that support it' })
  },
  { additionalProperties: false }
)
export type LeadIntel = Static<typeof LeadIntel>
