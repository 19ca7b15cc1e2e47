import { createBudget } from '@leadlog/outbound'
import fc from 'fast-check'
import t from 'tap'
import { MOST_IN_HAND, nextDue, type Waiting } from './next-due.ts'
import { perSecond } from './sms-budgets.ts'

function waiting(from: string, order: number, notBefore = 0): Waiting {
  return { messageId: `${from}-${order}`, from, notBefore, order }
}

/** Takes messages one after another, each done at once. */
function turnsOf(queue: readonly Waiting[], turns: number): string[] {
  const left = new Set(queue)
  const lastTurn = new Map<string, number>()
  return Array.from({ length: turns }, (_, turn) => {
    const next = nextDue(left, { inHand: new Map(), lastTurn }, 0)
    if (next === null) return 'none'
    left.delete(next)
    lastTurn.set(next.from, turn)
    return next.messageId
  })
}

void t.test('numbers take turns, and each its messages in order', async (t) => {
  const queue = [
    ...Array.from({ length: 50 }, (_, index) => waiting('a', index)),
    waiting('b', 50),
    waiting('c', 51),
    waiting('b', 52)
  ]
  t.strictSame(turnsOf(queue, 6), ['a-0', 'b-50', 'c-51', 'a-1', 'b-52', 'a-2'])
  t.equal(nextDue([waiting('a', 1, 10)], { inHand: new Map(), lastTurn: new Map() }, 9), null, 'not yet')
})

void t.test('a number that has its hands full leaves the others theirs', async (t) => {
  const full = { inHand: new Map([['a', MOST_IN_HAND]]), lastTurn: new Map() }
  t.equal(nextDue([waiting('a', 1), waiting('b', 2)], full, 0)?.from, 'b')
  t.equal(nextDue([waiting('a', 1)], full, 0), null)
})

void t.test('whatever waits: nobody waits longer than one turn of each other number', async (t) => {
  const queues = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(queues, (senders) => {
      const queue = senders.map((from, order) => waiting(from, order))
      const numbers = new Set(senders)
      const order = turnsOf(queue, queue.length)
      t.notOk(order.includes('none'))
      t.strictSame([...order].sort(), queue.map(({ messageId }) => messageId).sort(), 'each once')
      t.equal(new Set(order.slice(0, numbers.size).map((id) => id.split('-')[0])).size, numbers.size)
    })
  )
})

void t.test('no second holds more than the rate', async (t) => {
  let now = Date.UTC(2026, 10, 18)
  const budget = createBudget({
    vendor: 'twilio-sms',
    account: 'test',
    ...perSecond(10),
    localShare: 1,
    clock: () => new Date(now)
  })
  t.teardown(() => budget.close())
  const gone: number[] = []
  for (let tick = 0; tick < 1_100; tick += 1) {
    for (;;) {
      const went = await budget.acquire('live', 1, { maxWaitMs: 0 }).then(
        () => true,
        () => false
      )
      if (!went) break
      gone.push(now)
    }
    now += 10
  }
  const most = Math.max(...gone.map((at) => gone.filter((other) => at <= other && other < at + 1_000).length))
  t.ok(most <= 10, `at most ${most} in a second`)
  t.ok(gone.length >= 90, `${gone.length} in eleven seconds`)
})
