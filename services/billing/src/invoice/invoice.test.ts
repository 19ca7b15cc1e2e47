import {
  CreditNoteIssued,
  InvoicePaid,
  InvoiceSent,
  isRefusal,
  NumberTaken,
  PaymentParked,
  PaymentRecorded,
  type CommandData,
  type NewEvent,
  type RecordedEvent,
  type Refusal,
  type SaveInvoice
} from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { lastPage, noteEnded, noteOpened, pagesToClose } from '../checkout/checkout.ts'
import { seriesOf } from '../numbering/series.ts'
import { noteDispute, noteRefund } from '../payment/follow-money.ts'
import { recordPayment, settleParked, takeStripePayment } from '../payment/take-payment.ts'
import { invoiceOf, owed, statusOf, sum } from './invoice.ts'
import { issueCreditNote } from './issue-credit-note.ts'
import { noteOverdue } from './note-overdue.ts'
import { saveDraft } from './save-draft.ts'
import { send } from './send.ts'
import { voidInvoice } from './void-invoice.ts'

const AT = '2026-11-30T10:00:00.000Z'
const LATER = new Date('2026-12-31T10:00:00.000Z')
const invoices = seriesOf('INV', new Date(AT))
const credits = seriesOf('CN', new Date(AT))
const seller = { name: 'Example Ltd', address: [], taxId: null }
const asked: CommandData<typeof SaveInvoice> = {
  customer: { name: 'Marco Ellison', email: 'marco.ellison@example.org' },
  currency: 'USD',
  lines: [
    { description: 'Workshop', quantity: '1.5', unitPrice: 33_333, taxRate: '8.875' },
    {
      description: 'Licence',
      quantity: '3',
      unitPrice: 1_999,
      taxRate: '0',
      discount: { kind: 'percent', percent: '10' }
    }
  ]
}
const order = {
  ...asked,
  invoiceId: 'i1',
  personId: 'p1',
  leadId: null,
  discount: null,
  dueDays: 14,
  seller
}

/** A log of its own: what is decided is recorded, by aggregate. */
function ledger() {
  const events: (RecordedEvent & { aggregateId: string })[] = []
  const of = (id: string): RecordedEvent[] => events.filter((event) => event.aggregateId === id)
  return {
    events,
    invoice: () => invoiceOf(of('i1')),
    numbers: (id: string) => of(id),
    record(decision: readonly NewEvent[] | Refusal): string {
      if (isRefusal(decision)) return decision.code
      for (const { definition, aggregateId, data } of decision) {
        events.push({ type: definition.type, data, aggregateId } as (typeof events)[number])
      }
      return decision.map(({ definition }) => definition.name).join(' ')
    }
  }
}

const stripe = (id: string, amount: number, currency = 'USD') => ({
  invoiceId: 'i1',
  paymentId: id,
  method: 'stripe' as const,
  amount,
  currency,
  stripe: { sessionId: `cs_${id}`, paymentIntentId: `pi_${id}` },
  at: AT
})

function sent() {
  const log = ledger()
  log.record(saveDraft(log.invoice(), order, new Map()))
  log.record(
    send(log.invoice(), log.numbers(invoices.id), { invoiceId: 'i1', at: AT, mail: false, series: invoices, seller })
  )
  return { log, total: log.invoice().draft?.totals.total ?? 0 }
}

