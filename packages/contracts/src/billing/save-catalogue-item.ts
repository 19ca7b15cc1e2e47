import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'
import { Currency, MinorUnits, Percent } from './money.ts'

export const SaveCatalogueItem = defineCommand({
  service: 'billing',
  name: 'SaveCatalogueItem',
  description:
    'Adds a service to the catalogue, or gives it another name, price or tax. Drafts keep the version that they took.',
  data: Type.Object(
    {
      itemId: Type.Optional(AggregateId),
      name: Type.String({ minLength: 1, maxLength: 200 }),
      unitPrice: MinorUnits,
      currency: Currency,
      taxRate: Percent
    },
    { additionalProperties: false }
  ),
  result: Type.Object({ itemId: AggregateId, version: Type.Integer() }),
  refusals: {
    BILLING_CURRENCY_UNKNOWN: 'the currency is none of ISO 4217',
    BILLING_ITEM_ARCHIVED: 'the service is archived; restore it first'
  }
})
