import { newEvent, RefundFailed, type DataOf, type NewEvent } from '@leadlog/contracts'
import type { Invoice } from '../invoice/invoice.ts'
import { wentBack } from '../payment/went-back.ts'

/** A refund that came back, as Stripe tells it. */
export type FailedRefund = Omit<DataOf<typeof RefundFailed>, 'personId' | 'refunded'>

/** Notes that money which went back did not arrive, once for each refund. Pure. */
export function noteRefundFailed(invoice: Invoice, failed: FailedRefund): readonly NewEvent[] {
  const { invoiceId, paymentId, stripeRefundId, amount, at } = failed
  if (invoice.draft === null || invoice.failedRefunds.has(stripeRefundId)) return []
  const failures = [...invoice.failedRefunds.values(), { paymentId, amount, at }]
  const refundId = failed.refundId !== null && invoice.refunds.has(failed.refundId) ? failed.refundId : null
  const { personId } = invoice.draft
  const refunded = wentBack(paymentId, invoice.toldRefunds, failures)
  return [newEvent(RefundFailed, invoiceId, { ...failed, refundId, personId, refunded })]
}
