import { Nullable, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

/** One of our numbers, and who answers there. */
export const PhoneNumber = Type.Object({
  number: Type.String({ description: 'in E.164' }),
  /** Null: callers go straight to the fallback number. */
  flow: Nullable(
    Type.Object({
      flowId: Type.String(),
      name: Nullable(Type.String()),
      version: Nullable(Type.Integer({ description: 'that new callers go through' }))
    })
  ),
  /** Null while nobody decided: the number is known by a call only. */
  since: Nullable(Timestamp),
  by: Nullable(Type.String())
})
export type PhoneNumber = Static<typeof PhoneNumber>
