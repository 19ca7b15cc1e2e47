import t from 'tap'
import { translateEvent } from './translate-event.ts'

const INVOICE = '0d9f1d0e-0001-5000-8000-000000000001'

const told = (type: string, object: Record<string, unknown>) =>
  translateEvent({ id: 'evt_1', type, created: 1_795_017_605, data: { object } })

const session = {
  id: 'cs_1',
  object: 'checkout.session',
  payment_status: 'paid',
  amount_total: 49_900,
  currency: 'usd',
  payment_intent: 'pi_1',
  metadata: { leadlog_invoice: INVOICE }
}

void t.test('a payment of ours is read; one that lacks what it must have is said to', (t) => {
  t.match(told('checkout.session.completed', session), {
    kind: 'paid',
    payment: { invoiceId: INVOICE, amount: 49_900, currency: 'USD', at: '2026-11-18T16:00:05.000Z' }
  })
  t.equal(told('checkout.session.completed', { ...session, payment_status: 'unpaid' }), null)
  t.throws(() => told('checkout.session.completed', { ...session, amount_total: null }), {
    code: 'BILLING_PAYLOAD_INVALID'
  })
  t.throws(() => told('checkout.session.completed', { ...session, currency: 'xxx' }), {
    code: 'BILLING_PAYLOAD_INVALID'
  })
  t.end()
})

void t.test('what others sell through the same account is nothing of ours, whatever it lacks', (t) => {
  const foreign = { id: 'cs_2', object: 'checkout.session' }
  const setup = { ...foreign, payment_status: 'no_payment_required', amount_total: null, currency: null, metadata: {} }
  for (const type of ['completed', 'async_payment_succeeded', 'async_payment_failed', 'expired']) {
    t.equal(told(`checkout.session.${type}`, setup), null, type)
    t.equal(told(`checkout.session.${type}`, { ...setup, metadata: null }), null, type)
  }
  const charge = { id: 'ch_1', object: 'charge', amount_refunded: 100, currency: 'usd' }
  t.equal(told('charge.refunded', { ...charge, payment_intent: null, metadata: {} }), null)
  const dispute = { id: 'du_1', object: 'dispute', amount: 100, currency: 'usd', status: 'needs_response' }
  t.equal(told('charge.dispute.created', { ...dispute, payment_intent: null }), null)
  t.equal(told('charge.dispute.closed', dispute), null)
  t.end()
})

void t.test('a refund that failed is read from each event that tells of it; one that did not is no news', (t) => {
  const refund = {
    id: 're_1',
    object: 'refund',
    amount: 500,
    currency: 'usd',
    payment_intent: 'pi_1',
    status: 'failed',
    failure_reason: 'lost_or_stolen_card',
    metadata: { leadlog_refund: INVOICE }
  }
  for (const type of ['refund.failed', 'refund.updated', 'charge.refund.updated']) {
    t.match(told(type, refund), {
      kind: 'refund-failed',
      paymentIntentId: 'pi_1',
      failed: { stripeRefundId: 're_1', refundId: INVOICE, amount: 500, currency: 'USD', reason: 'lost_or_stolen_card' }
    })
    t.equal(told(type, { ...refund, status: 'succeeded' }), null)
    t.equal(told(type, { ...refund, payment_intent: null }), null, 'of a charge without a payment')
  }
  const { metadata: _ours, failure_reason: _why, ...bare } = refund
  t.match(told('refund.updated', { ...bare, status: 'canceled' }), { failed: { refundId: null, reason: 'canceled' } })
  t.end()
})
