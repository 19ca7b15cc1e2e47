/** What Leadlog knows of a lead that a CRM can show, by Leadlog's own names. Lists are given as lists. */
export const domainFields = [
  'leadId',
  'email',
  'firstName',
  'lastName',
  'phone',
  'company',
  'title',
  'industry',
  'city',
  'country',
  'website',
  'status',
  'source',
  'demoDate',
  'demoTimezone',
  'painPoints',
  'toolsCurrentlyUsed',
  'objectives',
  'useCase',
  'teamSize',
  'budget',
  'authority',
  'need',
  'timing',
  'decisionProcess',
  'urgency',
  'discoveryQuestions',
  'cheatSheet',
  'objections',
  'nextStep',
  'summary',
  'confidence',
  'meddicMetrics',
  'meddicEconomicBuyer',
  'meddicDecisionCriteria',
  'meddicDecisionProcess',
  'meddicIdentifiedPain',
  'meddicChampion',
  'meddicCompetition',
  'meddicNextSteps',
  'meddicRisks',
  'meddicConfidence',
  'transcriptQuality',
  'recordingUrl'
] as const

export type DomainField = (typeof domainFields)[number]

export type DomainValue = string | number | readonly string[]

/** The known values of a lead; what is not known is absent. */
export type DomainValues = Partial<Record<DomainField, DomainValue>>
