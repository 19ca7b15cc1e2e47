import { Currency, MinorUnits, Percent, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

/** A service of the catalogue. */
export const CatalogueItem = Type.Object({
  id: Type.String({ description: '`SaveCatalogueItem` and lines of `SaveInvoice` take it as `itemId`' }),
  version: Type.Integer({ description: 'counts its changes from 1; drafts keep the one that they took' }),
  name: Type.String(),
  unitPrice: MinorUnits,
  currency: Currency,
  taxRate: Percent,
  archived: Type.Boolean({ description: 'no new line takes it' }),
  changedAt: Timestamp,
  changedBy: Type.String()
})
export type CatalogueItem = Static<typeof CatalogueItem>
