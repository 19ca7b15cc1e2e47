import t from 'tap'
import { deciderSpec } from '../index.ts'

interface Paid {
  type: 'Paid'
  amount: number
}

const spec = deciderSpec({
  initialState: () => 0,
  evolve: (total: number, event: Paid) => total + event.amount,
  decide: (amount: number, total: number): readonly Paid[] | { refused: true; code: string } => {
    if (total + amount > 10) return { refused: true, code: 'TOO_MUCH' }
    return amount === 0 ? [] : [{ type: 'Paid', amount }]
  }
})
const paid = (amount: number): Paid => ({ type: 'Paid', amount })

void t.test('a decision that matches passes', async (t) => {
  spec
    .given([paid(4)])
    .when(6)
    .then([paid(6)])
  spec
    .given([])
    .when(6)
    .thenMatch([{ amount: 6 }])
  spec.given([]).when(0).thenNothing()
  spec
    .given([paid(8)])
    .when(3)
    .thenRefused('TOO_MUCH')
  t.equal(spec.stateAfter([paid(1), paid(2)]), 3)
})

void t.test('a decision that differs fails', async (t) => {
  t.throws(() =>
    spec
      .given([])
      .when(6)
      .then([paid(5)])
  )
  t.throws(() =>
    spec
      .given([])
      .when(6)
      .thenMatch([{ amount: 6 }, { amount: 6 }])
  )
  t.throws(() =>
    spec
      .given([])
      .when(6)
      .thenMatch([{ amount: 7 }])
  )
  t.throws(() => spec.given([]).when(6).thenNothing())
  t.throws(() => spec.given([]).when(6).thenRefused('TOO_MUCH'))
  t.throws(() =>
    spec
      .given([paid(8)])
      .when(3)
      .thenRefused('TOO_LITTLE')
  )
  t.throws(
    () =>
      spec
        .given([paid(8)])
        .when(3)
        .then([]),
    { message: /expected events/ }
  )
})
