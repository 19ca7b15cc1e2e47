import { join } from 'node:path'
import {
  InvoicePaid,
  isEvent,
  NumberTaken,
  PaymentRecorded,
  RefundMade,
  RefundPayment,
  RefundRefused,
  SaveInvoice,
  SendInvoice,
  SettleParkedPayment,
  type CommandData
} from '@leadlog/contracts'
import { fromStripeAmount } from '@leadlog/stripe'
import { eventually, startProcesses } from '@leadlog/testing'
import t from 'tap'
import { openShop } from './fixtures/shop.ts'
import { owed, statusOf, sum, type Invoice } from './invoice/invoice.ts'
import { digitsOf } from '@leadlog/invoicing'
import { seriesOf } from './numbering/series.ts'

/* As many as the suite has time for; `TAP_TIMEOUT=0 node services/billing/src/many-invoices.int.test.ts 200 30` does 200 with 30 kills. */

const COUNT = Number(process.argv[2] ?? 16)
const KILLS = Number(process.argv[3] ?? 3)
const CURRENCIES = ['USD', 'JPY', 'KWD', 'EUR']
const WITHIN = { within: 600_000, every: 200 }

function draftOf(index: number): CommandData<typeof SaveInvoice> {
  const person = index % Math.ceil(COUNT / 4)
  return {
    customer: { name: `Person ${person}`, email: `person${person}@example.org` },
    currency: CURRENCIES[index % CURRENCIES.length] ?? 'USD',
    lines: [
      {
        description: 'Hours',
        quantity: `${1 + (index % 7)}.5`,
        unitPrice: 10_000 + index * 20,
        taxRate: index % 4 === 2 ? '0' : '8.875'
      },
      { description: 'Fee', quantity: '1', unitPrice: 3_330, taxRate: '0', discount: { kind: 'amount', amount: 30 } }
    ],
    // Stripe takes no single fils; the whole is a multiple of ten there.
    ...(index % 4 === 2 ? {} : { discount: { kind: 'percent', percent: '3.3333' } as const })
  }
}