void t.test('a draft is changed, sent once, and then stays as it is', async (t) => {
  const log = ledger()
  const sendIt = () =>
    send(log.invoice(), log.numbers(invoices.id), { invoiceId: 'i1', at: AT, mail: true, series: invoices, seller })
  t.equal(log.record(sendIt()), 'BILLING_INVOICE_UNKNOWN')
  t.equal(log.record(saveDraft(log.invoice(), { ...order, currency: 'XXX' }, new Map())), 'BILLING_CURRENCY_UNKNOWN')
  t.equal(
    log.record(saveDraft(log.invoice(), { ...order, lines: [{ quantity: '1' }] }, new Map())),
    'BILLING_LINE_INCOMPLETE'
  )
  for (const email of ['nobody', 'a@example.org, b@example.org', 'Marco <marco@example.org>', 'marco@example.org ']) {
    const to = { ...order, customer: { ...order.customer, email } }
    t.match(
      saveDraft(log.invoice(), to, new Map()),
      { code: 'BILLING_EMAIL_INVALID', message: /Write one alone/ },
      email
    )
  }
  t.equal(log.record(saveDraft(log.invoice(), { ...order, dueDays: 3 }, new Map())), 'InvoiceDraftSaved')
  t.equal(log.record(saveDraft(log.invoice(), order, new Map())), 'InvoiceDraftSaved')
  t.equal(log.invoice().draft?.draft, 2)
  t.equal(
    log.record(saveDraft(log.invoice(), { ...order, expectedDraft: 1 }, new Map())),
    'BILLING_DRAFT_CHANGED',
    'somebody else came between'
  )
  t.strictSame(log.invoice().draft?.totals, { gross: 55_997, discount: 600, net: 55_397, tax: 4_438, total: 59_835 })
  t.equal(log.record(sendIt()), 'InvoiceSent NumberTaken')
  t.match(log.invoice().sent, { number: 'INV-2026-00001', total: 59_835, dueAt: '2026-12-14T10:00:00.000Z' })
  t.equal(log.record(sendIt()), 'BILLING_INVOICE_NOT_DRAFT')
  t.equal(log.record(saveDraft(log.invoice(), order, new Map())), 'BILLING_INVOICE_NOT_DRAFT')
})

void t.test('lines take the version of the catalogue that there is', async (t) => {
  const item = { itemId: 'w', version: 3, name: 'Workshop', unitPrice: 5_000, currency: 'EUR', taxRate: '19' }
  const items = new Map([['w', { item, archived: false }]])
  const line = { itemId: 'w', quantity: '2' }
  const save = (lines: (typeof order)['lines'], currency = 'EUR', known = items) =>
    saveDraft(ledger().invoice(), { ...order, currency, lines }, known)
  t.match(save([line]), [{ data: { texts: ['Workshop'], lines: [{ itemVersion: 3, net: 10_000, tax: 1_900 }] } }])
  t.match(save([line], 'USD'), { code: 'BILLING_ITEM_OTHER_CURRENCY' })
  t.match(save([{ ...line, unitPrice: 7 }], 'USD'), [{ data: { lines: [{ net: 14 }] } }])
  t.match(save([line], 'EUR', new Map([['w', { item, archived: true }]])), { code: 'BILLING_ITEM_ARCHIVED' })
  t.match(save([line], 'EUR', new Map()), { code: 'BILLING_ITEM_UNKNOWN' })
})

void t.test('a payment of Stripe is recorded once; what does not fit waits for a person', async (t) => {
  const { log, total } = sent()
  t.equal(log.record(takeStripePayment(log.invoice(), stripe('a', total - 1))), 'PaymentParked')
  t.equal(log.record(takeStripePayment(log.invoice(), stripe('a', total - 1))), '')
  t.equal(log.record(takeStripePayment(log.invoice(), stripe('b', total, 'EUR'))), 'PaymentParked')
  t.equal(statusOf(log.invoice()), 'sent')
  t.equal(log.record(takeStripePayment(log.invoice(), stripe('c', total))), 'PaymentRecorded InvoicePaid')
  t.equal(log.record(takeStripePayment(log.invoice(), stripe('c', total))), '')
  t.equal(log.record(takeStripePayment(log.invoice(), stripe('d', total))), 'PaymentParked')
  t.strictSame(
    log.events.filter(({ type }) => type === PaymentParked.type).map(({ data }) => (data as { reason: string }).reason),
    ['amount-differs', 'currency-differs', 'already-paid']
  )
  const settle = (paymentId: string, decision: 'accept' | 'reject') =>
    log.record(settleParked(log.invoice(), { invoiceId: 'i1', paymentId, decision }))
  t.equal(settle('b', 'accept'), 'BILLING_CURRENCY_DIFFERS')
  t.equal(settle('b', 'reject'), 'PaymentRejected')
  t.equal(settle('a', 'accept'), 'PaymentRecorded')
  t.equal(settle('a', 'reject'), 'BILLING_PAYMENT_NOT_PARKED')
  t.equal(log.record(takeStripePayment(log.invoice(), stripe('b', total, 'EUR'))), '', 'what was rejected stays so')
})

