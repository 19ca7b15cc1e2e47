import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, Nullable, PersonId } from '../scalars.ts'
import { Role } from './role.ts'

export const UserInvited = defineEvent({
  type: 'access.UserInvited.v1',
  aggregate: 'user',
  description: 'Somebody may sign in from now on. Once per person; the id is that of the person.',
  data: Type.Object({
    userId: AggregateId,
    personId: PersonId,
    email: pii(Type.String()),
    name: pii(Nullable(Type.String())),
    role: Role
  })
})
