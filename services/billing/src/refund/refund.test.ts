import {
  EffectSimulated,
  InvoiceDraftSaved,
  isRefusal,
  PaymentDisputed,
  PaymentParked,
  PaymentRecorded,
  PaymentRejected,
  type DataOf,
  type EventDefinition,
  type NewEvent,
  type RecordedEvent,
  type Refusal
} from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { invoiceOf } from '../invoice/invoice.ts'
import { noteRefund } from '../payment/follow-money.ts'
import { noteRefundAnswer, refundable, requestRefund, type RefundAnswer } from './refund.ts'

const AT = '2026-11-30T10:00:00.000Z'
const BY_STRIPE = { sessionId: 'cs_1', paymentIntentId: 'pi_1' }
const ELSEWHERE = { sessionId: null, paymentIntentId: null }
const whose = { invoiceId: 'i1', personId: 'p1', paymentId: 'a', at: AT }
const money = { amount: 1_000, currency: 'USD', stripe: BY_STRIPE }

/** An invoice with whatever is recorded on it. */
function desk(...given: readonly RecordedEvent[]) {
  const draft = fact(InvoiceDraftSaved, { ...whose, currency: 'USD', totals: { total: 1_000 } } as never)
  const events: RecordedEvent[] = [draft, ...given]
  const invoice = () => invoiceOf(events)
  const record = (decision: readonly NewEvent[] | Refusal): string => {
    if (isRefusal(decision)) return decision.code
    for (const { definition, data } of decision) events.push(fact(definition, data as never))
    return decision.map(({ definition }) => definition.name).join(' ')
  }
  const ask = (refundId: string, amount: number | null, paymentId = 'a') =>
    record(requestRefund(invoice(), { invoiceId: 'i1', paymentId, refundId, amount, reason: 'goodwill', at: AT }))
  const answer = (refundId: string, said: RefundAnswer): string => {
    const refund = invoice().refunds.get(refundId)
    if (refund === undefined) return 'unknown'
    return record(noteRefundAnswer(invoice(), refund, said, AT))
  }
  const told = (refunded: number) =>
    record(
      noteRefund(invoice(), { invoiceId: 'i1', paymentId: 'a', refunded, currency: 'USD', stripe: BY_STRIPE, at: AT })
    )
  return { invoice, record, ask, answer, told, left: () => refundable(invoice(), 'a'), events }
}

function fact<D extends EventDefinition>(definition: D, data: DataOf<D>): RecordedEvent {
  return { type: definition.type, data } as unknown as RecordedEvent
}

const paid = fact(PaymentRecorded, { ...whose, ...money, method: 'stripe', accepted: false })
const made = (refunded: number): RefundAnswer => ({
  kind: 'made',
  stripeRefundId: 're_1',
  status: 'succeeded',
  refunded,
  madeAt: AT
})

void t.test('money goes back whole or in part, told once by whoever is first', (t) => {
  const { ask, answer, told, left } = desk(paid)
  t.equal(ask('r1', 300), 'RefundRequested')
  t.equal(ask('r1', 300), '', 'the same request again')
  t.equal(left(), 700)
  t.equal(ask('r2', 701), 'BILLING_REFUND_TOO_LARGE')
  t.equal(told(300), 'PaymentRefunded', 'the webhook is faster')
  t.equal(answer('r1', made(300)), 'RefundMade')
  t.equal(answer('r1', made(300)), '')
  t.equal(left(), 700)
  t.equal(ask('r2', null), 'RefundRequested', 'all that is left')
  t.equal(answer('r2', made(1_000)), 'RefundMade PaymentRefunded', 'the command is faster')
  t.equal(told(1_000), '')
  t.equal(told(300), '', 'a late webhook of before')
  t.equal(left(), 0)
  t.equal(ask('r3', null), 'BILLING_REFUND_TOO_LARGE')
  t.end()
})

void t.test('what Stripe refuses, and what DRY_RUN kept, is free again', (t) => {
  const { ask, answer, record, left } = desk(paid)
  ask('r1', 900)
  t.equal(ask('r2', 200), 'BILLING_REFUND_TOO_LARGE', 'set aside until it is known')
  t.equal(answer('r1', { kind: 'refused', code: 'STRIPE_CHARGE_DISPUTED' }), 'RefundRefused')
  t.equal(left(), 1_000)
  ask('r2', 200)
  const { at, ...ids } = whose
  record([
    {
      definition: EffectSimulated,
      aggregateId: 'i1',
      data: { ...ids, effect: 'refund', refundId: 'r2', amount: 200, currency: 'USD', at }
    }
  ])
  t.equal(left(), 1_000)
  t.end()
})

void t.test('what cannot be given back here is said with what to do', (t) => {
  const elsewhere = desk(
    fact(PaymentRecorded, { ...whose, ...money, stripe: ELSEWHERE, method: 'cash', accepted: false })
  )
  t.equal(elsewhere.ask('r1', 1), 'BILLING_PAYMENT_NOT_AT_STRIPE')
  t.equal(elsewhere.ask('r1', 1, 'b'), 'BILLING_PAYMENT_UNKNOWN')
  const parked = fact(PaymentParked, { ...whose, ...money, reason: 'already-paid', expected: 0 })
  t.equal(desk(parked).ask('r1', 1), 'BILLING_PAYMENT_PARKED')
  const rejected = desk(parked, fact(PaymentRejected, { invoiceId: 'i1', personId: 'p1', paymentId: 'a' }))
  t.equal(rejected.ask('r1', null), 'RefundRequested', 'what was rejected goes back')
  const dispute = { ...whose, disputeId: 'dp_1', amount: 1_000, currency: 'USD' }
  t.equal(desk(paid, fact(PaymentDisputed, { ...dispute, status: 'open' })).ask('r1', 1), 'BILLING_PAYMENT_DISPUTED')
  t.equal(desk(paid, fact(PaymentDisputed, { ...dispute, status: 'won' })).ask('r1', 1), 'RefundRequested')
  t.end()
})

void t.test('whatever is asked, answered and told in whatever order, no more goes back than was paid', async () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('ask' as const),
      id: fc.integer({ min: 1, max: 5 }),
      amount: fc.integer({ min: 1, max: 900 })
    }),
    fc.record({ kind: fc.constant('answer' as const), id: fc.integer({ min: 1, max: 5 }), isMade: fc.boolean() }),
    fc.record({ kind: fc.constant('tell' as const), which: fc.nat() })
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { ask, answer, told, invoice, left } = desk(paid)
      // What Stripe did, of which webhooks tell late and more than once.
      let atStripe = 0
      const totals = [0]
      for (const each of steps) {
        if (each.kind === 'ask') ask(`r${each.id}`, each.amount)
        if (each.kind === 'tell') {
          const total = totals[each.which % totals.length] ?? 0
          if (total > 0) told(total)
        }
        if (each.kind === 'answer') {
          const refund = invoice().refunds.get(`r${each.id}`)
          if (refund === undefined || invoice().settledRefunds.has(refund.refundId)) continue
          if (each.isMade) totals.push((atStripe += refund.amount))
          answer(refund.refundId, each.isMade ? made(atStripe) : { kind: 'refused', code: 'STRIPE_X' })
        }
        if (atStripe > 1_000 || left() < 0 || (invoice().refunded.get('a') ?? 0) !== atStripe) return false
      }
      return true
    }),
    { numRuns: 500 }
  )
})
