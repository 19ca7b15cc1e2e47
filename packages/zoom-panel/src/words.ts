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
