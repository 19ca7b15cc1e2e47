import {
  CheckoutOpened,
  EffectSimulated,
  InvoiceDraftSaved,
  InvoiceSent,
  PaymentParked,
  PaymentRecorded,
  type RecordedEvent
} from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import t from 'tap'
import { collectTraces } from './person-traces.ts'

function logOf(told: readonly { readonly type: string; readonly data: object }[]): EventLog {
  const events = told.map((event, index) => ({ ...event, id: `e${index + 1}`, correlationid: `w${index + 1}` }))
  return {
    lastSequence: async () => events.length,
    async *batches() {
      yield { events: events as unknown as RecordedEvent[], throughSequence: events.length, caughtUp: true }
    }
  } as unknown as EventLog
}

const customer = { name: 'Ada Lovelace', email: 'ada@example.com' }
const adas = { invoiceId: 'i1', personId: 'ada' }
const bobs = { invoiceId: 'i2', personId: 'bob' }

void t.test('of a person the log tells the invoices, the money for them, and who they are at Stripe', async (t) => {
  const log = logOf([
    { type: InvoiceDraftSaved.type, data: { ...adas, customer } },
    { type: InvoiceSent.type, data: adas },
    { type: CheckoutOpened.type, data: { ...adas, sessionId: 'cs_1', customerId: 'cus_1' } },
    { type: CheckoutOpened.type, data: { ...adas, sessionId: 'cs_2', customerId: 'cus_1' } },
    { type: PaymentRecorded.type, data: { ...adas, paymentId: 'p1' } },
    { type: PaymentParked.type, data: { ...adas, paymentId: 'p2' } },
    { type: EffectSimulated.type, data: { ...adas, paymentId: null, refundId: null } },
    { type: InvoiceDraftSaved.type, data: { ...bobs, customer: { name: 'Bob', email: 'bob@example.com' } } },
    { type: CheckoutOpened.type, data: { ...bobs, sessionId: 'cs_3', customerId: 'cus_2' } },
    { type: PaymentRecorded.type, data: { ...bobs, paymentId: 'p3' } }
  ])
  const traces = await collectTraces(log, 'ada', [], new AbortController().signal)
  t.strictSame(traces.invoiceIds, ['i1'])
  t.strictSame(traces.paymentIds, ['p1', 'p2'])
  t.strictSame(traces.stripeCustomerIds, ['cus_1'])
  t.strictSame(traces.eventIds, ['e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7'])
  t.strictSame([...traces.texts].sort(), ['Ada Lovelace', 'ada@example.com'])
  const nobody = await collectTraces(log, 'kim', [], new AbortController().signal)
  t.strictSame([nobody.invoiceIds, nobody.paymentIds, nobody.stripeCustomerIds], [[], [], []])
})

void t.test('a draft that became another customer’s is no invoice of the first', async (t) => {
  const log = logOf([
    { type: InvoiceDraftSaved.type, data: { ...bobs, personId: 'ada', customer } },
    { type: InvoiceDraftSaved.type, data: { ...bobs, customer: { name: 'Bob', email: 'bob@example.com' } } },
    { type: InvoiceSent.type, data: bobs }
  ])
  const signal = new AbortController().signal
  const first = await collectTraces(log, 'ada', [], signal)
  t.strictSame(first.invoiceIds, [])
  t.strictSame(first.eventIds, ['e1'], 'what was said of them is theirs all the same')
  t.strictSame((await collectTraces(log, 'bob', [], signal)).invoiceIds, ['i2'])
})
