import t from 'tap'
import { createFreshness } from './freshness.ts'

void t.test('a read that asks for nothing newer does not wait', async (t) => {
  const freshness = createFreshness({ waitFor: () => Promise.reject(new Error('nobody asked')) })
  await t.resolves(freshness.includes(undefined))
})

void t.test('a read model that does not get there in five seconds is a 504', async (t) => {
  const asked: unknown[] = []
  const freshness = createFreshness({
    waitFor: (stream, sequence, timeoutMs) => {
      asked.push([stream, sequence, timeoutMs])
      return Promise.resolve(sequence < 10)
    }
  })
  await t.resolves(freshness.includes(9))
  await t.rejects(freshness.includes(10), { statusCode: 504, code: 'READ_MODEL_BEHIND', retryAfterSeconds: 1 })
  t.same(asked, [
    ['EVENTS', 9, 5_000],
    ['EVENTS', 10, 5_000]
  ])
})