void t.test('a void invoice, and one that was not sent, take no money', async (t) => {
  const log = ledger()
  log.record(saveDraft(log.invoice(), order, new Map()))
  t.equal(log.record(recordPayment(log.invoice(), stripe('a', 1))), 'BILLING_INVOICE_NOT_SENT')
  t.equal(log.record(takeStripePayment(log.invoice(), stripe('a', 1))), 'PaymentParked')
  t.equal(
    log.record(voidInvoice(log.invoice(), { invoiceId: 'i1', reason: 'mistake' })),
    'BILLING_INVOICE_NOT_VOIDABLE'
  )
  const other = sent()
  t.equal(other.log.record(voidInvoice(other.log.invoice(), { invoiceId: 'i1', reason: 'mistake' })), 'InvoiceVoided')
  t.equal(other.log.record(voidInvoice(other.log.invoice(), { invoiceId: 'i1', reason: 'mistake' })), '')
  t.equal(other.log.record(takeStripePayment(other.log.invoice(), stripe('z', other.total))), 'PaymentParked')
  t.equal(
    other.log.record(settleParked(other.log.invoice(), { invoiceId: 'i1', paymentId: 'z', decision: 'accept' })),
    'BILLING_INVOICE_NOT_SENT'
  )
  t.strictSame(noteOverdue(other.log.invoice(), LATER), [])
})

void t.test('overdue once, and not when it is paid', async (t) => {
  const { log, total } = sent()
  t.strictSame(noteOverdue(log.invoice(), new Date(AT)), [], 'not before its time')
  t.equal(log.record(noteOverdue(log.invoice(), LATER)), 'InvoiceOverdue')
  t.equal(log.record(noteOverdue(log.invoice(), LATER)), '')
  t.equal(statusOf(log.invoice()), 'overdue')
  t.equal(log.record(recordPayment(log.invoice(), stripe('a', total + 1))), 'BILLING_AMOUNT_NOT_OWED')
  t.equal(log.record(recordPayment(log.invoice(), stripe('a', total - 1))), 'PaymentRecorded')
  t.equal(log.record(recordPayment(log.invoice(), stripe('b', 1))), 'PaymentRecorded InvoicePaid')
  t.equal(statusOf(log.invoice()), 'paid')
})

void t.test('refunds and disputes come in any order, repeated, and before the payment', async (t) => {
  const { log, total } = sent()
  const refund = (refunded: number) => ({
    invoiceId: 'i1',
    paymentId: 'a',
    refunded,
    currency: 'USD',
    stripe: { sessionId: null, paymentIntentId: 'pi_a' },
    at: AT
  })
  const dispute = (status: 'open' | 'won' | 'lost') => ({
    invoiceId: 'i1',
    paymentId: 'a',
    disputeId: 'dp_1',
    status,
    amount: total,
    currency: 'USD',
    at: AT
  })
  t.equal(log.record(noteRefund(log.invoice(), refund(500))), 'PaymentRefunded')
  t.equal(log.record(noteRefund(log.invoice(), refund(200))), '', 'the earlier part, told later')
  t.equal(log.record(noteDispute(log.invoice(), dispute('lost'))), 'PaymentDisputed')
  t.equal(log.record(noteDispute(log.invoice(), dispute('open'))), '', 'its beginning, told later')
  t.equal(log.record(takeStripePayment(log.invoice(), stripe('a', total))), 'PaymentRecorded InvoicePaid')
  t.equal(log.record(noteRefund(log.invoice(), refund(700))), 'PaymentRefunded')
  t.equal(log.invoice().refunded.get('a'), 700)
  t.equal(statusOf(log.invoice()), 'paid')
})

