import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'

export const SecondFactorDisabled = defineEvent({
  type: 'access.SecondFactorDisabled.v1',
  aggregate: 'user',
  description: 'The link alone is enough again for a user.',
  data: Type.Object({ userId: AggregateId })
})
