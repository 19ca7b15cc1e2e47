import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'

export const UserEnabled = defineEvent({
  type: 'access.UserEnabled.v1',
  aggregate: 'user',
  description: 'A user who was disabled may sign in again.',
  data: Type.Object({ userId: AggregateId })
})
