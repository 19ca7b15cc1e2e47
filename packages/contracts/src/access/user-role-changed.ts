import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'
import { Role } from './role.ts'

export const UserRoleChanged = defineEvent({
  type: 'access.UserRoleChanged.v1',
  aggregate: 'user',
  description: 'A user may do more or less than before, at once and in every session.',
  data: Type.Object({ userId: AggregateId, from: Role, to: Role })
})
