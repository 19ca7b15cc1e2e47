import {
  EffectSimulated,
  PaymentRefunded,
  PermanentError,
  RefundMade,
  RefundRefused,
  RefundRequested
} from '@leadlog/contracts'
import { digitsOf } from '@leadlog/invoicing'
import { requestDigest } from '@leadlog/outbound'
import { defineReactor } from '@leadlog/service'
import {
  createOnce,
  fromStripeAmount,
  isKeyRefused,
  toStripeAmount,
  type StripeClient,
  type StripeRefund
} from '@leadlog/stripe'
import type { BillingDeps } from '../deps.ts'
import { noteSimulated } from '../dry-run/note-simulated.ts'
import { waitsForStripe } from '../errors.ts'
import { invoiceOf, invoiceRef, type Refund } from '../invoice/invoice.ts'
import { noteRefundAnswer, type RefundAnswer } from './refund.ts'

/** Money was set aside to go back → it goes back at Stripe, once; or Stripe says why not. */
export const makeRefunds = defineReactor({
  name: 'make-refunds',
  on: [RefundRequested],
  emits: [RefundMade, RefundRefused, PaymentRefunded, EffectSimulated],
  concurrency: 8,
  handle: async ({ data: refund, time }, deps: BillingDeps, context) => {
    const ref = invoiceRef(refund.invoiceId)
    const at = (): string => context.clock.now().toISOString()
    if (invoiceOf((await context.load(ref)).events).settledRefunds.has(refund.refundId)) return
    if (deps.dryRun) {
      const { amount, currency, refundId, paymentId } = refund
      const simulated = { effect: 'refund' as const, refundId, paymentId, amount, currency, at: at() }
      await context.transact({
        load: [ref],
        decide: ([history]) => noteSimulated(invoiceOf(history?.events ?? []), simulated)
      })
      return
    }
    if (deps.stripe === null) throw waitsForStripe('A refund waits')
    const answer = await refundAtStripe(deps, deps.stripe, refund, new Date(time))
    await context.transact({
      load: [ref],
      decide: ([history]) => noteRefundAnswer(invoiceOf(history?.events ?? []), refund, answer, at())
    })
  }
})

/**
 * One refund for each request, whatever dies in between. It carries our id, by which an unknown outcome is looked up; within the
 * day in which Stripe knows the idempotency key, a call that is still on its way is the same refund, too.
 */
async function refundAtStripe(
  { effects }: BillingDeps,
  stripe: StripeClient,
  { refundId, paymentId, amount, currency, stripe: { paymentIntentId } }: Refund,
  causedAt: Date
): Promise<RefundAnswer> {
  const theirs = toStripeAmount(amount, currency, digitsOf(currency))
  if (paymentIntentId === null || theirs === null) return { kind: 'refused', code: 'BILLING_AMOUNT_NOT_AT_STRIPE' }
  const key = `refund:${refundId}`
  const metadata = { leadlog_refund: refundId }
  const find = () => stripe.findRefund(paymentIntentId, metadata)
  try {
    const { response } = await effects.run<StripeRefund>({
      key,
      vendor: 'stripe',
      operation: 'create-refund',
      digest: requestDigest({ refundId, paymentId, amount, currency }),
      policy: 'look-up',
      causedAt,
      reconcile: async () => {
        const found = await find()
        return found === null ? { found: false } : { found: true, response: found }
      },
      perform: () =>
        createOnce(`leadlog:${key}`, {
          find,
          create: (idempotencyKey) => stripe.createRefund({ paymentIntentId, amount: theirs, metadata }, idempotencyKey)
        })
    })
    if (response.status === 'failed' || response.status === 'canceled')
      return { kind: 'refused', code: 'STRIPE_REFUND_FAILED' }
    return {
      kind: 'made',
      madeAt: response.createdAt ?? causedAt.toISOString(),
      stripeRefundId: response.id,
      status: response.status === 'succeeded' ? 'succeeded' : 'pending',
      refunded: fromStripeAmount(response.refundedInAll, currency, digitsOf(currency)) ?? amount
    }
  } catch (error) {
    // Stripe's last word on this refund; a key that is refused is about us.
    if (error instanceof PermanentError && error.code.startsWith('STRIPE_') && !isKeyRefused(error)) {
      return { kind: 'refused', code: error.code }
    }
    throw error
  }
}
