import { PermanentError, refuse, TransientError, type Refusal } from '@leadlog/contracts'
import { showMoney } from '@leadlog/invoicing'
import { HttpProblem } from '@leadlog/service'

export function emailInvalid(): Refusal {
  return refuse(
    'BILLING_EMAIL_INVALID',
    'customer.email is not one e-mail address. Write one alone, such as ada@example.com, without a name or a comma'
  )
}

export function currencyUnknown(currency: string): Refusal {
  return refuse('BILLING_CURRENCY_UNKNOWN', `${currency} is no currency of ISO 4217 to pay with. Write one such as USD`)
}

export function itemUnknown(itemId: string): Refusal {
  return refuse('BILLING_ITEM_UNKNOWN', `The catalogue has no service "${itemId}". Save it first, or write a free line`)
}

export function itemArchived(itemId: string): Refusal {
  return refuse('BILLING_ITEM_ARCHIVED', `Service "${itemId}" is archived. Restore it first, or take another`)
}

export function itemOtherCurrency(itemId: string, currency: string): Refusal {
  return refuse(
    'BILLING_ITEM_OTHER_CURRENCY',
    `Service "${itemId}" has its price in ${currency}. Give the unitPrice with the line`
  )
}

export function lineIncomplete(line: number): Refusal {
  return refuse('BILLING_LINE_INCOMPLETE', `Line ${line} has no itemId: give description, unitPrice and taxRate`)
}

export function invoiceUnknown(invoiceId: string): Refusal {
  return refuse('BILLING_INVOICE_UNKNOWN', `There is no invoice "${invoiceId}"`)
}

export function notDraft(status: string): Refusal {
  return refuse(
    'BILLING_INVOICE_NOT_DRAFT',
    `The invoice is ${status} and does not change any more. Correct what was sent by a credit note`
  )
}

export function draftChanged(draft: number): Refusal {
  return refuse(
    'BILLING_DRAFT_CHANGED',
    `Somebody else saved the draft meanwhile: it is at version ${draft} now. Read it again, then save your changes`
  )
}

export function notSent(status: string): Refusal {
  return refuse('BILLING_INVOICE_NOT_SENT', `The invoice is ${status}: only one that was sent takes this`)
}

export function notVoidable(): Refusal {
  return refuse('BILLING_INVOICE_NOT_VOIDABLE', 'Something was paid or credited. Issue a credit note for the rest')
}

export function currencyDiffers(currency: string): Refusal {
  return refuse('BILLING_CURRENCY_DIFFERS', `The invoice is in ${currency}. Money of another currency cannot count`)
}

export function amountNotOwed(balance: number): Refusal {
  return refuse(
    'BILLING_AMOUNT_NOT_OWED',
    `${balance} minor units are owed. Record that much or less, and more than none`
  )
}

export function paymentNotParked(paymentId: string): Refusal {
  return refuse('BILLING_PAYMENT_NOT_PARKED', `Payment "${paymentId}" does not wait for anybody on this invoice`)
}

export function paymentUnknown(paymentId: string): Refusal {
  return refuse('BILLING_PAYMENT_UNKNOWN', `The invoice has no payment "${paymentId}"`)
}

export function paymentIsParked(paymentId: string): Refusal {
  return refuse(
    'BILLING_PAYMENT_PARKED',
    `Payment "${paymentId}" waits for a person. Settle it first: what is rejected can be refunded too`
  )
}

export function paymentNotAtStripe(paymentId: string): Refusal {
  return refuse(
    'BILLING_PAYMENT_NOT_AT_STRIPE',
    `Payment "${paymentId}" was not made at Stripe. Give it back as it came, and issue a credit note`
  )
}

export function paymentDisputed(paymentId: string): Refusal {
  return refuse(
    'BILLING_PAYMENT_DISPUTED',
    `The bank took payment "${paymentId}" back, or may. Answer the dispute in the dashboard of Stripe`
  )
}

export function refundTooLarge(left: number, currency: string): Refusal {
  const most = Math.max(0, left)
  return refuse(
    'BILLING_REFUND_TOO_LARGE',
    `${showMoney(most, currency)} of the payment can still be given back; the rest went back or is on its way`
  )
}

export function amountNotAtStripe(amount: number, currency: string): Refusal {
  return refuse(
    'BILLING_AMOUNT_NOT_AT_STRIPE',
    `Stripe does not give ${showMoney(amount, currency)} back exactly. Take the next larger or smaller coin`
  )
}

export function stripeNotConfigured(): Refusal {
  return refuse('BILLING_STRIPE_NOT_CONFIGURED', 'Billing has no STRIPE_SECRET_KEY. Set it and start billing again')
}

/** What waits until Stripe can be asked. */
export function waitsForStripe(what: string): TransientError {
  return new TransientError(
    'BILLING_STRIPE_NOT_CONFIGURED',
    `${what} for STRIPE_SECRET_KEY and DRY_RUN=false. Set them and start billing again`,
    {
      countsAsAttempt: false
    }
  )
}

export function mailNotConfigured(): Refusal {
  return refuse(
    'BILLING_MAIL_NOT_CONFIGURED',
    'Nothing can be mailed: set SMTP_URL, or send the invoice with mail: false'
  )
}

export function customerErased(): Refusal {
  return refuse('BILLING_CUSTOMER_ERASED', 'The customer was erased: there is no address to write to')
}

/** A link that is not ours, or of an invoice that is gone. */
export function linkUnknown(): HttpProblem {
  return new HttpProblem(404, 'BILLING_LINK_UNKNOWN', 'This link leads to no invoice. Take the newest mail')
}

export function paymentUnavailable(): HttpProblem {
  return new HttpProblem(
    503,
    'BILLING_PAYMENT_UNAVAILABLE',
    'Payment cannot be opened right now. Try again in a minute'
  )
}

/** A webhook's payload is past its retention. */
export function payloadGone(): PermanentError {
  return new PermanentError('BILLING_PAYLOAD_GONE', 'The payload is past its retention: its day key is destroyed')
}

/** An event of Stripe lacks what names it. */
export function payloadInvalid(problem: string): PermanentError {
  return new PermanentError(
    'BILLING_PAYLOAD_INVALID',
    `The event of Stripe cannot be translated: ${problem}. Correct the sender, then retry the dead letter`
  )
}
