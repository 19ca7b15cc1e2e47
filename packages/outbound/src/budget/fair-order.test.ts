import fc from 'fast-check'
import t from 'tap'
import { createFairOrder } from './fair-order.ts'
import { DEFAULT_LANE_SHARES, laneIndex, perLane } from './lanes.ts'

const weights = perLane((lane) => DEFAULT_LANE_SHARES[lane].weight)
const total = weights.reduce((sum, weight) => sum + weight, 0)

/** Lets `count` calls go while the lanes wait; gives the lane of each. */
function turns(order: ReturnType<typeof createFairOrder>, waits: (lane: number) => boolean, count: number): number[] {
  return Array.from({ length: count }, () => {
    const lane = order.next(waits)
    if (lane === undefined) throw new Error('a lane waits')
    order.took(lane, 1)
    return lane
  })
}

void t.test('lanes that always wait get calls in proportion to their weights, none is left out', (t) => {
  const taken = turns(createFairOrder(weights), () => true, total * 3)
  t.same(
    weights.map((_, lane) => taken.filter((one) => one === lane).length),
    weights.map((weight) => weight * 3)
  )
  t.end()
})

void t.test('whatever happened before, a lane that begins to wait soon has its turn, the heavier the sooner', (t) => {
  const lanes = fc.integer({ min: 0, max: weights.length - 1 })
  fc.assert(
    fc.property(fc.array(lanes, { maxLength: 200 }), lanes, fc.subarray([0, 1, 2, 3, 4]), (past, lane, others) => {
      const order = createFairOrder(weights)
      for (const one of past) turns(order, (lane) => lane === one, 1)
      const waiting = new Set([...others, lane])
      const before = turns(order, (one) => waiting.has(one), total * 2 + weights.length).indexOf(lane)
      const share = (weights[lane] ?? 1) / [...waiting].reduce((sum, one) => sum + (weights[one] ?? 0), 0)
      // Its own last call may still be paid for; beyond that each other lane may be ahead by one call.
      t.ok(before >= 0 && before <= 2 / share + waiting.size, `${String(before)} calls before lane ${String(lane)}`)
    }),
    { numRuns: 100 }
  )
  t.end()
})

void t.test('a person who comes to a long line of bulk work is next', (t) => {
  const order = createFairOrder(weights)
  const bulk = laneIndex('bulk')
  turns(order, (lane) => lane === bulk, 500)
  t.same(
    turns(order, (lane) => lane === bulk || lane === laneIndex('person'), 3),
    [0, 0, 0]
  )
  t.end()
})
