import { EffectSimulated, newEvent, type DataOf, type NewEvent } from '@leadlog/contracts'
import type { Invoice } from '../invoice/invoice.ts'

/** Notes what DRY_RUN kept from the outside; a refund's request once. Pure. */
export function noteSimulated(
  invoice: Invoice,
  simulated: Omit<DataOf<typeof EffectSimulated>, 'invoiceId' | 'personId'>
): readonly NewEvent[] {
  if (invoice.draft === null) return []
  if (simulated.refundId !== null && invoice.settledRefunds.has(simulated.refundId)) return []
  const { invoiceId, personId } = invoice.draft
  return [newEvent(EffectSimulated, invoiceId, { ...simulated, invoiceId, personId })]
}