void t.test('a page to pay on is used until it ends or something else is owed', async (t) => {
  const { log, total } = sent()
  const page = {
    invoiceId: 'i1',
    attempt: 1,
    sessionId: 'cs_1',
    customerId: 'cus_1',
    amount: total,
    currency: 'USD',
    expiresAt: '2026-12-01T10:00:00.000Z'
  }
  t.equal(log.record(noteOpened(log.invoice(), page)), 'CheckoutOpened')
  t.equal(log.record(noteOpened(log.invoice(), page)), '')
  t.equal(lastPage(log.invoice())?.sessionId, 'cs_1')
  t.strictSame(pagesToClose(log.invoice()), [])
  const { lines } = log.invoice().draft ?? { lines: [] }
  const credit = {
    invoiceId: 'i1',
    creditNoteId: 'c1',
    lines: [{ line: 1, total: 100 }],
    reason: 'goodwill' as const,
    at: AT,
    series: credits,
    seller
  }
  t.ok(lines.length > 0)
  t.equal(log.record(issueCreditNote(log.invoice(), [], credit)), 'CreditNoteIssued NumberTaken')
  const next = { ...page, attempt: 2, sessionId: 'cs_2', amount: total - 100 }
  t.equal(log.record(noteOpened(log.invoice(), next)), 'CheckoutOpened')
  const open = () => pagesToClose(log.invoice()).map(({ sessionId }) => sessionId)
  t.strictSame(open(), ['cs_1'], 'the page of the old amount, although another is newer')
  const part = {
    invoiceId: 'i1',
    paymentId: 'b',
    method: 'bank-transfer' as const,
    amount: 50,
    currency: 'USD',
    at: AT
  }
  t.equal(log.record(recordPayment(log.invoice(), part)), 'PaymentRecorded')
  t.strictSame(open(), ['cs_1', 'cs_2'], 'a part came in elsewhere: the page asks for too much')
  const ended = { invoiceId: 'i1', sessionId: 'cs_1', outcome: 'expired' as const, at: AT }
  t.equal(log.record(noteEnded(log.invoice(), ended)), 'CheckoutEnded')
  t.equal(log.record(noteEnded(log.invoice(), ended)), '')
  t.strictSame(open(), ['cs_2'])
  t.equal(log.record(noteEnded(log.invoice(), { ...ended, sessionId: 'cs_2' })), 'CheckoutEnded')
  t.equal(lastPage(log.invoice()), null)
})

void t.test('a page that opens after the invoice was void is closed', async (t) => {
  const { log, total } = sent()
  t.equal(log.record(voidInvoice(log.invoice(), { invoiceId: 'i1', reason: 'mistake' })), 'InvoiceVoided')
  const page = {
    invoiceId: 'i1',
    attempt: 1,
    sessionId: 'cs_1',
    customerId: 'cus_1',
    amount: total,
    currency: 'USD',
    expiresAt: AT
  }
  t.equal(log.record(noteOpened(log.invoice(), page)), 'CheckoutOpened')
  t.match(pagesToClose(log.invoice()), [{ sessionId: 'cs_1' }])
})

type Act =
  | { readonly do: 'save' | 'send' | 'void' | 'overdue' | 'credit-all' }
  | { readonly do: 'credit'; readonly line: number; readonly percent: number }
  | { readonly do: 'pay' | 'record'; readonly id: string; readonly percent: number }
  | { readonly do: 'settle'; readonly id: string; readonly accept: boolean }
  | { readonly do: 'refund'; readonly id: string; readonly amount: number }

const id = fc.constantFrom('a', 'b', 'c')
const percent = fc.constantFrom(1, 50, 100, 100, 101)
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    do: fc.constantFrom('save' as const, 'send' as const, 'void' as const, 'overdue' as const, 'credit-all' as const)
  }),
  fc.record({ do: fc.constant('credit' as const), line: fc.integer({ min: 1, max: 3 }), percent }),
  fc.record({ do: fc.constantFrom('pay' as const, 'record' as const), id, percent }),
  fc.record({ do: fc.constant('settle' as const), id, accept: fc.boolean() }),
  fc.record({ do: fc.constant('refund' as const), id, amount: fc.integer({ min: 1, max: 500 }) })
)

