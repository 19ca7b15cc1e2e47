import { Type, type Static } from '@sinclair/typebox'
import { Nullable } from '../scalars.ts'

/** The customer's side of a meeting, as the source told it. */
export const Customer = Type.Object({
  email: Type.String({ description: 'lower case' }),
  name: Nullable(Type.String()),
  firstName: Nullable(Type.String()),
  lastName: Nullable(Type.String()),
  phone: Nullable(Type.String()),
  timezone: Nullable(Type.String({ description: 'IANA name' }))
})
export type Customer = Static<typeof Customer>
