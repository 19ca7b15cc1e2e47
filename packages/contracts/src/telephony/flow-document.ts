import { Type, type Static, type TProperties } from '@sinclair/typebox'
import { Nullable, OneOf } from '../scalars.ts'

/** Name of a step inside its flow. */
export const StepId = Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 40, description: 'name inside the flow' })

const Next = Nullable(StepId)
const PhoneNumber = Type.String({ maxLength: 20, description: 'phone number in E.164, such as +14155550142' })
const Seconds = (minimum: number, maximum: number, description: string) =>
  Type.Integer({ minimum, maximum, description })
const Closed = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false })

/** What the caller hears: a text with placeholders such as `{{lead.firstName|there}}`, or a recording. */
export const Prompt = Type.Union([
  Closed({ say: Type.String({ maxLength: 3000 }) }),
  Closed({ play: Type.String({ maxLength: 1000, description: 'address of the audio file' }) })
])
export type Prompt = Static<typeof Prompt>

/** What every step has. `canvas` is where the editor draws it. */
const common = {
  id: StepId,
  label: Type.Optional(Type.String({ maxLength: 80 })),
  canvas: Type.Optional(Closed({ x: Type.Number(), y: Type.Number() }))
}

const asking = {
  prompt: Prompt,
  retryPrompt: Type.Optional(Prompt),
  timeoutSeconds: Seconds(1, 60, 'how long to wait for the caller'),
  retries: Type.Integer({ minimum: 0, maximum: 5, description: 'how often to ask again' })
}

const Input = Type.Array(OneOf('dtmf', 'speech'), { minItems: 1, maxItems: 2, uniqueItems: true })

const SayStep = Closed({ ...common, kind: Type.Literal('say'), prompt: Prompt, next: Next })

const GatherStep = Closed({
  ...common,
  ...asking,
  kind: Type.Literal('gather'),
  input: Input,
  minDigits: Type.Integer({ minimum: 1, maximum: 32 }),
  maxDigits: Type.Integer({ minimum: 1, maximum: 32 }),
  finishOnKey: OneOf('#', '*', 'none'),
  hints: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 100 })),
  /** The answer is `{{answers.<variable>}}` afterwards. */
  variable: Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', maxLength: 40 }),
  next: Next,
  otherwise: Next
})

const MenuStep = Closed({
  ...common,
  ...asking,
  kind: Type.Literal('menu'),
  choices: Type.Array(
    Closed({
      digit: Type.String({ pattern: '^[0-9*#]$' }),
      words: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 20 })),
      next: Next
    }),
    { maxItems: 12 }
  ),
  /** After all retries, with nothing pressed or nothing that is a choice. */
  otherwise: Next
})

const ClockTime = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$' })

export const Schedule = Closed({
  timeZone: Type.String({ maxLength: 60, description: 'IANA name, such as Europe/Rome' }),
  /** Monday is 1. */
  open: Type.Array(Closed({ day: Type.Integer({ minimum: 1, maximum: 7 }), from: ClockTime, to: ClockTime }), {
    maxItems: 50
  }),
  holidays: Type.Array(
    Closed({
      date: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }),
      name: Type.String({ minLength: 1, maxLength: 80 })
    }),
    { maxItems: 200 }
  )
})
export type Schedule = Static<typeof Schedule>

const HoursStep = Closed({
  ...common,
  kind: Type.Literal('hours'),
  schedule: Schedule,
  open: Next,
  closed: Next,
  /** Where a holiday goes; as `closed` where it is null. */
  holiday: Next
})

const DialStep = Closed({
  ...common,
  kind: Type.Literal('dial'),
  prompt: Type.Optional(Prompt),
  /** All ring at once; the first to answer has the call. */
  numbers: Type.Array(PhoneNumber, { maxItems: 10 }),
  timeoutSeconds: Seconds(5, 600, 'how long it rings'),
  record: Type.Boolean(),
  next: Next,
  otherwise: Next
})

const QueueStep = Closed({
  ...common,
  kind: Type.Literal('queue'),
  queue: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9 _-]*$', maxLength: 64 }),
  prompt: Prompt,
  maxWaitSeconds: Seconds(10, 3600, 'then the caller leaves the queue'),
  next: Next,
  otherwise: Next
})

const VoicemailStep = Closed({
  ...common,
  kind: Type.Literal('voicemail'),
  prompt: Prompt,
  maxSeconds: Seconds(5, 600, 'longest message'),
  timeoutSeconds: Seconds(1, 60, 'silence that ends the message'),
  next: Next
})

const ConferenceStep = Closed({
  ...common,
  kind: Type.Literal('conference'),
  prompt: Type.Optional(Prompt),
  room: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9 _-]*$', maxLength: 64 }),
  startOnEnter: Type.Boolean(),
  endOnExit: Type.Boolean(),
  next: Next
})

const SmsStep = Closed({
  ...common,
  kind: Type.Literal('sms'),
  /** `caller`, or a number. */
  to: PhoneNumber,
  text: Type.String({ minLength: 1, maxLength: 1600 }),
  next: Next
})

const WebhookStep = Closed({
  ...common,
  kind: Type.Literal('webhook'),
  url: Type.String({ maxLength: 1000 }),
  timeoutSeconds: Seconds(1, 5, 'how long it may take'),
  /** Members of the answer become `{{answers.<variable>_<member>}}`. */
  variable: Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', maxLength: 40 }),
  next: Next,
  otherwise: Next
})

const ConditionStep = Closed({
  ...common,
  kind: Type.Literal('condition'),
  cases: Type.Array(
    Closed({
      variable: Type.String({ maxLength: 80, description: 'such as lead.status or answers.account' }),
      test: OneOf('is', 'is-not', 'starts-with', 'contains', 'is-known'),
      value: Type.String({ maxLength: 200 }),
      next: Next
    }),
    { minItems: 1, maxItems: 20 }
  ),
  otherwise: Next
})

const HangupStep = Closed({ ...common, kind: Type.Literal('hangup'), prompt: Type.Optional(Prompt) })

export const FlowStep = Type.Union([
  SayStep,
  GatherStep,
  MenuStep,
  HoursStep,
  DialStep,
  QueueStep,
  VoicemailStep,
  ConferenceStep,
  SmsStep,
  WebhookStep,
  ConditionStep,
  HangupStep
])
export type FlowStep = Static<typeof FlowStep>
export type FlowStepKind = FlowStep['kind']
/** The step of one kind. */
export type FlowStepOf<K extends FlowStepKind> = Extract<FlowStep, { kind: K }>

/** What callers go through. A draft may have loose ends; what is published has none. */
export const FlowDocument = Closed({
  start: Next,
  language: Type.String({ pattern: '^[a-z]{2,3}-[A-Z]{2}$', description: 'of texts and of speech, such as en-US' }),
  voice: Type.Optional(Type.String({ maxLength: 60, description: "Twilio's name of the voice" })),
  /** Where the call goes when a step or the service fails; null: the number of the settings. */
  fallbackNumber: Nullable(PhoneNumber),
  /** Calls of leads are sales calls: recordings of them are read for the lead, as meetings are. */
  sales: Type.Optional(Type.Boolean()),
  steps: Type.Array(FlowStep, { maxItems: 200 })
})
export type FlowDocument = Static<typeof FlowDocument>
