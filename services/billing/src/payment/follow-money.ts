import { newEvent, PaymentDisputed, PaymentRefunded, type DataOf, type NewEvent } from '@leadlog/contracts'
import type { Invoice } from '../invoice/invoice.ts'

/** Notes how much of a payment went back in all; what was known or is older changes nothing. Pure. */
export function noteRefund(
  invoice: Invoice,
  refund: Omit<DataOf<typeof PaymentRefunded>, 'personId'>
): readonly NewEvent[] {
  if (invoice.draft === null || refund.refunded <= (invoice.refunded.get(refund.paymentId) ?? 0)) return []
  return [newEvent(PaymentRefunded, refund.invoiceId, { ...refund, personId: invoice.draft.personId })]
}

/** Notes that a payment is disputed, or how that ended; an end that is known stands. Pure. */
export function noteDispute(
  invoice: Invoice,
  dispute: Omit<DataOf<typeof PaymentDisputed>, 'personId'>
): readonly NewEvent[] {
  const known = invoice.disputes.get(dispute.disputeId)
  if (invoice.draft === null || known === dispute.status || known === 'won' || known === 'lost') return []
  return [newEvent(PaymentDisputed, dispute.invoiceId, { ...dispute, personId: invoice.draft.personId })]
}