void t.test(`${COUNT} invoices sent and paid at the same time, with ${KILLS} kills`, async (t) => {
  const began = performance.now()
  const shop = await openShop(t, false)
  const { store, desk, sender } = shop.state.stripe
  const processes = startProcesses(join(import.meta.dirname, 'main.ts'), shop.environment, 2)
  t.teardown(() => processes.stop())
  sender.configure({ url: shop.webhookUrl, duplicates: 2, twins: true, shuffleMs: 3_000 })
  const indices = Array.from({ length: COUNT }, (_, index) => index)
  const saved = await Promise.all(indices.map((index) => shop.command(SaveInvoice, draftOf(index), `save ${index}`)))
  const ids = saved.map(({ invoiceId }) => String(invoiceId))
  shop.state.faults.set([
    { vendor: 'stripe', route: 'POST /v1/', kind: ['drop-after', '500', '503', '429', 'reset'], probability: 0.2 },
    { vendor: 'stripe', route: 'POST /v1/', kind: 'error', code: 'acted', probability: 0.1, seed: 'acted' }
  ])
  const killing = processes.kill(KILLS, 1_500)
  const sends = await Promise.all(
    ids.map(async (invoiceId, index) => {
      const order = { invoiceId, mail: false }
      await Promise.all([shop.ask(SendInvoice, order, `send ${index}`), shop.ask(SendInvoice, order, `send ${index}`)])
      return shop.command(SendInvoice, order, `send ${index}`)
    })
  )
  t.ok(sends.every(({ number }) => typeof number === 'string'))

  const ours = (currency: string, amount: number): number =>
    fromStripeAmount(amount, currency, digitsOf(currency)) ?? Number.NaN
  const late = new Set(ids.filter((_, index) => index % 5 === 1))
  const odd = new Set(ids.filter((_, index) => index % 8 === 3))
  const refundedByCommand = new Set(ids.filter((_, index) => index % 3 === 0))
  const refund = async (invoiceId: string): Promise<void> => {
    const [[paymentId, paid] = ['', 0]] = await eventually(async () => {
      const counted = [...(await shop.invoice(invoiceId)).payments]
      return counted.length > 0 ? counted : null
    }, WITHIN)
    // Three ask at the same time, each for more than half, and each of them twice: one gets it.
    const order = { invoiceId, paymentId, amount: Math.floor((paid * 0.6) / 10) * 10, reason: 'goodwill' as const }
    const answers = await Promise.all(
      ['a', 'b', 'c'].map(async (key) => {
        await shop.ask(RefundPayment, order, `refund ${invoiceId} ${key}`)
        return shop.command(RefundPayment, order, `refund ${invoiceId} ${key}`)
      })
    )
    t.equal(answers.filter(({ code }) => code === 'BILLING_REFUND_TOO_LARGE').length, 2, 'no more than was paid')
  }
  const pay = async (invoiceId: string): Promise<void> => {
    const session = await eventually(
      () => store.sessions.list().find(({ reference, status }) => reference === invoiceId && status === 'open'),
      WITHIN
    )
    // More than is owed, which a person accepts; and money that comes later, refunds included.
    const how = odd.has(invoiceId) ? { amount: session.amount + 50 } : { later: late.has(invoiceId) }
    const intent = desk.pay(session.sid, how)?.intent ?? ''
    if (late.has(invoiceId)) desk.settle(session.sid, true)
    desk.refund(intent, 10)
    if (odd.has(invoiceId)) {
      const [paymentId = ''] = await parkedOf(invoiceId)
      await shop.command(SettleParkedPayment, { invoiceId, paymentId, decision: 'accept' }, `settle ${invoiceId}`)
    }
    if (refundedByCommand.has(invoiceId)) await refund(invoiceId)
  }
  const parkedOf = (invoiceId: string): Promise<string[]> =>
    eventually(async () => {
      const keys = [...(await shop.invoice(invoiceId)).parked.keys()]
      return keys.length > 0 ? keys : null
    }, WITHIN)
  await Promise.all(ids.map(pay))
  await killing
  await eventually(() => sender.waiting() === 0, WITHIN)
  const invoices: Invoice[] = []
  for (const id of ids) {
    invoices.push(
      await eventually(async () => {
        const invoice = await shop.invoice(id)
        const charge = store.charges.list().find(({ metadata }) => metadata['leadlog_invoice'] === id)
        const back = ours(invoice.draft?.currency ?? '', charge?.refunded ?? 0)
        const isLevel =
          invoice.settledRefunds.size === invoice.refunds.size && sum(invoice.refunded.values()) === back && back > 0
        return statusOf(invoice) === 'paid' && isLevel && invoice.parked.size === 0 ? invoice : null
      }, WITHIN)
    )
  }

  const series = seriesOf('INV', new Date(invoices[0]?.sent?.issuedAt ?? ''))
  const numbers = (await shop.log.load(series.ref)).events.filter((event) => isEvent(event, NumberTaken))
  t.strictSame(
    numbers.map(({ data }) => data.position),
    indices.map((index) => index + 1),
    'numbers without a gap'
  )
  t.strictSame(numbers.map(({ data }) => data.documentId).sort(), [...ids].sort(), 'one for each invoice')
  const histories = await Promise.all(ids.map(shop.history))
  for (const history of histories) {
    t.equal(history.filter((event) => isEvent(event, PaymentRecorded)).length, 1)
    t.equal(history.filter((event) => isEvent(event, InvoicePaid)).length, 1)
    t.equal(history.filter((event) => isEvent(event, RefundRefused)).length, 0)
  }
  const made = histories.flat().filter((event) => isEvent(event, RefundMade))
  const ownRefunds = store.refunds.list().filter(({ metadata }) => metadata['leadlog_refund'] !== undefined)
  t.equal(made.length, refundedByCommand.size, 'each refund is told once')
  t.strictSame(
    ownRefunds.map(({ metadata }) => metadata['leadlog_refund']).sort(),
    made.map(({ data }) => (data as { refundId: string }).refundId).sort(),
    'and made once at Stripe'
  )
  for (const currency of CURRENCIES) {
    const here = invoices.filter(({ draft }) => draft?.currency === currency)
    const surplus = here.reduce((all, { sent }) => all + (odd.has(sent?.invoiceId ?? '') ? ours(currency, 50) : 0), 0)
    const invoiced = sum(here.map(({ sent }) => sent?.total ?? Number.NaN))
    const recorded = sum(here.flatMap(({ payments }) => [...payments.values()]))
    const charges = store.charges.list().filter((charge) => charge.currency === currency.toLowerCase())
    t.equal(recorded, invoiced + surplus, `${currency}: what was paid is what was invoiced`)
    t.equal(recorded, sum(charges.map(({ amount }) => ours(currency, amount))), `${currency}: and what Stripe took`)
    t.equal(
      sum(here.flatMap(({ refunded }) => [...refunded.values()])),
      sum(charges.map(({ refunded }) => ours(currency, refunded))),
      `${currency}: what went back`
    )
    t.equal(sum(here.map(owed)), -surplus)
  }
  t.equal(store.customers.list().length, new Set(indices.map((index) => draftOf(index).customer.email)).size)
  t.equal(store.sessions.list().length, COUNT, 'one page for each invoice')
  t.equal(await shop.log.getLast('DEAD_LETTERS', 'dead.billing.follow-stripe'), null)
  const delivered = sender.attempts()
  t.comment(
    `${COUNT} invoices, ${KILLS} kills, ${delivered.length} deliveries of ${store.events.list().length} events, ${made.length} refunds by command, ` +
      `${shop.state.journal.list({ vendor: 'stripe' }).length} calls (${shop.state.journal.list({ vendor: 'stripe' }).filter(({ fault }) => fault !== null).length} failed on purpose), ` +
      `${Math.round((performance.now() - began) / 1_000)} s`
  )
})
