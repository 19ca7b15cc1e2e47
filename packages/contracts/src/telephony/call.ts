import { Type, type Static } from '@sinclair/typebox'
import { Nullable, OneOf } from '../scalars.ts'
import { StepId } from './flow-document.ts'

/** Twilio's words, in the order in which a call goes through them; the last five are ends. */
export const callStatuses = [
  'queued',
  'initiated',
  'ringing',
  'in-progress',
  'busy',
  'no-answer',
  'canceled',
  'failed',
  'completed'
] as const
export const CallStatus = OneOf(...callStatuses)
export type CallStatus = Static<typeof CallStatus>

export const CallDirection = OneOf('inbound', 'outbound')
export type CallDirection = Static<typeof CallDirection>

/** What came back from the caller, or from what a step had done. */
export const CallInput = Type.Union([
  Type.Object({ kind: Type.Literal('started') }),
  Type.Object({ kind: Type.Literal('digits'), digits: Type.String() }),
  Type.Object({ kind: Type.Literal('speech'), text: Type.String(), confidence: Nullable(Type.Number()) }),
  Type.Object({ kind: Type.Literal('nothing') }),
  Type.Object({ kind: Type.Literal('dialed'), status: Type.String() }),
  Type.Object({ kind: Type.Literal('recorded'), seconds: Type.Number(), url: Type.String() }),
  Type.Object({ kind: Type.Literal('left-queue'), result: Type.String() }),
  /** Twilio got no answer, and what the caller had done is not known. */
  Type.Object({ kind: Type.Literal('interrupted') }),
  /** How the webhook of a step stands, looked at while the caller waits. */
  Type.Object({
    kind: Type.Literal('webhook'),
    state: OneOf('waiting', 'answered', 'failed'),
    fields: Type.Record(Type.String(), Type.String())
  }),
  /** The caller hung up, after the step had come to this. */
  Type.Object({ kind: Type.Literal('hung-up'), result: Type.String() })
])
export type CallInput = Static<typeof CallInput>

/** A step that the call went through, and how it left it. */
export const StepVisit = Type.Object({ step: StepId, kind: Type.String(), outcome: Type.String() })
export type StepVisit = Static<typeof StepVisit>

/** Where a call stands between two requests of Twilio. */
export const CallPosition = Type.Object({
  /** The step that waits for the caller; null where the flow has ended. */
  step: Nullable(StepId),
  /** How often the step was asked already. */
  asked: Type.Integer({ minimum: 0 }),
  /** Steps taken in all: a call that never ends is ended. */
  taken: Type.Integer({ minimum: 0 }),
  /** Messages and webhooks of the call so far: one that asks for them for ever gets no more. Absent: none. */
  requested: Type.Optional(Type.Integer({ minimum: 0 })),
  answers: Type.Record(Type.String(), Type.String())
})
export type CallPosition = Static<typeof CallPosition>

/** What is known of the caller when the call begins; the placeholders of prompts. */
export const CallVariables = Type.Record(Type.String(), Type.String())
export type CallVariables = Static<typeof CallVariables>
