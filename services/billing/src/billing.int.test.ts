import {
  CheckoutEnded,
  CheckoutOpened,
  ERASED,
  InvoiceMailed,
  InvoiceOverdue,
  isEvent,
  IssueCreditNote,
  MailInvoice,
  PaymentDisputed,
  PaymentRefunded,
  RecordPayment,
  SaveCatalogueItem,
  SaveInvoice,
  SendInvoice,
  SettleParkedPayment,
  VoidInvoice,
  WebhookReceived,
  type CommandData,
  type EventDefinition
} from '@leadlog/contracts'
import { openKeyring, parseMasterKey } from '@leadlog/keyring'
import { createLogger } from '@leadlog/service'
import { FICTIONAL_CARD } from '@leadlog/simulators'
import { eventually } from '@leadlog/testing'
import t from 'tap'
import { openShop, someInvoice, type Shop } from './fixtures/shop.ts'
import { statusOf } from './invoice/invoice.ts'

type Draft = CommandData<typeof SaveInvoice>

function desk(shop: Shop) {
  const { store, desk: bank } = shop.state.stripe
  const sent = async (draft: Draft = someInvoice, mail = false): Promise<string> => {
    const { invoiceId } = await shop.command(SaveInvoice, draft)
    await shop.command(SendInvoice, { invoiceId: String(invoiceId), mail })
    return String(invoiceId)
  }
  const session = (invoiceId: string) =>
    eventually(() =>
      store.sessions.list().find(({ reference, status }) => reference === invoiceId && status === 'open')
    )
  const opened = async (invoiceId: string): Promise<string> => {
    const { sid } = await session(invoiceId)
    await has(invoiceId, CheckoutOpened)
    return sid
  }
  const has = (invoiceId: string, definition: EventDefinition, count = 1) =>
    eventually(
      async () => (await shop.history(invoiceId)).filter((event) => isEvent(event, definition)).length >= count
    )
  const is = (invoiceId: string, status: string) =>
    eventually(async () => statusOf(await shop.invoice(invoiceId)) === status, { describe: status })
  return { sent, opened, has, is, bank, store }
}

