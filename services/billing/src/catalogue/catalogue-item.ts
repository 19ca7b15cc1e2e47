import {
  CatalogueItemArchived,
  CatalogueItemRestored,
  CatalogueItemSaved,
  isEvent,
  newEvent,
  type AggregateRef,
  type DataOf,
  type Decider,
  type RecordedEvent
} from '@leadlog/contracts'
import { currencyUnknown, itemArchived, itemUnknown } from '../errors.ts'
import { isCurrency } from '@leadlog/invoicing'

export type CatalogueItem = DataOf<typeof CatalogueItemSaved>

export interface ItemState {
  /** As it is now; null before it was saved. */
  readonly item: CatalogueItem | null
  readonly archived: boolean
}

export type ItemCommand =
  | { readonly kind: 'save'; readonly item: Omit<CatalogueItem, 'version'> }
  | { readonly kind: 'archive'; readonly itemId: string; readonly archived: boolean }

export function itemRef(itemId: string): AggregateRef {
  return { context: 'billing', aggregate: 'item', id: itemId }
}

/** A service of the catalogue. */
export const catalogueItem: Decider<ItemState, ItemCommand> = {
  initialState: () => ({ item: null, archived: false }),
  evolve,
  decide(command, { item, archived }) {
    if (command.kind === 'archive') {
      const { itemId } = command
      if (item === null) return itemUnknown(itemId)
      if (archived === command.archived) return []
      return [newEvent(command.archived ? CatalogueItemArchived : CatalogueItemRestored, itemId, { itemId })]
    }
    const wanted = command.item
    if (!isCurrency(wanted.currency)) return currencyUnknown(wanted.currency)
    if (archived) return itemArchived(wanted.itemId)
    if (item !== null && isSame(item, wanted)) return []
    return [newEvent(CatalogueItemSaved, wanted.itemId, { ...wanted, version: (item?.version ?? 0) + 1 })]
  }
}

/** A service after its history. */
export function itemOf(events: readonly RecordedEvent[]): ItemState {
  return events.reduce(evolve, catalogueItem.initialState())
}

function evolve(state: ItemState, event: RecordedEvent): ItemState {
  if (isEvent(event, CatalogueItemSaved)) return { ...state, item: event.data }
  if (isEvent(event, CatalogueItemArchived)) return { ...state, archived: true }
  if (isEvent(event, CatalogueItemRestored)) return { ...state, archived: false }
  return state
}

function isSame(item: CatalogueItem, wanted: Omit<CatalogueItem, 'version'>): boolean {
  const { name, unitPrice, currency, taxRate } = wanted
  return item.name === name && item.unitPrice === unitPrice && item.currency === currency && item.taxRate === taxRate
}
