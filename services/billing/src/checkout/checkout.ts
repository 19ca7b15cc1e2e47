import { CheckoutEnded, CheckoutOpened, newEvent, type DataOf, type NewEvent } from '@leadlog/contracts'
import { owed, statusOf, type Checkout, type Invoice } from '../invoice/invoice.ts'

/** The newest page that nobody told the end of; null where there is none. Pure. */
export function lastPage(invoice: Invoice): Checkout | null {
  const last = invoice.checkouts.at(-1)
  return last === undefined || invoice.endedSessions.has(last.sessionId) ? null : last
}

/** Pages on which nothing, or something else than is owed, could be paid. Pure. */
export function pagesToClose(invoice: Invoice): readonly Checkout[] {
  return invoice.checkouts.filter(
    ({ sessionId, amount }) =>
      !invoice.endedSessions.has(sessionId) && !(isPayable(invoice) && amount === owed(invoice))
  )
}

/** True where somebody may pay. */
export function isPayable(invoice: Invoice): boolean {
  const status = statusOf(invoice)
  return (status === 'sent' || status === 'overdue') && owed(invoice) > 0
}

/** How many pages the invoice will have had with the next. */
export function nextAttempt(invoice: Invoice): number {
  return (invoice.checkouts.at(-1)?.attempt ?? 0) + 1
}

/** Notes a page that was opened at Stripe; one of each attempt. Pure. */
export function noteOpened(
  invoice: Invoice,
  opened: Omit<DataOf<typeof CheckoutOpened>, 'personId'>
): readonly NewEvent[] {
  const isKnown = invoice.checkouts.some(
    ({ attempt, sessionId }) => attempt === opened.attempt || sessionId === opened.sessionId
  )
  if (invoice.draft === null || isKnown) return []
  return [newEvent(CheckoutOpened, opened.invoiceId, { ...opened, personId: invoice.draft.personId })]
}

/** Notes that a page is closed. Pure. */
export function noteEnded(
  invoice: Invoice,
  ended: Omit<DataOf<typeof CheckoutEnded>, 'personId'>
): readonly NewEvent[] {
  if (invoice.draft === null || invoice.endedSessions.has(ended.sessionId)) return []
  return [newEvent(CheckoutEnded, ended.invoiceId, { ...ended, personId: invoice.draft.personId })]
}
