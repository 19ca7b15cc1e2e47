import {
  CustomerDeleted,
  derivedId,
  EffectSimulated,
  isEvent,
  newEvent,
  PaymentRefunded,
  PersonErased,
  RefundFailed,
  RefundMade,
  RefundPayment,
  RefundRefused,
  RefundRequested,
  SaveInvoice,
  SendInvoice,
  SettleParkedPayment,
  testIntegrations,
  type EventDefinition
} from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import t from 'tap'
import { openShop, someInvoice, type Shop } from './fixtures/shop.ts'
import { refundable } from './refund/refund.ts'

const sumOf = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0)

function desk(shop: Shop) {
  const { store, desk: bank } = shop.state.stripe
  const sent = async (): Promise<string> => {
    const { invoiceId } = await shop.command(SaveInvoice, someInvoice)
    await shop.command(SendInvoice, { invoiceId: String(invoiceId), mail: false })
    return String(invoiceId)
  }
  const paid = async (amount?: number) => {
    const invoiceId = await sent()
    const { sid } = await eventually(() => store.sessions.list().find(({ reference }) => reference === invoiceId))
    const intent = bank.pay(sid, amount === undefined ? {} : { amount })?.intent ?? ''
    const [paymentId = ''] = await eventually(async () => {
      const keys = [...(await shop.invoice(invoiceId)).money.keys()]
      return keys.length > 0 ? keys : null
    })
    return { invoiceId, paymentId, intent }
  }
  const told = async (invoiceId: string, definition: EventDefinition) =>
    (await shop.history(invoiceId)).filter((event) => isEvent(event, definition))
  const settled = (invoiceId: string, count: number) =>
    eventually(async () => (await shop.invoice(invoiceId)).settledRefunds.size === count)
  return { store, bank, sent, paid, told, settled }
}

