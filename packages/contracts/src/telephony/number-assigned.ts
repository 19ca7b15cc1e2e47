import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Nullable } from '../scalars.ts'

export const NumberAssigned = defineEvent({
  type: 'telephony.NumberAssigned.v1',
  aggregate: 'number',
  description: 'Calls to one of our numbers go through this flow from now on; null: straight to the fallback number.',
  data: Type.Object({ number: Type.String(), flowId: Nullable(AggregateId) })
})