void t.test(
  'whatever is asked in whatever order: numbers have no gap, nothing is counted twice, and the sums agree',
  async (t) => {
    let paid = 0
    fc.assert(
      fc.property(fc.boolean(), fc.array(act, { maxLength: 40 }), (isSent, rest) => {
        const acts: readonly Act[] = isSent ? [{ do: 'save' }, { do: 'send' }, ...rest] : rest
        const log = ledger()
        let notes = 0
        for (const one of acts) {
          const invoice = log.invoice()
          const balance = owed(invoice)
          switch (one.do) {
            case 'save':
              log.record(saveDraft(invoice, order, new Map()))
              break
            case 'send':
              log.record(
                send(invoice, log.numbers(invoices.id), {
                  invoiceId: 'i1',
                  at: AT,
                  mail: false,
                  series: invoices,
                  seller
                })
              )
              break
            case 'void':
              log.record(voidInvoice(invoice, { invoiceId: 'i1', reason: 'other' }))
              break
            case 'overdue':
              log.record(noteOverdue(invoice, LATER))
              break
            case 'credit':
            case 'credit-all': {
              const line = one.do === 'credit' ? one.line : 1
              const left = (invoice.draft?.lines[line - 1]?.total ?? 1) - (invoice.credited.get(line) ?? 0)
              const lines =
                one.do === 'credit' ? [{ line, total: Math.max(1, Math.ceil((left * one.percent) / 100)) }] : null
              notes += 1
              log.record(
                issueCreditNote(invoice, log.numbers(credits.id), {
                  invoiceId: 'i1',
                  creditNoteId: `n${notes}`,
                  lines,
                  reason: 'other',
                  at: AT,
                  series: credits,
                  seller
                })
              )
              break
            }
            case 'pay':
              log.record(
                takeStripePayment(invoice, stripe(one.id, Math.max(0, Math.ceil((balance * one.percent) / 100))))
              )
              break
            case 'record':
              log.record(
                recordPayment(invoice, stripe(`m${one.id}`, Math.max(0, Math.ceil((balance * one.percent) / 100))))
              )
              break
            case 'settle':
              log.record(
                settleParked(invoice, {
                  invoiceId: 'i1',
                  paymentId: one.id,
                  decision: one.accept ? 'accept' : 'reject'
                })
              )
              break
            case 'refund':
              log.record(
                noteRefund(invoice, {
                  invoiceId: 'i1',
                  paymentId: one.id,
                  refunded: one.amount,
                  currency: 'USD',
                  stripe: { sessionId: null, paymentIntentId: null },
                  at: AT
                })
              )
          }
        }
        const invoice = log.invoice()
        const all = (type: string) =>
          log.events.filter((event) => event.type === type).map(({ data }) => data as Record<string, unknown>)
        const positions = (series: string) =>
          all(NumberTaken.type)
            .filter(({ seriesId }) => seriesId === series)
            .map(({ position }) => position)
        const inRow = (series: string) => positions(series).every((position, index) => position === index + 1)
        const payments = all(PaymentRecorded.type)
        const credited = all(CreditNoteIssued.type)
        const total = invoice.draft?.totals.total ?? 0
        paid += all(InvoicePaid.type).length
        return (
          inRow(invoices.id) &&
          inRow(credits.id) &&
          positions(invoices.id).length === all(InvoiceSent.type).length &&
          positions(credits.id).length === credited.length &&
          all(InvoiceSent.type).length <= 1 &&
          all(InvoicePaid.type).length <= 1 &&
          new Set(payments.map(({ paymentId }) => paymentId)).size === payments.length &&
          sum(credited.map((note) => note['total'] as number)) <= total &&
          owed(invoice) ===
            total -
              sum(credited.map((note) => note['total'] as number)) -
              sum(payments.map(({ amount }) => amount as number)) &&
          !(invoice.voided && payments.length + credited.length > 0) &&
          invoice.paid === (invoice.sent !== null && all(InvoicePaid.type).length === 1) &&
          (invoice.sent === null || invoice.voided || invoice.paid === owed(invoice) <= 0)
        )
      }),
      { numRuns: 300 }
    )
    t.ok(paid > 20, 'some were paid')
  }
)
