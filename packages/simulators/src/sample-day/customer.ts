/** What a customer writes into the booking form; unanswered questions are left out. */
export interface FormAnswers {
  company?: string
  business?: string
  role?: string
  team?: string
  pain?: string
  tools?: string
  budget?: string
  timeline?: string
  decision?: string
  goal?: string
  phone?: string
}

/** A fictional customer. */
export interface Customer {
  name: string
  /** First and last name apart, where the form asked for them so. */
  apart?: readonly [first: string, last: string]
  email: string
  /** The address as typed into the form, where its case differs. */
  typedEmail?: string
  timezone: string
  utmSource?: string
  answers: FormAnswers
}

/** The questions of the booking form, in their order. */
export const formQuestions: Record<keyof FormAnswers, string> = {
  company: 'Company name',
  business: 'What does your company do?',
  role: 'Your role',
  team: 'How big is your sales team?',
  pain: 'What is the biggest problem you want to solve?',
  tools: 'Which tools do you use today?',
  budget: 'What budget have you set aside?',
  timeline: 'When would you like to start?',
  decision: 'Who else is involved in the decision?',
  goal: 'What should be different in six months?',
  phone: 'Phone number'
}
