import { Type, type Static } from '@sinclair/typebox'
import { MappingDocument } from '@leadlog/crm-sync/frozen'

/** What every frozen event begins with; another number is another form. */
export const FROZEN_FORMAT = 'leadlog-frozen/1'

const Envelope = Type.Object(
  {
    id: Type.String(),
    type: Type.String(),
    source: Type.String(),
    subject: Type.String(),
    time: Type.String(),
    stream: Type.String(),
    sequence: Type.Integer(),
    correlationid: Type.String(),
    causationid: Type.String(),
    data: Type.Unknown()
  },
  { additionalProperties: true }
)

/** An event as a handler decided it, before the log gave it an envelope. */
export const FrozenEffect = Type.Object({
  type: Type.String(),
  aggregateId: Type.String(),
  data: Type.Unknown()
})
export type FrozenEffect = Static<typeof FrozenEffect>

/** One handler that took the event, what it knew and what came of it. */
export const FrozenHandling = Type.Object({
  service: Type.String(),
  handler: Type.String(),
  asOf: Type.Record(Type.String(), Type.Integer(), {
    description: 'by aggregate that the handler loaded: the last sequence of EVENTS that it knew; 0 for none'
  }),
  effects: Type.Array(FrozenEffect),
  error: Type.Union([Type.String(), Type.Null()], {
    description: 'code of the error that ended it; null where it succeeded'
  })
})
export type FrozenHandling = Static<typeof FrozenHandling>

/** The settings that the handlers decide by. */
export const FrozenConfiguration = Type.Object({
  ownDomains: Type.Array(Type.String()),
  customerDomains: Type.Array(Type.String()),
  minDurationMinutes: Type.Integer(),
  mapping: MappingDocument
})
export type FrozenConfiguration = Static<typeof FrozenConfiguration>

/**
 * An event with all that its handlers decided on and all that they decided, persons replaced by made-up ones. Handled
 * again it must have the same effects, in any release.
 */
export const FrozenEvent = Type.Object({
  format: Type.Literal(FROZEN_FORMAT),
  version: Type.String({ description: 'release of Leadlog that froze it' }),
  event: Envelope,
  body: Type.Union([Type.String(), Type.Null()], { description: 'of a webhook, as received' }),
  persons: Type.Record(Type.String(), Type.String(), { description: "a person's id by the e-mail address" }),
  configuration: FrozenConfiguration,
  histories: Type.Record(Type.String(), Type.Array(Envelope), { description: 'by aggregate, in order' }),
  handlings: Type.Array(FrozenHandling)
})
export type FrozenEvent = Static<typeof FrozenEvent>
