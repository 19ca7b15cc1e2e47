import { Flag, Nullable, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

/** How a flag stands, who last switched it, and what came of it. */
export const FlagAnswer = Type.Object({
  flag: Flag,
  service: Type.String({ description: 'the service that goes by it' }),
  off: Type.String({ description: 'what it means that it is off' }),
  on: Type.Boolean(),
  since: Nullable(Timestamp),
  by: Nullable(Type.String({ description: 'the actor of the newest switch; null: nobody ever switched it' })),
  reason: Nullable(Type.String()),
  concerned: Type.Integer({
    description:
      'while it is off: writes that wait because of it, or readings that rules made instead; 0 while it is on'
  })
})
export type FlagAnswer = Static<typeof FlagAnswer>
