import { derivedId, ERASED_TEXT, PermanentError, type InvoiceCustomer, type RecordedEvent } from '@leadlog/contracts'
import { requestDigest } from '@leadlog/outbound'
import { createOnce, toStripeAmount, type StripeClient } from '@leadlog/stripe'
import type { BillingDeps } from '../deps.ts'
import { invoiceOf, invoiceRef, owed, type Invoice } from '../invoice/invoice.ts'
import { digitsOf } from '@leadlog/invoicing'
import { payLink } from '../pay/link.ts'
import { isPayable, lastPage, nextAttempt, noteEnded, noteOpened } from './checkout.ts'

/** Where an invoice can be paid now; otherwise why not. */
export type CheckoutPage =
  | { readonly kind: 'open'; readonly url: string }
  /** Nothing is owed, or the money is on its way. */
  | { readonly kind: 'done' }
  | { readonly kind: 'impossible' }

/** What the ledger keeps of a page. */
interface SessionResponse {
  readonly sessionId: string
  readonly expiresAt: string
}

/**
 * The page at Stripe on which the invoice can be paid: the one that there is, or a new one where that has expired. One customer
 * and one session of each attempt, whatever dies in between: both stand in the ledger, under idempotency keys of our own.
 *
 * @throws TransientError where Stripe or the ledger is away
 */
export async function ensureCheckout(deps: BillingDeps, invoiceId: string): Promise<CheckoutPage> {
  const { log, stripe } = deps
  const link = payLink(deps, invoiceId)
  const { events } = await log.load(invoiceRef(invoiceId))
  const invoice = invoiceOf(events)
  const cause = events.at(-1)
  if (stripe === null || link === undefined || cause === undefined) return { kind: 'impossible' }
  if (!isPayable(invoice)) return { kind: 'done' }
  const last = lastPage(invoice)
  if (last === null) return openNext(deps, stripe, { invoice, invoiceId, link, cause })
  // Stripe is asked, not the clock: whoever pays from a bank account is done with the page days before the money comes.
  const session = await stripe.session(last.sessionId)
  if (session.status === 'complete') return { kind: 'done' }
  if (session.status === 'open' && session.url !== null) {
    if (last.amount === owed(invoice)) return { kind: 'open', url: session.url }
  } else {
    const ended = { invoiceId, sessionId: session.id, outcome: 'expired' as const, at: session.expiresAt.toISOString() }
    await record(deps, cause, `ended/${session.id}`, invoiceId, (known) => noteEnded(known, ended))
  }
  const after = invoiceOf((await log.load(invoiceRef(invoiceId))).events)
  return openNext(deps, stripe, { invoice: after, invoiceId, link, cause })
}

async function openNext(
  deps: BillingDeps,
  stripe: StripeClient,
  { invoice, invoiceId, link, cause }: { invoice: Invoice; invoiceId: string; link: string; cause: RecordedEvent }
): Promise<CheckoutPage> {
  const { draft, sent } = invoice
  const balance = owed(invoice)
  if (draft === null || sent === null || draft.customer.email === ERASED_TEXT) return { kind: 'impossible' }
  const amount = toStripeAmount(balance, draft.currency, digitsOf(draft.currency))
  const noSuchAmount = (): CheckoutPage => {
    deps.logger.warn({ invoiceId, currency: draft.currency }, 'Stripe takes no such amount: it is to be paid elsewhere')
    return { kind: 'impossible' }
  }
  if (amount === null) return noSuchAmount()
  const customerId = await customerAt(deps, stripe, draft.personId, draft.customer)
  const attempt = nextAttempt(invoice)
  // The amount is a part of the key: what is owed may change before an attempt succeeds.
  const key = `checkout:${invoiceId}:${attempt}:${balance}`
  const metadata = { leadlog_invoice: invoiceId, leadlog_attempt: `${attempt}-${balance}` }
  const creating = deps.effects.run<SessionResponse>({
    key,
    vendor: 'stripe',
    operation: 'create-session',
    digest: requestDigest({ invoiceId, attempt, amount, currency: draft.currency }),
    policy: 'vendor-key',
    perform: async () => {
      const session = await createOnce(`leadlog:${key}`, {
        find: () => stripe.findSession(customerId, metadata),
        create: (idempotencyKey) =>
          stripe.createSession(
            {
              customerId,
              amount,
              currency: draft.currency,
              title: `Invoice ${sent.number}`,
              metadata,
              reference: invoiceId,
              successUrl: `${link}?done`,
              cancelUrl: `${link}?back`
            },
            idempotencyKey
          )
      })
      return { sessionId: session.id, expiresAt: session.expiresAt.toISOString() }
    }
  })
  const created = await unlessAmountRefused(creating)
  if (created === null) return noSuchAmount()
  const { sessionId, expiresAt } = created.response
  const opened = { invoiceId, attempt, sessionId, customerId, amount: balance, currency: draft.currency, expiresAt }
  await record(deps, cause, `opened/${attempt}`, invoiceId, (known) => noteOpened(known, opened))
  const { url } = await stripe.session(sessionId)
  return url === null ? { kind: 'done' } : { kind: 'open', url }
}

/** Stripe takes no less than half a dollar or what is about as much, and not without end. */
const AMOUNT_REFUSED: ReadonlySet<string> = new Set(['STRIPE_AMOUNT_TOO_SMALL', 'STRIPE_AMOUNT_TOO_LARGE'])

async function unlessAmountRefused<T>(creating: Promise<T>): Promise<T | null> {
  try {
    return await creating
  } catch (error) {
    if (error instanceof PermanentError && AMOUNT_REFUSED.has(error.code)) return null
    throw error
  }
}

/** The person's customer at Stripe: one, found by our id of the person before it is made. */
async function customerAt(
  { effects }: BillingDeps,
  stripe: StripeClient,
  personId: string,
  { email, name }: InvoiceCustomer
): Promise<string> {
  const key = `customer:${personId}`
  const find = () => stripe.findCustomer(personId, email)
  const { response } = await effects.run<{ customerId: string }>({
    key,
    vendor: 'stripe',
    operation: 'create-customer',
    digest: requestDigest({ personId }),
    policy: 'vendor-key',
    perform: async () => {
      const found = await find()
      const create = (idempotencyKey: string) => stripe.createCustomer({ personId, email, name }, idempotencyKey)
      return { customerId: found ?? (await createOnce(`leadlog:${key}`, { find, create })) }
    }
  })
  return response.customerId
}

async function record(
  { log }: BillingDeps,
  cause: RecordedEvent,
  what: string,
  invoiceId: string,
  decide: (invoice: Invoice) => ReturnType<typeof noteOpened>
): Promise<void> {
  await log.transact({
    cause: { id: derivedId('checkout', invoiceId, what), correlationId: cause.correlationid },
    handler: 'billing-checkout',
    actor: 'service:billing',
    load: [invoiceRef(invoiceId)],
    decide: ([history]) => decide(invoiceOf(history?.events ?? []))
  })
}
