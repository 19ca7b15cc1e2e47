import {
  derivedId,
  EffectSimulated,
  PaymentDisputed,
  PaymentParked,
  PaymentRecorded,
  PaymentRefunded,
  PaymentRejected,
  PersonErased,
  RefundMade,
  RefundFailed,
  RefundRefused,
  RefundRequested,
  type RecordedEvent
} from '@leadlog/contracts'
import { projectionSpec } from '@leadlog/testing'
import t from 'tap'
import { bookedLead } from '../fixtures/booking-story.ts'
import { draft, send } from '../fixtures/invoice-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory, type Story } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'
import { findOwnersOfChanges } from '../stream/visible-changes.queries.ts'
import { payments } from './payments.projection.ts'

const SAM = 'sam@own.example'
const KIM = 'kim@own.example'
const ada = person('Ada', 'Lovelace')
const bob = person('Bob', 'Babbage')

/** Ada paid one invoice, of which a part went back and which is disputed; more of hers waits. Bob's money was rejected. */
function told() {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { webhook } = bookedLead(story, ada, { startsAt: '2026-11-20T10:00:00.000Z', hostEmail: SAM })
  draft(story, ada, 'i1')
  send(story, ada, 'i1', 1)
  draft(story, bob, 'i2', { leadId: null })
  const money = (id: string, amount: number) => ({
    paymentId: id,
    amount,
    currency: 'USD',
    stripe: { sessionId: `cs_${id}`, paymentIntentId: `pi_${id}` },
    at: story.now()
  })
  const adas = { invoiceId: 'i1', personId: ada.personId }
  const bobs = { invoiceId: 'i2', personId: bob.personId }
  story.emit(PaymentRecorded, 'i1', { ...adas, ...money('p1', 54_890), method: 'stripe', accepted: false }, webhook)
  story.later(1_000)
  story.emit(PaymentParked, 'i1', { ...adas, ...money('p2', 100), reason: 'already-paid', expected: 0 }, webhook)
  story.later(1_000)
  story.emit(PaymentParked, 'i2', { ...bobs, ...money('p3', 700), reason: 'not-payable', expected: 0 }, webhook)
  story.emit(PaymentRejected, 'i2', { ...bobs, paymentId: 'p3' }, webhook)
  const refund = (refundId: string, amount: number) => {
    const { stripe, at, currency } = money('p1', amount)
    const about = { ...adas, paymentId: 'p1', refundId, amount, currency, at }
    story.emit(RefundRequested, 'i1', { ...about, reason: 'goodwill', stripe }, webhook)
    return about
  }
  story.emit(RefundMade, 'i1', { ...refund('r1', 4_890), stripeRefundId: 're_1', status: 'succeeded' }, webhook)
  story.emit(PaymentRefunded, 'i1', { ...adas, ...refundTold('p1', 4_890, story) }, webhook)
  story.emit(RefundRefused, 'i1', { ...refund('r2', 90), code: 'STRIPE_CHARGE_DISPUTED' }, webhook)
  const { refundId, paymentId, amount, currency, at } = refund('r3', 10)
  story.emit(EffectSimulated, 'i1', { ...adas, effect: 'refund', refundId, paymentId, amount, currency, at }, webhook)
  refund('r4', 20)
  return { story, webhook, adas }
}

function refundTold(paymentId: string, refunded: number, story: Story) {
  const stripe = { sessionId: null, paymentIntentId: `pi_${paymentId}` }
  return { paymentId, refunded, currency: 'USD', stripe, at: story.now() }
}

function dispute(story: Story, cause: RecordedEvent, status: 'open' | 'won'): void {
  const about = { invoiceId: 'i1', personId: ada.personId, paymentId: 'p1', amount: 54_890, currency: 'USD' }
  story.emit(PaymentDisputed, 'i1', { ...about, disputeId: 'dp_1', status, at: story.now() }, cause)
}

const idsOf = (body: unknown): string[] => (body as { data: { id: string }[] }).data.map(({ id }) => id)

