import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'

export const ArchiveCatalogueItem = defineCommand({
  service: 'billing',
  name: 'ArchiveCatalogueItem',
  description: 'Takes a service out of the catalogue, or puts it back. Invoices are not touched.',
  data: Type.Object(
    { itemId: AggregateId, archived: Type.Boolean({ description: 'false: it is offered again' }) },
    { additionalProperties: false }
  ),
  result: Type.Object({ itemId: AggregateId, archived: Type.Boolean() }),
  refusals: { BILLING_ITEM_UNKNOWN: 'there is no such service' }
})
