import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId } from '../scalars.ts'
import { Currency, MinorUnits, Percent } from './money.ts'

export const CatalogueItemSaved = defineEvent({
  type: 'billing.CatalogueItemSaved.v1',
  aggregate: 'item',
  description: 'A service has this name, price and tax from now on. Invoices that were drafted before keep theirs.',
  data: Type.Object({
    itemId: AggregateId,
    /** Counts from 1. */
    version: Type.Integer({ minimum: 1 }),
    name: Type.String(),
    unitPrice: MinorUnits,
    currency: Currency,
    taxRate: Percent
  })
})
