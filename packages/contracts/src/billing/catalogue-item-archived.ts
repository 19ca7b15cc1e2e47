import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'

export const CatalogueItemArchived = defineEvent({
  type: 'billing.CatalogueItemArchived.v1',
  aggregate: 'item',
  description: 'A service is not offered any more: no new line takes it.',
  data: Type.Object({ itemId: AggregateId })
})
