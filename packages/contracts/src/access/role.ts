import { Type, type Static } from '@sinclair/typebox'
import { OneOf } from '../scalars.ts'

/** Every role, the mightiest first. */
export const ROLES = ['admin', 'manager', 'user'] as const

/** What a person may do: `user` sees their own leads, `manager` all of them and operates, `admin` decides who may what. */
export const Role = OneOf(...ROLES)
export type Role = Static<typeof Role>

/** How somebody proved to be who they are, beyond the link that was mailed to them. */
export const SecondProof = OneOf('none', 'code', 'recovery-code')

/** Where a request came from; personal, since it says where a person was and with what. */
export const RequestOrigin = Type.Object({
  address: Type.String({ description: 'IP address, as the gateway saw it' }),
  device: Type.String({ description: 'browser and system, in short' })
})
export type RequestOrigin = Static<typeof RequestOrigin>
