import t from 'tap'
import { ratio } from './outcome.ts'
import { median, quantile } from './statistics.ts'

void t.test('medians and quantiles interpolate and ignore the order', async (t) => {
  t.equal(median([3, 1, 2]), 2)
  t.equal(median([4, 1, 3, 2]), 2.5)
  t.equal(quantile([10, 0], 0.99), 9.9)
  t.equal(quantile([7], 0.99), 7)
  t.ok(Number.isNaN(median([])))
})

void t.test('a ratio pairs the samples of one round', async (t) => {
  const over = { name: 'a', unit: 'events/s', samples: [10, 30, 99] } as const
  const under = { name: 'b', unit: 'events/s', samples: [20, 10] } as const
  t.strictSame(ratio('a over b', over, under, 0.5), { name: 'a over b', samples: [0.5, 3], aim: 0.5 })
})
