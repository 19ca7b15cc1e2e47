import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'

const act = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

/** What a caller does when it is their turn: at a Gather, a Record, a Dial, a conference or in a queue. */
export const CallerAct = Type.Union([
  act({ do: Type.Literal('press'), digits: Type.String({ pattern: '^[0-9*#]+$' }) }),
  act({
    do: Type.Literal('speak'),
    text: Type.String(),
    seconds: Type.Optional(Type.Integer({ minimum: 1, description: 'into a recording' })),
    thenHangUp: Type.Optional(Type.Boolean())
  }),
  act({ do: Type.Literal('silence') }),
  act({ do: Type.Literal('hang-up') }),
  act({
    do: Type.Literal('called'),
    status: Type.Union(['completed', 'busy', 'no-answer', 'failed', 'canceled'].map((word) => Type.Literal(word))),
    seconds: Type.Optional(Type.Integer({ minimum: 0 }))
  }),
  act({
    do: Type.Literal('wait'),
    seconds: Type.Integer({ minimum: 0 }),
    then: Type.Union([Type.Literal('answered'), Type.Literal('hang-up')])
  })
])
export type CallerAct = Static<typeof CallerAct>

/** A call to one of the account's numbers. Without more acts the caller is silent, and whoever is dialled answers. */
export const CallScript = act({
  from: Type.String({ description: 'number of the caller' }),
  to: Type.String({ description: "one of the account's numbers" }),
  voiceUrl: Type.String({ pattern: '^https?://' }),
  fallbackUrl: Type.Optional(Type.String({ pattern: '^https?://' })),
  statusUrl: Type.Optional(Type.String({ pattern: '^https?://' })),
  acts: Type.Array(CallerAct, { maxItems: 500 }),
  /** How long the account waits for an answer. */
  timeoutMs: Type.Optional(Type.Integer({ minimum: 1, maximum: 15_000 }))
})
export type CallScript = Static<typeof CallScript>
