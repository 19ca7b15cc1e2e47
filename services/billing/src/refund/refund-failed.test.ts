import {
  InvoiceDraftSaved,
  PaymentRecorded,
  RefundRequested,
  type DataOf,
  type EventDefinition,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { invoiceOf } from '../invoice/invoice.ts'
import { noteRefund } from '../payment/follow-money.ts'
import { noteRefundFailed } from './refund-failed.ts'
import { noteRefundAnswer, refundable } from './refund.ts'

const stripe = { sessionId: 'cs_1', paymentIntentId: 'pi_1' }
const whose = { invoiceId: 'i1', personId: 'p1', paymentId: 'a', currency: 'USD' }
const PAID = 1_000

/** Each thing at Stripe on a day of its own. */
const day = (number: number): string => new Date(Date.UTC(2026, 10, 1 + number)).toISOString()

function fact<D extends EventDefinition>(definition: D, data: DataOf<D>): RecordedEvent {
  return { type: definition.type, data } as unknown as RecordedEvent
}

/** An invoice that was paid, with whatever is told of its refunds. */
function desk() {
  const events: RecordedEvent[] = [
    fact(InvoiceDraftSaved, { ...whose, totals: { total: PAID } } as never),
    fact(PaymentRecorded, { ...whose, amount: PAID, stripe, method: 'stripe', accepted: false, at: day(0) })
  ]
  const invoice = () => invoiceOf(events)
  const record = (decision: readonly NewEvent[]): string => {
    for (const { definition, data } of decision) events.push(fact(definition, data as never))
    return decision.map(({ definition }) => definition.name).join(' ')
  }
  return {
    refunded: () => invoice().refunded.get('a') ?? 0,
    left: () => refundable(invoice(), 'a'),
    became: (id: string) => invoice().settledRefunds.get(id),
    ask: (id: string, amount: number) => {
      events.push(fact(RefundRequested, { ...whose, refundId: id, amount, reason: 'other', stripe, at: day(0) }))
    },
    answer: (id: string, refunded: number, madeAt: string) => {
      const refund = invoice().refunds.get(id)
      if (refund === undefined) throw new TypeError('nobody asked for it')
      const said = { kind: 'made' as const, stripeRefundId: `re_${id}`, status: 'pending' as const, refunded, madeAt }
      return record(noteRefundAnswer(invoice(), refund, said, madeAt))
    },
    told: (refunded: number, at: string) => {
      const { personId: _known, ...ids } = whose
      return record(noteRefund(invoice(), { ...ids, refunded, stripe, at }))
    },
    failed: (id: string, amount: number, at: string, refundId: string | null = null) => {
      const { personId: _known, ...ids } = whose
      const failure = { ...ids, refundId, stripeRefundId: `re_${id}`, amount, reason: null, at }
      return record(noteRefundFailed(invoice(), failure))
    }
  }
}

void t.test('a refund that fails days later is free to be given back again', (t) => {
  const { ask, answer, told, failed, refunded, left, became } = desk()
  ask('r1', 400)
  t.equal(answer('r1', 400, day(1)), 'RefundMade PaymentRefunded')
  t.equal(failed('r1', 400, day(5), 'r1'), 'RefundFailed')
  t.equal(failed('r1', 400, day(5), 'r1'), '', 'told by more than one event')
  t.equal(became('r1'), 'failed')
  t.equal(told(400, day(1)), '', 'what counted it, told late')
  t.equal(refunded(), 0)
  t.equal(left(), PAID)
  t.equal(told(300, day(6)), 'PaymentRefunded', 'another, of which Stripe tells a smaller sum')
  t.equal(refunded(), 300)
  t.end()
})

void t.test('a failure may be told before all else', (t) => {
  const { ask, answer, told, failed, refunded, left, became } = desk()
  ask('r1', 400)
  t.equal(failed('r1', 400, day(5), 'r1'), 'RefundFailed')
  t.equal(answer('r1', 400, day(1)), '')
  told(400, day(1))
  t.equal(refunded(), 0)
  t.equal(left(), PAID)
  t.equal(became('r1'), 'failed')
  t.equal(failed('elsewhere', 1, day(6), 'nobody asked'), 'RefundFailed', 'a refund that is not of this log')
  t.equal(became('nobody asked'), undefined)
  t.end()
})

void t.test('in whatever order and how often it is told, the sum is what Stripe has', async (t) => {
  const step = fc.record({ fails: fc.boolean(), ours: fc.boolean(), amount: fc.integer({ min: 1, max: 600 }) })
  const order = fc.array(fc.nat(), { minLength: 40, maxLength: 80 })
  let failures = 0
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), order, (steps, picks) => {
      const { ask, answer, told, failed, refunded, left } = desk()
      const live: { id: string; amount: number; ours: boolean }[] = []
      const news: (() => unknown)[] = []
      let atStripe = 0
      for (const [index, { fails, ours, amount }] of steps.entries()) {
        const at = day(index + 1)
        const first = fails ? live.shift() : undefined
        if (first !== undefined) {
          atStripe -= first.amount
          failures += 1
          news.push(() => failed(first.id, first.amount, at, first.ours ? first.id : null))
        } else if (atStripe + amount <= PAID) {
          const id = `r${index}`
          const sum = (atStripe += amount)
          live.push({ id, amount, ours })
          if (ours) {
            ask(id, amount)
            news.push(() => answer(id, sum, at))
          }
          news.push(() => told(sum, at))
        }
      }
      // Some of it twice, and then all of it, in an order that has nothing to do with that in which it happened.
      const often = news.length === 0 ? [] : picks.map((pick) => news[pick % news.length])
      const rest = news.map((tell, index) => ({ tell, rank: picks[index] ?? 0 })).sort((a, b) => a.rank - b.rank)
      for (const tell of often) tell?.()
      for (const { tell } of rest) tell()
      return refunded() === atStripe && left() === PAID - atStripe
    }),
    { numRuns: 1_000 }
  )
  t.ok(failures > 200, 'some failed')
})
