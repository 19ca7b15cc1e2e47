import { Type, type Static } from '@sinclair/typebox'
import { AggregateId, OneOf } from '../scalars.ts'
import { FlowId } from './save-flow.ts'

const Closed = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

/** What whoever answers a call that we placed is connected to. */
export const DialTarget = Type.Union([
  Closed({ kind: Type.Literal('flow'), flowId: FlowId }),
  Closed({
    kind: Type.Literal('number'),
    number: Type.String({
      minLength: 1,
      maxLength: 20,
      description: 'of one of us, in E.164; it rings once they answer'
    })
  }),
  Closed({ kind: Type.Literal('conference'), conferenceId: AggregateId })
])
export type DialTarget = Static<typeof DialTarget>

/**
 * What happens where a machine answers. `talk`: as with a person, and nobody listens for machines; a flow may look at
 * `call.answeredBy` where it is one of the others. `message`: the text is said after the tone.
 */
export const OnMachine = Type.Union([
  Closed({ kind: Type.Literal('talk') }),
  Closed({ kind: Type.Literal('flow') }),
  Closed({ kind: Type.Literal('hang-up') }),
  Closed({ kind: Type.Literal('message'), text: Type.String({ minLength: 1, maxLength: 1_000 }) })
])
export type OnMachine = Static<typeof OnMachine>

/** What is done with a call where it is no published flow; derived from what was asked for and who answered. */
export const CallProgram = Type.Union([
  Type.Object({ kind: Type.Literal('number'), number: Type.String() }),
  Type.Object({ kind: Type.Literal('conference'), room: Type.String() }),
  Type.Object({ kind: Type.Literal('message'), text: Type.String() }),
  Type.Object({ kind: Type.Literal('hang-up') })
])
export type CallProgram = Static<typeof CallProgram>

/**
 * Why a call was not placed. `suppressed`: the person is not to be called, `quiet-hours`: not now, `canceled`: somebody took it
 * back in time, `too-late`: its time had passed, `refused`: Twilio refused; its code says why.
 */
export const notPlacedReasons = ['suppressed', 'quiet-hours', 'canceled', 'too-late', 'refused'] as const
export const NotPlacedReason = OneOf(...notPlacedReasons)
export type NotPlacedReason = Static<typeof NotPlacedReason>
