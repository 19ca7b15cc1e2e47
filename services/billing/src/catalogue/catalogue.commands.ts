import {
  ArchiveCatalogueItem,
  CatalogueItemArchived,
  CatalogueItemRestored,
  CatalogueItemSaved,
  derivedId,
  SaveCatalogueItem
} from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import { catalogueItem, itemOf, itemRef } from './catalogue-item.ts'

/** A service is added or changed. */
export const saveCatalogueItemCommand = defineCommandHandler({
  command: SaveCatalogueItem,
  emits: [CatalogueItemSaved],
  handle: async ({ itemId = '', ...rest }, _deps: unknown, { commandId, execute, load }) => {
    const id = itemId === '' ? derivedId('catalogue-item', commandId) : itemId
    const command = { kind: 'save' as const, item: { ...rest, itemId: id } }
    const result = await execute({ ref: itemRef(id), decider: catalogueItem, command })
    if ('refusal' in result) return result.refusal
    return { itemId: id, version: itemOf((await load(itemRef(id))).events).item?.version ?? 0 }
  }
})

/** A service is taken out of the catalogue, or put back. */
export const archiveCatalogueItemCommand = defineCommandHandler({
  command: ArchiveCatalogueItem,
  emits: [CatalogueItemArchived, CatalogueItemRestored],
  handle: async ({ itemId, archived }, _deps: unknown, { execute }) => {
    const command = { kind: 'archive' as const, itemId, archived }
    const result = await execute({ ref: itemRef(itemId), decider: catalogueItem, command })
    if ('refusal' in result) return result.refusal
    return { itemId, archived }
  }
})