void t.test('payments with their refunds and disputes, and what waits for a person', async (t) => {
  const { story, webhook } = told()
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const list = async (query: string) => idsOf((await gateway.get(`/v1/payments${query}`)).body)
  t.same(await list(''), ['p3', 'p2', 'p1'])
  t.same(await list('?sort=at'), ['p1', 'p2', 'p3'])
  t.same(await list('?state=rejected'), ['p3'])
  t.same(await list('?refunded=true'), ['p1'])
  t.same(await list('?refunded=false&method=stripe&currency=USD'), ['p3', 'p2'])
  t.same(await list('?method=cash'), [])
  t.same(await list('?invoiceId=i2'), ['p3'])
  t.same(await list(`?leadId=${ada.personId}`), ['p2', 'p1'])
  t.same(await list('?from=2027-01-01'), [])
  t.same(await list('?dispute=open'), [])
  const first = (await gateway.get('/v1/payments?limit=2')).body as { nextCursor: string }
  t.same(await list(`?limit=2&cursor=${first.nextCursor}`), ['p1'])
  t.match((await gateway.get('/v1/payments?state=gone')).body, { code: 'QUERY_INVALID' })

  t.match((await gateway.get('/v1/payments/p1?expand=lead')).body, {
    state: 'counted',
    method: 'stripe',
    amount: 54_890,
    refunded: 4_890,
    refundable: 49_980,
    parking: null,
    invoice: { number: 'INV-2026-00001', customer: 'Ada Lovelace' },
    refunds: [
      { id: 'r1', state: 'made', stripeRefundId: 're_1' },
      { id: 'r2', state: 'refused', code: 'STRIPE_CHARGE_DISPUTED' },
      { id: 'r3', state: 'simulated' },
      { id: 'r4', state: 'asked', amount: 20 }
    ],
    expanded: { lead: { id: ada.personId } }
  })
  const before = story.events.length
  const failure = { stripeRefundId: 're_1', amount: 4_890, refunded: 0, reason: 'lost_or_stolen_card', at: story.now() }
  const ids = { invoiceId: 'i1', personId: ada.personId, paymentId: 'p1', refundId: 'r1', currency: 'USD' }
  story.emit(RefundFailed, 'i1', { ...ids, ...failure }, webhook)
  await gateway.tell(story.events.slice(before))
  t.match((await gateway.get('/v1/payments/p1')).body, {
    refunded: 0,
    refundable: 54_870,
    refunds: [{ id: 'r1', state: 'failed', code: 'lost_or_stolen_card' }, {}, {}, {}]
  })
  t.match((await gateway.get('/v1/invoices/i1')).body, { refunded: 0 })
  const { history } = (await gateway.get('/v1/invoices/i1')).body as { history: object[] }
  t.match(history.at(-1), { did: 'refund-failed', amount: 4_890, reason: 'lost_or_stolen_card' })

  const seen = story.events.length
  dispute(story, webhook, 'open')
  await gateway.tell(story.events.slice(seen))
  t.match((await gateway.get('/v1/payments/p1')).body, { refundable: 0, disputes: [{ id: 'dp_1', status: 'open' }] })
  t.same(await list('?dispute=open'), ['p1'])

  const parked = await gateway.get('/v1/parked-payments')
  t.same(idsOf(parked.body), ['p2'])
  t.match(parked.body, { data: [{ refundable: 0, parking: { reason: 'already-paid', expected: 0 } }] })
  t.match((await gateway.get('/v1/parked-payments/p2?expand=lead')).body, {
    id: 'p2',
    expanded: { lead: { id: ada.personId } }
  })
  t.match(await gateway.get('/v1/parked-payments/p1'), { status: 404, body: { code: 'PAYMENT_UNKNOWN' } })
  t.match(await gateway.get('/v1/payments/none'), { status: 404, body: { code: 'PAYMENT_UNKNOWN' } })
  t.match((await gateway.get('/v1/payments/p3')).body, { state: 'rejected', settledBy: /.+/, refundable: 700 })
})

