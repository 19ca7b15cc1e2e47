/** What the parts of MEDDIC are called. */
const PARTS: Readonly<Record<string, string>> = {
  metrics: 'Metrics',
  economicBuyer: 'Economic buyer',
  decisionCriteria: 'Decision criteria',
  decisionProcess: 'Decision process',
  identifiedPain: 'Identified pain',
  champion: 'Champion',
  competition: 'Competition',
  nextSteps: 'Next steps',
  risks: 'Risks'
}

export function partWords(part: string): string {
  return PARTS[part] ?? part
}

/** `14:30`, in the time zone of this machine. */
export function timeOfDay(iso: string): string {
  return new Date(iso).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
}

/** What of a lead helps in the conversation, in the order in which a seller reads it. */
export const CHEAT_SHEET: readonly (readonly [field: string, words: string])[] = [
  ['summary', 'In short'],
  ['cheatSheet', 'Know before you speak'],
  ['need', 'Need'],
  ['painPoints', 'Pain points'],
  ['objectives', 'Goals'],
  ['objections', 'Doubts to expect'],
  ['toolsCurrentlyUsed', 'Tools in use'],
  ['useCase', 'Use case'],
  ['budget', 'Budget'],
  ['authority', 'Who decides'],
  ['timing', 'Timing'],
  ['urgency', 'Urgency'],
  ['teamSize', 'Team size'],
  ['discoveryQuestions', 'Ask about their booking'],
  ['nextStep', 'Next step']
]
