import {
  CatalogueItemArchived,
  CatalogueItemRestored,
  CatalogueItemSaved,
  type EventOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { column, defineProjection, type RowOfColumns } from '@leadlog/projections'
import { everyReader } from '../database/row-policies.ts'

const columns = {
  id: column.text({ primaryKey: true }),
  sequence: column.bigint(),
  version: column.integer(),
  name: column.text(),
  unit_price: column.bigint(),
  currency: column.text(),
  tax_rate: column.text(),
  archived: column.boolean(),
  changed_at: column.timestamptz(),
  /** Who changed it last. */
  changed_by: column.text()
}

export type CatalogueItemRow = RowOfColumns<typeof columns>

type ItemEvent = EventOf<typeof CatalogueItemSaved | typeof CatalogueItemArchived | typeof CatalogueItemRestored>

/** What is sold, as it is now; also what is not offered any more. */
export const catalogueItems = defineProjection({
  name: 'gateway-catalogue-items',
  version: 1,
  table: 'gateway.catalogue_items',
  columns,
  indexes: [{ on: 'changed_at desc, id desc' }, { on: 'name, id' }],
  on: [CatalogueItemSaved, CatalogueItemArchived, CatalogueItemRestored],
  key: (event: ItemEvent) => event.data.itemId,
  evolve: {
    [CatalogueItemSaved.type]: (row, event, id) => {
      if (row !== null && event.sequence <= row.sequence) return row
      const { version, name, unitPrice, currency, taxRate } = event.data
      const told = { version, name, unit_price: unitPrice, currency, tax_rate: taxRate }
      return { id, ...told, archived: row?.archived ?? false, ...changedBy(event) }
    },
    [CatalogueItemArchived.type]: (row, event) => withArchived(row, event, true),
    [CatalogueItemRestored.type]: (row, event) => withArchived(row, event, false)
  },
  // Prices are what salespeople offer by.
  setup: everyReader
})

function withArchived(row: CatalogueItemRow | null, event: RecordedEvent, archived: boolean): CatalogueItemRow | null {
  return row === null || event.sequence <= row.sequence ? row : { ...row, archived, ...changedBy(event) }
}

function changedBy({ sequence, time, actor }: RecordedEvent) {
  return { sequence, changed_at: time, changed_by: actor }
}
