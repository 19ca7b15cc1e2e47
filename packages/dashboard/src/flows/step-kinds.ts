import type { FlowStep, FlowStepKind, FlowStepOf } from '@leadlog/contracts'

/** What people call each kind of step, and what it does. */
export const STEP_KINDS: Readonly<Record<FlowStepKind, { readonly name: string; readonly does: string }>> = {
  say: { name: 'Say', does: 'Speaks a text or plays a recording' },
  menu: { name: 'Menu', does: 'Lets the caller choose by a key or a word' },
  gather: { name: 'Ask', does: 'Asks for digits or speech and keeps the answer' },
  hours: { name: 'Opening hours', does: 'Goes one way when open, another when closed' },
  dial: { name: 'Dial', does: 'Puts the caller through to phone numbers' },
  queue: { name: 'Queue', does: 'Lets the caller wait for somebody' },
  voicemail: { name: 'Voicemail', does: 'Records a message' },
  conference: { name: 'Conference', does: 'Brings the caller into a room' },
  sms: { name: 'Text message', does: 'Sends an SMS' },
  webhook: { name: 'Webhook', does: 'Asks another system and keeps its answer' },
  condition: { name: 'Condition', does: 'Goes by what is known of the caller' },
  hangup: { name: 'Hang up', does: 'Ends the call' }
}

export const stepKinds = Object.keys(STEP_KINDS) as readonly FlowStepKind[]

/** A step as people speak of it: its label, else its id. */
export function stepName(step: Pick<FlowStep, 'id' | 'label'>): string {
  return step.label ?? step.id
}

/** A new step of a kind, with every field that the schema wants and no way out yet. */
export function newStep(kind: FlowStepKind, id: string): FlowStep {
  const prompt = { say: '' }
  const asking = { prompt, timeoutSeconds: 5, retries: 2 }
  const made: { readonly [K in FlowStepKind]: Omit<FlowStepOf<K>, 'id'> } = {
    say: { kind: 'say', prompt, next: null },
    menu: { kind: 'menu', ...asking, choices: [{ digit: '1', next: null }], otherwise: null },
    gather: {
      kind: 'gather',
      ...asking,
      input: ['dtmf'],
      minDigits: 1,
      maxDigits: 10,
      finishOnKey: '#',
      variable: 'answer',
      next: null,
      otherwise: null
    },
    hours: {
      kind: 'hours',
      schedule: {
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        open: [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' })),
        holidays: []
      },
      open: null,
      closed: null,
      holiday: null
    },
    dial: { kind: 'dial', numbers: [], timeoutSeconds: 20, record: false, next: null, otherwise: null },
    queue: { kind: 'queue', queue: 'support', prompt, maxWaitSeconds: 300, next: null, otherwise: null },
    voicemail: { kind: 'voicemail', prompt, maxSeconds: 120, timeoutSeconds: 5, next: null },
    conference: { kind: 'conference', room: 'stand-up', startOnEnter: true, endOnExit: false, next: null },
    sms: { kind: 'sms', to: 'caller', text: 'Hello {{lead.firstName|there}}', next: null },
    webhook: { kind: 'webhook', url: 'https://', timeoutSeconds: 3, variable: 'found', next: null, otherwise: null },
    condition: {
      kind: 'condition',
      cases: [{ variable: 'lead.status', test: 'is', value: 'demo-booked', next: null }],
      otherwise: null
    },
    hangup: { kind: 'hangup' }
  }
  return { id, ...made[kind] }
}

const TESTS: Readonly<Record<FlowStepOf<'condition'>['cases'][number]['test'], string>> = {
  is: 'is',
  'is-not': 'is not',
  'starts-with': 'starts with',
  contains: 'contains',
  'is-known': 'is known'
}

export const tests = Object.entries(TESTS).map(([value, word]) => ({ value, word }))

const OTHERWISE: Readonly<Partial<Record<FlowStepKind, string>>> = {
  menu: 'Nothing, or none of these',
  gather: 'No usable answer',
  dial: 'Nobody answers',
  queue: 'Nobody came',
  webhook: 'Failed or too late',
  condition: 'Otherwise'
}

const NEXT: Readonly<Partial<Record<FlowStepKind, string>>> = {
  gather: 'Answered',
  dial: 'Afterwards',
  queue: 'Afterwards',
  webhook: 'Answered'
}

/** When a call takes this way out of a step: `Open`, `Press 1`, `Nobody answers`. */
export function wayWords(step: FlowStep, path: string): string {
  const [field = '', index = '0'] = path.split('/')
  if (field === 'choices' && step.kind === 'menu') return `Press ${step.choices[Number(index)]?.digit ?? '?'}`
  if (field === 'cases' && step.kind === 'condition') {
    const one = step.cases[Number(index)]
    if (one === undefined) return 'Case'
    return `${one.variable} ${TESTS[one.test]}${one.test === 'is-known' ? '' : ` ${one.value}`}`
  }
  if (field === 'otherwise') return OTHERWISE[step.kind] ?? 'Otherwise'
  if (field === 'next') return NEXT[step.kind] ?? 'Then'
  if (field === 'open') return 'Open'
  if (field === 'closed') return 'Closed'
  return field === 'holiday' ? 'Holiday' : field
}

/** The most telling line of a step, for its box. */
export function stepSummary(step: FlowStep): string {
  switch (step.kind) {
    case 'hours':
      return step.schedule.timeZone
    case 'dial':
      return step.numbers.join(', ') || 'No number yet'
    case 'queue':
      return step.queue
    case 'conference':
      return step.room
    case 'sms':
      return `To ${step.to === 'caller' ? 'the caller' : step.to}: ${step.text}`
    case 'webhook':
      return step.url
    case 'condition':
      return `${String(step.cases.length)} ${step.cases.length === 1 ? 'case' : 'cases'}`
    default: {
      const { prompt } = step
      if (prompt === undefined) return 'Without a word'
      return 'play' in prompt ? `Plays ${prompt.play || 'nothing yet'}` : prompt.say || 'Nothing to say yet'
    }
  }
}
