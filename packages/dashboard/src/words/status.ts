/** How a state is shown: a tone of the design system, an icon's name and a word. Never by colour alone. */
export interface StatusLook {
  readonly tone: 'neutral' | 'info' | 'success' | 'warning' | 'danger'
  readonly icon:
    'check' | 'clock' | 'spinner' | 'cross' | 'minus' | 'alert' | 'calendar' | 'star' | 'eye' | 'question' | 'phone'
  readonly word: string
}

const look = (tone: StatusLook['tone'], icon: StatusLook['icon'], word: string): StatusLook => ({ tone, icon, word })

const LOOKS = {
  received: {
    queued: look('neutral', 'clock', 'Queued'),
    processing: look('info', 'spinner', 'In progress'),
    processed: look('success', 'check', 'Done'),
    ignored: look('neutral', 'minus', 'Nothing to do'),
    failed: look('danger', 'alert', 'Failed')
  },
  lead: {
    new: look('info', 'star', 'New'),
    'demo-booked': look('warning', 'calendar', 'Demo booked'),
    'demo-complete': look('success', 'check', 'Demo complete'),
    'demo-canceled': look('neutral', 'minus', 'Demo canceled'),
    'demo-no-show': look('danger', 'cross', 'No-show')
  },
  crm: {
    none: look('neutral', 'minus', 'Not in the CRM'),
    queued: look('info', 'clock', 'Waiting'),
    unknown: look('warning', 'question', 'Outcome unknown'),
    written: look('success', 'check', 'In step'),
    unchanged: look('success', 'check', 'Unchanged'),
    simulated: look('neutral', 'eye', 'Dry run'),
    refused: look('danger', 'alert', 'Refused')
  },
  meeting: {
    booked: look('info', 'calendar', 'Booked'),
    'no-room': look('warning', 'question', 'No room'),
    held: look('success', 'check', 'Held'),
    canceled: look('neutral', 'minus', 'Canceled'),
    'no-show': look('danger', 'cross', 'No-show')
  },
  call: {
    queued: look('info', 'clock', 'About to ring'),
    initiated: look('info', 'clock', 'About to ring'),
    ringing: look('info', 'phone', 'Rings'),
    'in-progress': look('success', 'phone', 'On the phone'),
    waiting: look('warning', 'clock', 'Waits'),
    stuck: look('danger', 'alert', 'Stuck'),
    completed: look('neutral', 'check', 'Ended'),
    busy: look('neutral', 'minus', 'Busy'),
    'no-answer': look('warning', 'cross', 'No answer'),
    canceled: look('neutral', 'minus', 'Canceled'),
    failed: look('danger', 'alert', 'Failed')
  },
  number: {
    answered: look('success', 'check', 'A flow answers'),
    fallback: look('neutral', 'minus', 'No flow'),
    new: look('warning', 'question', 'Not decided')
  },
  room: {
    opened: look('success', 'check', 'Open'),
    moved: look('success', 'check', 'Open'),
    link: look('success', 'check', 'Link set'),
    closed: look('neutral', 'minus', 'Closed'),
    failed: look('danger', 'alert', 'Refused')
  },
  attendance: {
    attended: look('success', 'check', 'Came'),
    'not-attended': look('danger', 'cross', 'Did not come'),
    unknown: look('neutral', 'question', 'Not known yet')
  },
  transcript: {
    good: look('success', 'check', 'Good'),
    partial: look('warning', 'alert', 'Partial'),
    unusable: look('danger', 'cross', 'Unusable')
  },
  integration: {
    off: look('neutral', 'minus', 'Not in use'),
    untested: look('neutral', 'question', 'Not tested'),
    answers: look('success', 'check', 'Answers'),
    fails: look('danger', 'alert', 'Does not answer')
  },
  zoomHost: {
    connected: look('success', 'check', 'Connected'),
    lost: look('danger', 'alert', 'Permission lost'),
    disconnected: look('neutral', 'minus', 'Disconnected')
  },
  flag: {
    on: look('success', 'check', 'On'),
    off: look('warning', 'minus', 'Switched off')
  },
  mapping: {
    fits: look('success', 'check', 'Fits'),
    wrong: look('danger', 'alert', 'Does not fit'),
    off: look('neutral', 'minus', 'Not written'),
    unchecked: look('neutral', 'question', 'Not checked'),
    changed: look('info', 'star', 'Changed')
  },
  user: {
    active: look('success', 'check', 'May sign in'),
    disabled: look('neutral', 'minus', 'Disabled')
  },
  apiKey: {
    active: look('success', 'check', 'In use'),
    expired: look('neutral', 'clock', 'Expired'),
    revoked: look('neutral', 'minus', 'Revoked')
  },
  secondFactor: {
    on: look('success', 'check', 'Second factor'),
    off: look('neutral', 'minus', 'No second factor')
  },
  deadLetter: {
    open: look('danger', 'alert', 'Needs a decision'),
    resolved: look('success', 'check', 'Resolved'),
    discarded: look('neutral', 'minus', 'Discarded')
  },
  work: {
    running: look('info', 'spinner', 'Running'),
    done: look('success', 'check', 'Done'),
    stopped: look('neutral', 'minus', 'Stopped'),
    failed: look('danger', 'alert', 'Failed')
  },
  projection: {
    running: look('success', 'check', 'Running'),
    'catching-up': look('info', 'spinner', 'Catching up'),
    standby: look('neutral', 'clock', 'Standby'),
    rebuilding: look('info', 'spinner', 'Rebuilding'),
    superseded: look('neutral', 'minus', 'Superseded')
  }
} as const satisfies Record<string, Record<string, StatusLook>>

export type StatusKind = keyof typeof LOOKS

/** A state that this version of the dashboard does not know yet is still shown, with its own word. */
export function statusLook(kind: StatusKind, state: string): StatusLook {
  const looks: Readonly<Record<string, StatusLook>> = LOOKS[kind]
  return looks[state] ?? look('neutral', 'question', state)
}
