import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'

export const CatalogueItemRestored = defineEvent({
  type: 'billing.CatalogueItemRestored.v1',
  aggregate: 'item',
  description: 'A service that was archived is offered again.',
  data: Type.Object({ itemId: AggregateId })
})
