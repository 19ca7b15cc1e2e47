import { Nullable, Role } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import type { User } from './user.ts'

/** The person who is signed in. */
export const SignedInUser = Type.Object({
  id: Type.String(),
  email: Type.String(),
  name: Nullable(Type.String()),
  role: Role,
  secondFactor: Type.Boolean({ description: 'whether a code is asked for beside the link' })
})
export type SignedInUser = Static<typeof SignedInUser>

export function signedInUserOf({ id, email, name, role, secondFactor }: User): SignedInUser {
  return { id, email, name, role, secondFactor: secondFactor !== null }
}
