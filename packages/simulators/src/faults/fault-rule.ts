import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'
import { VendorName } from '../vendors.ts'

/** Faults that any vendor can show. */
export const transportFaults = [
  '429',
  '500',
  '502',
  '503',
  '504',
  'error',
  'reset',
  'timeout-before',
  'timeout-after',
  'drop-after',
  'slow'
] as const

/** Faults in what a language model answers; only the LLM vendors show them. */
export const answerFaults = ['fenced', 'invalid-json', 'invalid-schema', 'truncated', 'blocked'] as const

/** Faults of callbacks on their way to the app; only what Twilio sends during calls and messages shows them. */
export const callbackFaults = ['lost', 'repeated', 'late'] as const

export const FaultKind = Type.Union(
  [...transportFaults, ...answerFaults, ...callbackFaults].map((kind) => Type.Literal(kind))
)

export type FaultKind =
  (typeof transportFaults)[number] | (typeof answerFaults)[number] | (typeof callbackFaults)[number]

/**
 * When a vendor misbehaves, and how.
 * Which of the matching calls are hit depends on `seed` and on the call's number alone, so a run can be repeated.
 */
export const FaultRule = Type.Object(
  {
    id: Type.Optional(Type.String({ description: 'Name of the rule; its place in the list by default.' })),
    vendor: Type.Union([VendorName, Type.Literal('*')]),
    route: Type.Optional(Type.String({ description: 'A part of "METHOD /path" (path without the vendor prefix).' })),
    kind: Type.Union([FaultKind, Type.Array(FaultKind, { minItems: 1 })], {
      description: 'One kind, or several of which the seed picks one for each hit.'
    }),
    code: Type.Optional(Type.String({ description: "For kind `error`: the vendor's own code of the failure." })),
    probability: Type.Optional(Type.Number({ minimum: 0, maximum: 1, description: '1 by default.' })),
    count: Type.Optional(Type.Integer({ minimum: 0, description: 'Hits after which the rule rests.' })),
    after: Type.Optional(Type.Integer({ minimum: 0, description: 'Matching calls that are let through first.' })),
    seed: Type.Optional(Type.Union([Type.String(), Type.Number()])),
    delayMs: Type.Optional(Type.Integer({ minimum: 0 })),
    retryAfterSeconds: Type.Optional(Type.Number({ minimum: 0 }))
  },
  { additionalProperties: false }
)

export type FaultRule = Static<typeof FaultRule>
