import type { FlowDocument } from '@leadlog/contracts'

/** A flow to begin with. */
export interface FlowTemplate {
  readonly id: string
  readonly name: string
  readonly about: string
  readonly document: FlowDocument
}

const common = { language: 'en-US', fallbackNumber: null } as const
const goodbye = { id: 'bye', kind: 'hangup', prompt: { say: 'Thank you for calling. Goodbye.' } } as const

/** Every template can be published as it is, but for the numbers of who uses it. */
export function flowTemplates(timeZone: string): readonly FlowTemplate[] {
  const open = [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' }))
  const schedule = { timeZone, open, holidays: [] }
  return [
    {
      id: 'reception',
      name: 'Reception with hours',
      about: 'Opening hours, a menu for sales and support, voicemail when closed',
      document: {
        ...common,
        start: 'hours',
        steps: [
          { id: 'hours', kind: 'hours', schedule, open: 'menu', closed: 'closed', holiday: null },
          {
            id: 'menu',
            kind: 'menu',
            prompt: {
              say: 'Hello {{lead.firstName|there}}, and welcome. For sales press 1, for support press 2.'
            },
            retryPrompt: { say: 'Please press 1 for sales, or 2 for support.' },
            timeoutSeconds: 6,
            retries: 2,
            choices: [
              { digit: '1', words: ['sales'], next: 'sales' },
              { digit: '2', words: ['support'], next: 'support' }
            ],
            otherwise: 'voicemail'
          },
          {
            id: 'sales',
            kind: 'dial',
            prompt: { say: 'One moment, please.' },
            numbers: [],
            timeoutSeconds: 20,
            record: false,
            next: 'bye',
            otherwise: 'voicemail'
          },
          {
            id: 'support',
            kind: 'queue',
            queue: 'support',
            prompt: { say: 'All of us are talking. Please hold the line.' },
            maxWaitSeconds: 300,
            next: 'bye',
            otherwise: 'voicemail'
          },
          { id: 'closed', kind: 'say', prompt: { say: 'We are closed at the moment.' }, next: 'voicemail' },
          {
            id: 'voicemail',
            kind: 'voicemail',
            prompt: { say: 'Please leave a message after the beep, and we call you back.' },
            maxSeconds: 120,
            timeoutSeconds: 5,
            next: 'bye'
          },
          goodbye
        ]
      }
    },
    {
      id: 'demo-hotline',
      name: 'Demo hotline',
      about: 'Greets booked leads by name, sends the others the link to book a demo',
      document: {
        ...common,
        start: 'known',
        steps: [
          {
            id: 'known',
            kind: 'condition',
            cases: [{ variable: 'lead.status', test: 'is', value: 'demo-booked', next: 'booked' }],
            otherwise: 'offer'
          },
          {
            id: 'booked',
            kind: 'menu',
            prompt: {
              say: 'Hello {{lead.firstName|there}}, about your demo on {{lead.demoDay|the day you chose}}: press 1 to talk to us.'
            },
            timeoutSeconds: 6,
            retries: 1,
            choices: [{ digit: '1', words: ['talk', 'somebody'], next: 'talk' }],
            otherwise: 'bye'
          },
          {
            id: 'offer',
            kind: 'menu',
            prompt: { say: 'Hello. To get a link for booking a demo press 1, to talk to us press 2.' },
            timeoutSeconds: 6,
            retries: 1,
            choices: [
              { digit: '1', words: ['link', 'book'], next: 'link' },
              { digit: '2', words: ['talk'], next: 'talk' }
            ],
            otherwise: 'bye'
          },
          {
            id: 'link',
            kind: 'sms',
            to: 'caller',
            text: 'Book your demo here: https://example.com/demo',
            next: 'sent'
          },
          { id: 'sent', kind: 'say', prompt: { say: 'The link is on its way.' }, next: 'bye' },
          {
            id: 'talk',
            kind: 'dial',
            numbers: [],
            timeoutSeconds: 25,
            record: false,
            next: 'bye',
            otherwise: 'message'
          },
          {
            id: 'message',
            kind: 'voicemail',
            prompt: { say: 'Nobody is free right now. Please leave a message after the beep.' },
            maxSeconds: 120,
            timeoutSeconds: 5,
            next: 'bye'
          },
          goodbye
        ]
      }
    },
    {
      id: 'voicemail',
      name: 'Voicemail',
      about: 'Takes a message at any time',
      document: {
        ...common,
        start: 'voicemail',
        steps: [
          {
            id: 'voicemail',
            kind: 'voicemail',
            prompt: { say: 'Hello. Please leave a message after the beep.' },
            maxSeconds: 180,
            timeoutSeconds: 5,
            next: 'bye'
          },
          goodbye
        ]
      }
    },
    {
      id: 'empty',
      name: 'Empty',
      about: 'Begin from nothing',
      document: { ...common, start: null, steps: [] }
    }
  ]
}