void t.test('a user sees the payments of their leads only', async (t) => {
  const { story } = told()
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const sam = await gateway.signedIn(SAM, 'user')
  const kim = await gateway.signedIn(KIM, 'user')
  t.same(idsOf((await sam.get('/v1/payments')).body), ['p2', 'p1'])
  t.same(idsOf((await sam.get('/v1/parked-payments')).body), ['p2'])
  t.equal((await sam.get('/v1/payments/p3')).status, 404)
  t.same(idsOf((await kim.get('/v1/payments')).body), [])
  t.equal((await kim.get('/v1/parked-payments/p2')).status, 404)
})

void t.test('money is its invoice’s, whoever pays it', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { webhook } = bookedLead(story, ada, { startsAt: '2026-11-20T10:00:00.000Z', hostEmail: SAM })
  bookedLead(story, bob, { startsAt: '2026-11-20T10:00:00.000Z', hostEmail: KIM })
  draft(story, bob, 'i1', { leadId: ada.personId })
  send(story, bob, 'i1', 1)
  const stripe = { sessionId: 'cs_p1', paymentIntentId: 'pi_p1' }
  const money = { paymentId: 'p1', amount: 100, currency: 'USD', stripe, at: story.now() }
  const parked = { invoiceId: 'i1', personId: bob.personId, ...money, reason: 'amount-differs' as const }
  story.emit(PaymentParked, 'i1', { ...parked, expected: 54_890 }, webhook)
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const [sam, kim] = [await gateway.signedIn(SAM, 'user'), await gateway.signedIn(KIM, 'user')]
  for (const path of ['/v1/payments', '/v1/parked-payments', `/v1/payments?leadId=${ada.personId}`]) {
    t.same(idsOf((await sam.get(path)).body), ['p1'], path)
    t.same(idsOf((await kim.get(path)).body), [], path)
  }
  t.match((await sam.get('/v1/payments/p1?expand=lead')).body, {
    leadId: ada.personId,
    invoice: { number: 'INV-2026-00001', customer: 'Bob Babbage' },
    expanded: { lead: { id: ada.personId } }
  })
  t.equal((await kim.get('/v1/payments/p1')).status, 404)
  const bobs = `/v1/leads/${bob.personId}/timeline`
  t.notMatch(JSON.stringify((await kim.get(bobs)).body), /INV-2026-00001|came in/, 'nor of what their lead is billed')
  t.match(JSON.stringify((await gateway.get(bobs)).body), /INV-2026-00001.*came in|came in.*INV-2026-00001/s)
  const changed = [{ topic: 'payment.changed', id: 'p1' }] as const
  t.strictSame([...(await findOwnersOfChanges(gateway.deps.db, changed))], [['payment.changed p1', [SAM]]])
})

void t.test(
  'told twice and in parts, rows are the same; of an erased person the money stays, and nothing else',
  (t) => {
    const { story, webhook } = told()
    const before = projectionSpec(payments).given(story.events)
    before.thenEvenTwice(Object.fromEntries(before.rows))
    const ids = { meetingIds: [], crmWriteIds: [], callerIds: [], callIds: [], eventIds: [] }
    story.emit(
      PersonErased,
      ada.personId,
      { ...ids, erasureId: derivedId('e'), personId: ada.personId, leadId: ada.personId, paymentIds: ['p1', 'p2'] },
      webhook
    )
    dispute(story, webhook, 'open')
    const after = projectionSpec(payments).given(story.events)
    t.match(after.rows.get('p1'), { amount: 54_890, person_id: null, erased: true, dispute: 'open' })
    t.match(after.rows.get('p3'), { person_id: bob.personId })
    t.notMatch(JSON.stringify([...after.rows.values()].slice(0, 2)), new RegExp(ada.personId))
    t.end()
  }
)

void t.test('what becomes of a payment may be told before the payment', (t) => {
  const { story } = told()
  const early = story.events.filter(({ type }) => type === PaymentRefunded.type)
  const { rows } = projectionSpec(payments).given(early)
  t.match(rows.get('p1'), { state: null, refunded: 4_890 }, 'kept, and not shown')
  t.end()
})