void t.test('money goes back at Stripe, once and never more than was paid', async (t) => {
  const shop = await openShop(t)
  const { store, bank, paid, told, settled } = desk(shop)
  shop.state.stripe.sender.configure({ url: shop.webhookUrl, duplicates: 1, twins: true, shuffleMs: 300 })

  await t.test('command and webhook agree; what was rejected goes back whole', async (t) => {
    const { invoiceId, paymentId } = await paid()
    const order = { invoiceId, paymentId, amount: 4_329, reason: 'goodwill' as const }
    t.match(await shop.command(RefundPayment, order, 'a'), { amount: 4_329, currency: 'USD', left: 50_000 })
    t.match(await shop.command(RefundPayment, order, 'a'), { left: 50_000 }, 'the same command is one refund')
    await settled(invoiceId, 1)
    t.match(await shop.command(RefundPayment, { ...order, amount: 50_001 }), { code: 'BILLING_REFUND_TOO_LARGE' })
    await eventually(() => shop.state.stripe.sender.waiting() === 0)
    t.equal((await told(invoiceId, PaymentRefunded)).length, 1)
    t.match(await told(invoiceId, RefundMade), [{ data: { amount: 4_329, status: 'succeeded' } }])
    t.match(store.refunds.list(), [{ amount: 4_329 }])

    const [refund] = store.refunds.list()
    bank.failRefund(refund?.sid ?? '')
    await eventually(async () =>
      (await shop.invoice(invoiceId)).settledRefunds.has(String(refund?.metadata['leadlog_refund']))
    )
    await eventually(async () => (await told(invoiceId, RefundFailed)).length === 1)
    await eventually(() => shop.state.stripe.sender.waiting() === 0)
    t.match(await told(invoiceId, RefundFailed), [
      {
        data: {
          amount: 4_329,
          refunded: 0,
          refundId: refund?.metadata['leadlog_refund'],
          reason: 'lost_or_stolen_card'
        }
      }
    ])
    t.equal(refundable(await shop.invoice(invoiceId), paymentId), 54_329, 'it can be given back again')

    const odd = await paid(100)
    t.match(
      await shop.command(RefundPayment, { invoiceId: odd.invoiceId, paymentId: odd.paymentId, reason: 'mistake' }),
      {
        code: 'BILLING_PAYMENT_PARKED'
      }
    )
    await shop.command(SettleParkedPayment, { invoiceId: odd.invoiceId, paymentId: odd.paymentId, decision: 'reject' })
    t.match(
      await shop.command(RefundPayment, { invoiceId: odd.invoiceId, paymentId: odd.paymentId, reason: 'mistake' }),
      {
        amount: 100,
        left: 0
      }
    )
    await settled(odd.invoiceId, 1)
  })

  await t.test('many ask at the same time for more than there is, while Stripe fails in every way', async (t) => {
    const { invoiceId, paymentId, intent } = await paid()
    shop.state.faults.set([
      {
        vendor: 'stripe',
        route: 'POST /v1/refunds',
        kind: ['drop-after', '500', '503', '429', 'reset'],
        probability: 0.4
      },
      { vendor: 'stripe', route: 'POST /v1/refunds', kind: 'error', code: 'acted', probability: 0.3, seed: 'acted' }
    ])
    const before = store.refunds.list().length
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        shop.command(RefundPayment, { invoiceId, paymentId, amount: 9_000, reason: 'other' }, `many ${index}`)
      )
    )
    const refused = answers.filter(({ code }) => code === 'BILLING_REFUND_TOO_LARGE')
    t.equal(refused.length, 6, 'six of 90.00 fit into 543.29')
    await settled(invoiceId, 6)
    shop.state.faults.set([])
    await eventually(() => shop.state.stripe.sender.waiting() === 0)
    const made = store.refunds.list().slice(0, store.refunds.list().length - before)
    t.equal(made.length, 6, 'each once')
    t.equal(sumOf(made.map(({ amount }) => amount)), 54_000)
    await eventually(async () => (await shop.invoice(invoiceId)).refunded.get(paymentId) === 54_000)
    t.equal(refundable(await shop.invoice(invoiceId), paymentId), 329)

    // Somebody gives the rest back in Stripe's dashboard, and its webhook is still on the way.
    shop.state.stripe.sender.configure({})
    bank.refund(intent, 329)
    t.match(await shop.command(RefundPayment, { invoiceId, paymentId, reason: 'other' }), { amount: 329 })
    await settled(invoiceId, 7)
    t.match(await told(invoiceId, RefundRefused), [{ data: { code: 'STRIPE_CHARGE_ALREADY_REFUNDED' } }])
  })

  await t.test('the account is shown with its mode; the customer of an erased person is deleted', async (t) => {
    const result = await shop.command(testIntegrations('billing'), { vendor: 'stripe' })
    t.match(result, {
      integrations: [
        {
          vendor: 'stripe',
          because: /test mode: no money moves/,
          secrets: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
          test: { ok: true, words: /Account acct_\w+ \("Fictional Workshops"\) in test mode may take payments/ }
        }
      ]
    })
    shop.state.faults.set([{ vendor: 'stripe', route: 'GET /v1/account', kind: 'error', code: '401', count: 1 }])
    t.match(await shop.command(testIntegrations('billing'), { vendor: 'stripe' }), {
      integrations: [{ test: { ok: false, code: 'STRIPE_KEY_REFUSED' } }]
    })
    const [customer] = store.customers.list()
    const personId = String(customer?.metadata['leadlog_person'])
    shop.state.faults.set([{ vendor: 'stripe', route: 'DELETE /v1/customers', kind: 'drop-after', count: 1 }])
    const erasure = {
      personId,
      erasureId: derivedId('erasure', personId),
      leadId: personId,
      meetingIds: [],
      crmWriteIds: [],
      callIds: [],
      callerIds: [],
      stripeCustomerIds: [customer?.sid ?? ''],
      eventIds: []
    }
    await shop.log.transact({
      cause: { id: erasure.erasureId, correlationId: erasure.erasureId },
      handler: 'test',
      actor: 'user:test',
      load: [{ context: 'privacy', aggregate: 'person', id: personId }],
      decide: () => [newEvent(PersonErased, personId, erasure)]
    })
    const ref = { context: 'billing', aggregate: 'customer', id: personId }
    await eventually(async () => (await shop.log.load(ref)).events.length > 0)
    t.match((await shop.log.load(ref)).events, [
      { type: CustomerDeleted.type, data: { customerId: customer?.sid, erasureId: erasure.erasureId } }
    ])
    t.equal(store.customers.list().length, 0)
  })
})

void t.test('in a DRY_RUN nothing is called and nothing is mailed; what would be is recorded', async (t) => {
  const shop = await openShop(t, true, { DRY_RUN: 'true' })
  const { invoiceId } = await shop.command(SaveInvoice, someInvoice)
  const id = String(invoiceId)
  t.match(await shop.command(SendInvoice, { invoiceId: id, mail: true }), { number: /^INV-/ })
  const simulated = async () =>
    (await shop.history(id)).flatMap((event) => (isEvent(event, EffectSimulated) ? [event.data] : []))
  await eventually(async () => (await simulated()).length === 2)
  t.match((await simulated()).map(({ effect, amount }) => `${effect} ${amount}`).sort(), [
    'mail-invoice 54329',
    'open-checkout 54329'
  ])
  t.match(await shop.command(testIntegrations('billing'), {}), {
    integrations: [{ because: /^DRY_RUN: nothing is called; the key is of test mode/ }]
  })
  t.match(await shop.command(RefundPayment, { invoiceId: id, paymentId: 'p', reason: 'other' }), {
    code: 'BILLING_PAYMENT_UNKNOWN'
  })
  t.equal((await shop.history(id)).filter((event) => isEvent(event, RefundRequested)).length, 0)
  t.strictSame(shop.state.journal.list({ vendor: 'stripe' }), [], 'Stripe heard nothing')
  t.strictSame(shop.state.mailbox.list(), [])
})