void t.test('invoices from the catalogue to the payment', async (t) => {
  const shop = await openShop(t)
  const { sent, opened, has, is, bank, store } = desk(shop)
  shop.state.stripe.sender.configure({ url: shop.webhookUrl, duplicates: 1 })

  await t.test('a catalogue item, an invoice of it, a mail with PDF and link, a payment', async (t) => {
    const item = { name: 'Workshop', unitPrice: 49_900, currency: 'USD', taxRate: '8.875' }
    const { itemId } = await shop.command(SaveCatalogueItem, item)
    t.match(await shop.command(SaveCatalogueItem, { ...item, itemId: String(itemId), unitPrice: 50_000 }), {
      version: 2
    })
    const draft = { ...someInvoice, lines: [{ itemId: String(itemId), quantity: '2' }] }
    const invoiceId = await sent(draft, true)
    t.match(await shop.invoice(invoiceId), {
      sent: { number: `INV-${new Date().getUTCFullYear()}-00001` },
      draft: { texts: ['Workshop'], totals: { net: 100_000, tax: 8_875, total: 108_875 } }
    })
    await has(invoiceId, InvoiceMailed)
    const [mail] = shop.state.mailbox.list('marco.ellison@example.org')
    t.match(mail, { subject: /^Invoice INV-\d{4}-00001 of Leadlog$/, text: /1,088\.75 USD are to be paid/ })
    const link = /https:\/\/pay\.leadlog\.example\.com(\/pay\/\S+)/.exec(mail?.text ?? '')?.[1] ?? ''
    const sid = await opened(invoiceId)
    t.match(store.sessions.get(sid), { amount: 108_875, currency: 'usd', reference: invoiceId })
    const follow = (path: string) => fetch(`${shop.url()}${path}`, { redirect: 'manual' })
    const pay = await follow(link)
    t.equal(pay.status, 303)
    t.match(pay.headers.get('location'), sid)
    const back = await follow(new URL(store.sessions.get(sid)?.cancelUrl ?? '').href.replace(/^https:\/\/[^/]+/, ''))
    t.equal(back.status, 200, 'who goes back from the page is not sent there again')
    t.match(await back.text(), /is not paid yet/)
    t.equal((await follow(link.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).status, 404)
    const pdf = await follow(`${link}/invoice.pdf`)
    const bytes = Buffer.from(await pdf.arrayBuffer())
    t.match(pdf.headers.get('content-type'), 'application/pdf')
    t.equal(bytes.subarray(0, 5).toString(), '%PDF-')
    t.ok(
      bytes.equals(Buffer.from(await (await follow(`${link}/invoice.pdf`)).arrayBuffer())),
      'the same bytes each time'
    )
    bank.pay(sid)
    await is(invoiceId, 'paid')
    t.match(await (await follow(link)).text(), /is paid/)
    t.match(await shop.command(MailInvoice, { invoiceId }), { invoiceId })
    t.equal(shop.state.mailbox.list('marco.ellison@example.org').length, 2)
    t.equal(store.customers.list().length, 1)
  })

  await t.test('a page that expired is followed by another; a bank debit is paid when the money comes', async (t) => {
    const invoiceId = await sent()
    const first = await opened(invoiceId)
    bank.expire(first)
    await has(invoiceId, CheckoutEnded)
    const link = `/pay/${invoiceId}/${await tokenOf(shop, invoiceId)}`
    const again = await fetch(`${shop.url()}${link}`, { redirect: 'manual' })
    t.equal(again.status, 303)
    const second = await opened(invoiceId)
    t.not(second, first)
    t.match((await shop.invoice(invoiceId)).checkouts, [{ attempt: 1 }, { attempt: 2 }])
    bank.pay(second, { later: true })
    await eventually(() => shop.state.stripe.sender.waiting() === 0)
    t.equal(statusOf(await shop.invoice(invoiceId)), 'sent', 'completed is not paid')
    t.match(await (await fetch(`${shop.url()}${link}`, { redirect: 'manual' })).text(), /on its way/)
    bank.settle(second, true)
    await is(invoiceId, 'paid')
    const refused = await sent()
    const page = await opened(refused)
    bank.pay(page, { later: true })
    bank.settle(page, false)
    await has(refused, CheckoutEnded)
    t.equal((await shop.invoice(refused)).payments.size, 0)
    t.equal(store.customers.list().length, 1, 'one customer for all invoices')
  })

  await t.test('another amount or currency waits for a person; refunds and disputes are told', async (t) => {
    const invoiceId = await sent()
    const sid = await opened(invoiceId)
    bank.pay(sid, { amount: 100 })
    const [paymentId, parked] = await eventually(async () => [...(await shop.invoice(invoiceId)).parked][0])
    t.match(parked, { reason: 'amount-differs', amount: 100, expected: 54_329, currency: 'USD' })
    t.match(await shop.command(SettleParkedPayment, { invoiceId, paymentId, decision: 'accept' }), {
      decision: 'accept'
    })
    t.match(
      await shop.command(RecordPayment, { invoiceId, amount: 54_229, currency: 'USD', method: 'bank-transfer' }),
      { balance: 0 }
    )
    await is(invoiceId, 'paid')
    const other = await sent()
    const page = await opened(other)
    const intent = bank.pay(page)?.intent ?? ''
    bank.refund(intent, 300)
    bank.refund(intent, 200)
    const disputeId = bank.dispute(intent) ?? ''
    await has(other, PaymentDisputed)
    bank.closeDispute(disputeId, false)
    await has(other, PaymentDisputed, 2)
    await eventually(async () => [...(await shop.invoice(other)).refunded.values()][0] === 500)
    t.ok((await shop.history(other)).filter((event) => isEvent(event, PaymentRefunded)).length <= 2)
    t.match(
      await shop.command(IssueCreditNote, { invoiceId: other, lines: [{ line: 1, total: 500 }], reason: 'goodwill' }),
      { number: /^CN-\d{4}-00001$/, total: 500 }
    )
  })

  await t.test('what is void, or due, or not there', async (t) => {
    const invoiceId = await sent()
    const sid = await opened(invoiceId)
    t.match(await shop.command(VoidInvoice, { invoiceId, reason: 'mistake' }), { invoiceId })
    await eventually(() => store.sessions.get(sid)?.status === 'expired')
    const due = await sent({ ...someInvoice, dueDays: 0 })
    await has(due, InvoiceOverdue)
    t.equal(statusOf(await shop.invoice(due)), 'overdue')
    t.match(await shop.command(SendInvoice, { invoiceId: due }), { code: 'BILLING_INVOICE_NOT_DRAFT' })
    t.match(await shop.command(SendInvoice, { invoiceId: 'nobody' }), { code: 'BILLING_INVOICE_UNKNOWN' })
  })

  await t.test('no card data is in the log, not even in the raw webhooks, and no names are in those', async (t) => {
    await eventually(() => shop.state.stripe.sender.waiting() === 0)
    const told = JSON.stringify(store.events.list())
    const personal = ['Marco Ellison', 'marco.ellison', '1 Fictional Way', '+14155550142']
    const secrets = [FICTIONAL_CARD.last4, FICTIONAL_CARD.fingerprint, FICTIONAL_CARD.brand]
    t.ok(
      [...secrets, ...personal].every((text) => told.includes(text)),
      'Stripe did tell it'
    )
    const keyring = await openKeyring({
      connection: shop.log.connection,
      masterKey: parseMasterKey(shop.environment['LEADLOG_MASTER_KEY'] ?? ''),
      logger: createLogger({ service: 'test', level: 'silent' })
    })
    t.teardown(() => keyring.close())
    const webhooks = (await eventsOf(shop, 'INGEST')).filter((event) => isEvent(event, WebhookReceived))
    t.ok(webhooks.length > 8)
    for (const { id, data } of webhooks) {
      const opened = await keyring.openBytes(data.keyId, data.body, `webhook/${id}`)
      const raw = opened === ERASED ? '' : Buffer.from(opened).toString('utf8')
      t.match(raw, /"evt_/)
      for (const text of [...secrets, ...personal]) t.notMatch(raw, text)
    }
    const all = JSON.stringify((await eventsOf(shop, 'EVENTS')).map(({ data }) => data))
    for (const text of secrets) t.notMatch(all, new RegExp(`"[^"]*${text}[^"]*"`, 'i'))
    t.equal(await shop.log.getLast('DEAD_LETTERS', 'dead.billing.follow-stripe'), null)
  })
})

async function tokenOf(shop: Shop, invoiceId: string): Promise<string> {
  const keyring = await openKeyring({
    connection: shop.log.connection,
    masterKey: parseMasterKey(shop.environment['LEADLOG_MASTER_KEY'] ?? ''),
    logger: createLogger({ service: 'test', level: 'silent' })
  })
  try {
    return keyring.fingerprint('pay', invoiceId)
  } finally {
    keyring.close()
  }
}

async function eventsOf(shop: Shop, stream: 'EVENTS' | 'INGEST') {
  const request = { stream, fromSequence: 1, maxEvents: 5_000, maxWaitMs: 200, signal: AbortSignal.timeout(10_000) }
  for await (const { events } of shop.log.batches(request)) return events
  return []
}
