import type { AnswerOf } from '../api/client.ts'
import { moneyText } from './money.ts'
import { sentence } from './names.ts'
import type { StatusLook } from './status.ts'

type Step = AnswerOf<'/v1/invoices/{id}'>['history'][number]

/** States of an invoice, in the order in which it goes through them. */
export const INVOICE_STATES = ['draft', 'sent', 'overdue', 'paid', 'void'] as const

const LOOKS: Readonly<Record<(typeof INVOICE_STATES)[number], StatusLook>> = {
  draft: { tone: 'neutral', icon: 'clock', word: 'Draft' },
  sent: { tone: 'info', icon: 'check', word: 'Sent' },
  overdue: { tone: 'danger', icon: 'alert', word: 'Overdue' },
  paid: { tone: 'success', icon: 'check', word: 'Paid' },
  void: { tone: 'neutral', icon: 'minus', word: 'Void' }
}

export function invoiceLook(status: (typeof INVOICE_STATES)[number]): StatusLook {
  return LOOKS[status]
}

/** Why something of an invoice is undone. */
export const REASONS = [
  { value: 'mistake', word: 'A mistake of ours' },
  { value: 'duplicate', word: 'It was there twice' },
  { value: 'customer-request', word: 'The customer asked for it' },
  { value: 'not-delivered', word: 'It was not delivered' },
  { value: 'goodwill', word: 'Goodwill' },
  { value: 'other', word: 'Something else' }
] as const

export function reasonWord(reason: string): string {
  return REASONS.find(({ value }) => value === reason)?.word ?? sentence(reason)
}

/** How money came in elsewhere than at Stripe. */
export const METHODS = [
  { value: 'bank-transfer', word: 'Bank transfer' },
  { value: 'cash', word: 'Cash' },
  { value: 'check', word: 'Check' },
  { value: 'other', word: 'Another way' }
] as const

export function methodWord(method: string): string {
  return method === 'stripe' ? 'Stripe' : (METHODS.find(({ value }) => value === method)?.word ?? sentence(method))
}

/** Who an invoice is for, as lists show them. */
export function customerWord(customer: { readonly name: string; readonly company?: string } | null): string {
  if (customer === null) return 'An erased customer'
  return customer.company === undefined ? customer.name : `${customer.company}, ${customer.name}`
}

const DONE: Readonly<Record<Step['did'], string>> = {
  drafted: 'Drafted',
  changed: 'Draft changed',
  sent: 'Sent: the number is given',
  mailed: 'Mailed',
  overdue: 'Its day passed',
  paid: 'Nothing is owed any more',
  voided: 'Made void',
  credited: 'Credited',
  'payment-recorded': 'Payment came in',
  'payment-parked': 'Money came in that does not fit',
  'payment-rejected': 'Money was found to be for something else',
  'payment-refunded': 'Given back so far',
  'refund-failed': 'A refund failed',
  'payment-disputed': 'Payment disputed'
}

/** A step of an invoice's history in a line. */
export function stepWords(step: Step, currency: string, locale?: string): string {
  const amount = step.amount === null ? null : moneyText(step.amount, step.currency ?? currency, locale)
  const number = step.did === 'credited' ? step.reference : null
  const how = step.method === null ? null : methodWord(step.method)
  const why = step.reason === null ? null : reasonWord(step.reason)
  const more = [number, amount, how, why].filter((part) => part !== null)
  return more.length === 0 ? DONE[step.did] : `${DONE[step.did]}: ${more.join(', ')}`
}

/** A day on a document, which is one of UTC. */
export function documentDay(at: string, locale?: string): string {
  return new Date(at).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' })
}
