import fc from 'fast-check'
import t from 'tap'
import { fromStripeAmount, toStripeAmount } from '../amount.ts'
import { keptOfEvent } from './kept-of-event.ts'

const CARD = '4242424242424242'
const INVOICE = '0d9f1d0e-0001-5000-8000-4242424242ff'

void t.test('of a session and a charge only what is read is kept', async (t) => {
  const session = {
    id: 'evt_1',
    object: 'event',
    type: 'checkout.session.completed',
    api_version: '2026-10-28.endive',
    created: 1_795_022_461,
    livemode: false,
    request: { id: null, idempotency_key: 'k' },
    data: {
      object: {
        id: 'cs_test_1',
        object: 'checkout.session',
        amount_total: 49_900,
        client_reference_id: CARD,
        currency: 'usd',
        customer: { id: 'cus_1', email: 'marco.ellison@example.org' },
        customer_details: { name: 'Marco Ellison', phone: '+14155550142' },
        metadata: { leadlog_invoice: INVOICE, note: CARD },
        payment_intent: 'pi_1',
        payment_status: 'paid',
        status: 'complete'
      },
      previous_attributes: { amount_total: 1 }
    }
  }
  t.strictSame(keptOfEvent(session), {
    id: 'evt_1',
    object: 'event',
    type: 'checkout.session.completed',
    api_version: '2026-10-28.endive',
    created: 1_795_022_461,
    livemode: false,
    data: {
      object: {
        id: 'cs_test_1',
        object: 'checkout.session',
        status: 'complete',
        payment_status: 'paid',
        amount_total: 49_900,
        currency: 'usd',
        client_reference_id: null,
        customer: 'cus_1',
        payment_intent: 'pi_1',
        metadata: { leadlog_invoice: INVOICE }
      }
    }
  })
  const unread = {
    id: 'evt_2',
    type: 'payment_method.attached',
    data: { object: { id: 'pm_1', object: 'payment_method', card: { last4: '4242' } } }
  }
  t.strictSame(keptOfEvent(unread), {
    id: 'evt_2',
    type: 'payment_method.attached',
    data: { object: { id: 'pm_1', object: 'payment_method' } }
  })
  const refund = {
    id: 're_1',
    object: 'refund',
    amount: 500,
    currency: 'usd',
    charge: 'ch_1',
    payment_intent: 'pi_1',
    status: 'failed',
    failure_reason: 'lost_or_stolen_card',
    metadata: { leadlog_refund: INVOICE }
  }
  const details = { card: { reference: CARD }, type: 'card' }
  const failed = { id: 'evt_3', type: 'refund.failed' }
  const noted = { ...refund, metadata: { ...refund.metadata, note: CARD }, destination_details: details }
  t.strictSame(keptOfEvent({ ...failed, data: { object: noted } }), { ...failed, data: { object: refund } })
  t.strictSame(keptOfEvent(null), { data: { object: {} } })
})

void t.test("no card's number gets in, wherever it stands", async () => {
  const leaf = fc.oneof(
    fc.constantFrom<unknown>(
      CARD,
      Number(CARD),
      '4242 4242 4242 4242',
      '4242-4242-4242-4242',
      `pi_${CARD}`,
      'cs_4242_4242_4242_4242',
      { number: CARD },
      [CARD],
      { id: CARD },
      true,
      null,
      7
    )
  )
  const names = [
    'id',
    'object',
    'status',
    'payment_status',
    'mode',
    'amount_total',
    'amount',
    'amount_refunded',
    'currency',
    'client_reference_id',
    'customer',
    'payment_intent',
    'created',
    'expires_at',
    'charge',
    'failure_reason',
    'refunded',
    'payment_method_details',
    'card',
    CARD
  ]
  const record = fc.dictionary(fc.constantFrom(...names), leaf)
  const object = fc
    .tuple(fc.constantFrom('checkout.session', 'charge', 'refund', 'dispute', 'customer', CARD), record, record)
    .map(([kind, fields, metadata]) => ({ ...fields, object: kind, metadata: { ...metadata, leadlog_invoice: CARD } }))
  fc.assert(
    fc.property(record, object, (event, inside) => {
      const kept = JSON.stringify(keptOfEvent({ ...event, data: { object: inside } }))
      return !/4242/.test(kept)
    }),
    { numRuns: 500 }
  )
})

void t.test('amounts as Stripe counts them, there and back', async (t) => {
  t.equal(toStripeAmount(49_900, 'USD', 2), 49_900)
  t.equal(toStripeAmount(500, 'JPY', 0), 500)
  t.equal(toStripeAmount(500, 'ISK', 0), 50_000, 'which has no smaller unit but is counted in hundredths')
  t.equal(toStripeAmount(5, 'UGX', 0), 500, 'as the special cases of the documentation have it')
  t.equal(toStripeAmount(80_045, 'TWD', 2), 80_045, 'whole in payouts only')
  t.equal(toStripeAmount(1_045, 'HUF', 2), 1_045)
  for (const currency of 'BIF CLP DJF GNF JPY KMF KRW PYG RWF VND VUV XAF XOF XPF'.split(' ')) {
    t.equal(toStripeAmount(500, currency, 0), 500, currency)
  }
  for (const currency of 'BHD JOD OMR TND'.split(' ')) t.equal(toStripeAmount(5_120, currency, 3), 5_120, currency)
  t.equal(toStripeAmount(1_230, 'KWD', 3), 1_230)
  t.equal(toStripeAmount(1_234, 'KWD', 3), null, 'the last digit must be 0')
  t.equal(toStripeAmount(1_200, 'MGA', 2), 12)
  t.equal(toStripeAmount(1_250, 'MGA', 2), null)
  t.equal(fromStripeAmount(50_000, 'ISK', 0), 500)
  t.equal(fromStripeAmount(12, 'MGA', 2), 1_200)
  t.equal(fromStripeAmount(50_050, 'ISK', 0), null)
})
