import { Type } from '@sinclair/typebox'
import type { Static } from '@sinclair/typebox'

const act = <P extends Parameters<typeof Type.Object>[0]>(properties: P) =>
  Type.Object(properties, { additionalProperties: false })

const Url = Type.String({ pattern: '^https?://' })

/** What two people say to each other, spread over the time that they talk. */
const Talk = Type.Array(act({ who: Type.Union([Type.Literal('caller'), Type.Literal('agent')]), text: Type.String() }))

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
    seconds: Type.Optional(Type.Integer({ minimum: 0 })),
    talk: Type.Optional(Talk)
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
  voiceUrl: Url,
  fallbackUrl: Type.Optional(Url),
  statusUrl: Type.Optional(Url),
  acts: Type.Array(CallerAct, { maxItems: 500 }),
  /** How long the account waits for an answer. */
  timeoutMs: Type.Optional(Type.Integer({ minimum: 1, maximum: 15_000 })),
  pace: Type.Optional(
    Type.Union([Type.Literal('at-once'), Type.Literal('live')], {
      description:
        'at-once: as fast as the app answers, and the answer tells how it went. live: in the time of twilioTimeScale, in the background.'
    })
  )
})
export type CallScript = Static<typeof CallScript>

/** How a telephone behaves that is called or written to. One that is not described is answered by a person. */
export const Phone = act({
  number: Type.String(),
  answers: Type.Optional(
    Type.Union(
      ['person', 'machine', 'busy', 'no-answer', 'failed'].map((word) => Type.Literal(word)),
      { description: 'person by default' }
    )
  ),
  ringSeconds: Type.Optional(Type.Integer({ minimum: 0, description: 'until it is answered, 3 by default' })),
  acts: Type.Optional(Type.Array(CallerAct, { maxItems: 500, description: 'of whoever answers' })),
  talkSeconds: Type.Optional(
    Type.Integer({ minimum: 0, description: 'how long they stay when put through to somebody, 30 by default' })
  ),
  talk: Type.Optional(Talk),
  sms: Type.Optional(
    Type.Union(
      ['delivered', 'undelivered', 'failed', 'sent'].map((word) => Type.Literal(word)),
      { description: 'where a message to it ends, delivered by default' }
    )
  ),
  smsErrorCode: Type.Optional(Type.Integer({ description: '30003 by default where it does not arrive' }))
})
export type Phone = Static<typeof Phone>
