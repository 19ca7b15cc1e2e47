import { newEvent, PaymentDisputed, PaymentRefunded, type DataOf, type NewEvent } from '@leadlog/contracts'
import type { Invoice } from '../invoice/invoice.ts'
import { isOldNews, wentBack } from './went-back.ts'

/**
 * Notes how much of a payment went back in all, as Stripe told it at that time; what was known or is older changes nothing. What
 * failed since is taken off. Pure.
 */
export function noteRefund(
  invoice: Invoice,
  refund: Omit<DataOf<typeof PaymentRefunded>, 'personId'>
): readonly NewEvent[] {
  if (invoice.draft === null) return []
  const { invoiceId, paymentId, refunded: told, at } = refund
  const sum = { paymentId, amount: told, at }
  const refunded = wentBack(paymentId, [...invoice.toldRefunds, sum], [...invoice.failedRefunds.values()])
  const isKnown = refunded === (invoice.refunded.get(paymentId) ?? 0)
  if (isKnown && isOldNews(sum, invoice.toldRefunds)) return []
  const { personId } = invoice.draft
  return [
    newEvent(PaymentRefunded, invoiceId, { ...refund, refunded, ...(told === refunded ? {} : { told }), personId })
  ]
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
