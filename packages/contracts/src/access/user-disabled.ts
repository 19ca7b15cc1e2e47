import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'

export const UserDisabled = defineEvent({
  type: 'access.UserDisabled.v1',
  aggregate: 'user',
  description: 'A user may not sign in any more; their sessions are worth nothing from here on.',
  data: Type.Object({ userId: AggregateId })
})
