import t from 'tap'
import { moneyText } from './money.ts'
import { acceptWords, noteOf, parkedWords, paymentLook } from './payments.ts'

type Parked = Parameters<typeof parkedWords>[0]
type Reason = NonNullable<Parked['parking']>['reason']

const parked = (reason: Reason, amount: number, expected: number, currency = 'USD'): Parked =>
  ({
    amount,
    currency,
    parking: { reason, expected, parkedAt: '2026-11-30T10:00:00Z' },
    invoice: { number: 'INV-2026-00001', currency: 'USD', customer: 'Ada' }
  }) as Parked

void t.test('why money waits, and what accepting it does', (t) => {
  t.equal(
    parkedWords(parked('amount-differs', 50_000, 54_329)),
    `${moneyText(50_000, 'USD')} came in, ${moneyText(54_329, 'USD')} were owed.`
  )
  t.equal(
    acceptWords(parked('amount-differs', 50_000, 54_329)),
    `${moneyText(50_000, 'USD')} count as paid, and ${moneyText(4_329, 'USD')} stay owed.`
  )
  t.match(
    acceptWords(parked('amount-differs', 60_000, 54_329)),
    /56.71 of it is more than was owed|56.71.USD of it is more/
  )
  t.match(acceptWords(parked('already-paid', 60_000, 0)), /600.00(.USD)? of it is more/)
  t.match(parkedWords(parked('currency-differs', 500, 54_329, 'JPY')), /500(.JPY)? came in, and the invoice is in USD/)
  t.equal(acceptWords(parked('currency-differs', 500, 54_329, 'JPY')), null)
  t.equal(acceptWords(parked('not-payable', 500, 0)), null)
  t.equal(
    noteOf({ ...parked('amount-differs', 50_000, 54_329), state: 'parked' }),
    `${moneyText(54_329, 'USD')} were owed`
  )
  t.equal(
    noteOf({ ...parked('amount-differs', 50_000, 54_329), state: 'counted', refunded: 5 }),
    `${moneyText(5, 'USD')} went back`
  )
  t.equal(noteOf({ ...parked('amount-differs', 50_000, 54_329), state: 'counted', refunded: 0 }), '')
  t.end()
})

void t.test('the state that matters most is shown', (t) => {
  const look = (more: object) => paymentLook({ state: 'counted', amount: 100, refunded: 0, disputes: [], ...more }).word
  t.equal(look({}), 'Counts')
  t.equal(look({ refunded: 40 }), 'Partly refunded')
  t.equal(look({ refunded: 100 }), 'Refunded')
  t.equal(look({ state: 'rejected' }), 'Rejected')
  t.equal(look({ state: 'rejected', refunded: 100 }), 'Refunded')
  t.equal(look({ state: 'parked' }), 'Waits for a person')
  t.equal(look({ state: 'parked', disputes: [{ status: 'open' }] }), 'Disputed')
  t.equal(look({ disputes: [{ status: 'open' }, { status: 'won' }] }), 'Counts')
  t.end()
})
