import type { RowOf } from '../api/client.ts'
import { METHODS } from './invoices.ts'
import { moneyText } from './money.ts'
import type { StatusLook } from './status.ts'

type Payment = RowOf<'/v1/payments'>
type Refund = Payment['refunds'][number]
type Dispute = Payment['disputes'][number]
type Parking = NonNullable<Payment['parking']>

/** Ways in which money comes in, to choose from. */
export const paymentMethods = [{ value: 'stripe', word: 'Stripe' }, ...METHODS]

/** What became of the money, the worst first: an icon and a word. */
export function paymentLook(
  payment: Pick<Payment, 'state' | 'amount' | 'refunded'> & { readonly disputes: readonly Pick<Dispute, 'status'>[] }
): StatusLook {
  const dispute = payment.disputes.at(-1)?.status
  if (dispute === 'open') return { tone: 'danger', icon: 'alert', word: 'Disputed' }
  if (dispute === 'lost') return { tone: 'danger', icon: 'cross', word: 'Dispute lost' }
  if (payment.state === 'parked') return { tone: 'warning', icon: 'clock', word: 'Waits for a person' }
  if (payment.refunded >= payment.amount && payment.refunded > 0) {
    return { tone: 'neutral', icon: 'minus', word: 'Refunded' }
  }
  if (payment.state === 'rejected') return { tone: 'neutral', icon: 'cross', word: 'Rejected' }
  if (payment.refunded > 0) return { tone: 'info', icon: 'check', word: 'Partly refunded' }
  return { tone: 'success', icon: 'check', word: 'Counts' }
}

const REFUND_STATES: Readonly<Record<Refund['state'], StatusLook>> = {
  asked: { tone: 'info', icon: 'spinner', word: 'Asked of Stripe' },
  made: { tone: 'success', icon: 'check', word: 'Given back' },
  refused: { tone: 'danger', icon: 'cross', word: 'Refused by Stripe' },
  failed: { tone: 'danger', icon: 'alert', word: 'Failed: it did not arrive' },
  simulated: { tone: 'neutral', icon: 'minus', word: 'Not sent (DRY_RUN)' }
}

export function refundLook(state: Refund['state']): StatusLook {
  return REFUND_STATES[state]
}

const DISPUTES: Readonly<Record<Dispute['status'], StatusLook>> = {
  open: { tone: 'danger', icon: 'alert', word: 'Open: answer it at Stripe' },
  won: { tone: 'success', icon: 'check', word: 'Won' },
  lost: { tone: 'danger', icon: 'cross', word: 'Lost' }
}

export function disputeLook(status: Dispute['status']): StatusLook {
  return DISPUTES[status]
}

/** The invoice as people call it. */
export function invoiceName({ invoice }: Pick<Payment, 'invoice'>): string {
  return invoice?.number ?? 'An invoice'
}

/** Who paid, as far as it is known. */
export function payerName({ invoice }: Pick<Payment, 'invoice'>): string {
  return invoice?.customer ?? 'An erased customer'
}

/** Why money waits, in one sentence. */
export function parkedWords({ parking, amount, currency, invoice }: Payment): string {
  if (parking === null) return ''
  const owed = moneyText(parking.expected, invoice?.currency ?? currency)
  const paid = moneyText(amount, currency)
  const words: Readonly<Record<Parking['reason'], string>> = {
    'amount-differs': `${paid} came in, ${owed} were owed.`,
    'currency-differs': `${paid} came in, and the invoice is in ${invoice?.currency ?? 'another currency'}.`,
    'already-paid': `${paid} came in for an invoice that was paid already.`,
    'not-payable': `${paid} came in for an invoice that is void or was never sent.`
  }
  return words[parking.reason]
}

/** What is special about a payment, in a few words; empty where nothing is. */
export function noteOf(payment: Pick<Payment, 'state' | 'parking' | 'refunded' | 'currency' | 'invoice'>): string {
  const { state, parking, refunded, currency, invoice } = payment
  if (state === 'parked' && parking !== null) {
    const words: Readonly<Record<Parking['reason'], string>> = {
      'amount-differs': `${moneyText(parking.expected, invoice?.currency ?? currency)} were owed`,
      'currency-differs': `The invoice is in ${invoice?.currency ?? 'another currency'}`,
      'already-paid': 'It was paid already',
      'not-payable': 'Void, or never sent'
    }
    return words[parking.reason]
  }
  return refunded === 0 ? '' : `${moneyText(refunded, currency)} went back`
}

/** What accepting it does; null where it cannot be accepted. */
export function acceptWords({ parking, amount, currency, invoice }: Payment): string | null {
  if (parking === null || parking.reason === 'not-payable') return null
  if (parking.reason === 'currency-differs' || (invoice !== null && invoice.currency !== currency)) return null
  const paid = moneyText(amount, currency)
  const short = parking.expected - amount
  if (parking.reason === 'already-paid' || short < 0) {
    const more = moneyText(parking.reason === 'already-paid' ? amount : -short, currency)
    return `${paid} count as paid. ${more} of it is more than was owed: it can be refunded, or kept.`
  }
  return `${paid} count as paid, and ${moneyText(short, currency)} stay owed.`
}
