import {
  InvoiceDraftSaved,
  newEvent,
  ONE_EMAIL_ADDRESS,
  type Discount,
  type InvoiceCustomer,
  type InvoiceSeller,
  type NewEvent,
  type Refusal,
  type RequestedLine
} from '@leadlog/contracts'
import { isCurrency, reckon, type LineBasis } from '@leadlog/invoicing'
import type { ItemState } from '../catalogue/catalogue-item.ts'
import {
  currencyUnknown,
  draftChanged,
  emailInvalid,
  itemArchived,
  itemOtherCurrency,
  itemUnknown,
  lineIncomplete,
  notDraft
} from '../errors.ts'
import { statusOf, type Invoice } from './invoice.ts'

/** A draft as it is asked for. */
export interface DraftOrder {
  readonly invoiceId: string
  readonly personId: string
  readonly leadId: string | null
  readonly customer: InvoiceCustomer
  readonly currency: string
  readonly lines: readonly RequestedLine[]
  readonly discount: Discount | null
  readonly dueDays: number
  readonly seller: InvoiceSeller
  /** The draft that is changed; whatever it is where not given. */
  readonly expectedDraft?: number | undefined
}

/** Writes a draft down, reckoned. Pure. @param items of the catalogue, by id, as far as the lines name them */
export function saveDraft(
  invoice: Invoice,
  { expectedDraft, ...order }: DraftOrder,
  items: ReadonlyMap<string, ItemState>
): readonly NewEvent[] | Refusal {
  const status = statusOf(invoice)
  if (status !== null && status !== 'draft') return notDraft(status)
  const before = invoice.draft?.draft ?? 0
  if (expectedDraft !== undefined && expectedDraft !== before) return draftChanged(before)
  if (!ONE_EMAIL_ADDRESS.test(order.customer.email)) return emailInvalid()
  if (!isCurrency(order.currency)) return currencyUnknown(order.currency)
  const bases: LineBasis[] = []
  const texts: string[] = []
  for (const [index, line] of order.lines.entries()) {
    const filled = fillLine(line, index + 1, order.currency, items)
    if ('refused' in filled) return filled
    bases.push(filled.basis)
    texts.push(filled.text)
  }
  const reckoned = reckon(bases, order.discount)
  if ('refused' in reckoned) return reckoned
  return [
    newEvent(InvoiceDraftSaved, order.invoiceId, {
      ...order,
      draft: before + 1,
      lines: [...reckoned.lines],
      texts,
      totals: reckoned.totals
    })
  ]
}

function fillLine(
  line: RequestedLine,
  place: number,
  currency: string,
  items: ReadonlyMap<string, ItemState>
): { readonly basis: LineBasis; readonly text: string } | Refusal {
  const common = { quantity: line.quantity, discount: line.discount ?? null }
  if (line.itemId === undefined) {
    const { description, unitPrice, taxRate } = line
    if (description === undefined || unitPrice === undefined || taxRate === undefined) return lineIncomplete(place)
    return { basis: { ...common, itemId: null, itemVersion: null, unitPrice, taxRate }, text: description }
  }
  const { item = null, archived = false } = items.get(line.itemId) ?? {}
  if (item === null) return itemUnknown(line.itemId)
  if (archived) return itemArchived(line.itemId)
  if (item.currency !== currency && line.unitPrice === undefined) {
    return itemOtherCurrency(line.itemId, item.currency)
  }
  const basis = {
    ...common,
    itemId: item.itemId,
    itemVersion: item.version,
    unitPrice: line.unitPrice ?? item.unitPrice,
    taxRate: line.taxRate ?? item.taxRate
  }
  return { basis, text: line.description ?? item.name }
}
