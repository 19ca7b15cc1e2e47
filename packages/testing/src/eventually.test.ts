import t from 'tap'
import { eventually } from './index.ts'

void t.test('resolves with the first look that shows the fact', async (t) => {
  let looks = 0
  const seen = await eventually(
    () => {
      looks++
      if (looks === 1) throw new Error('not yet')
      return looks === 3 ? 'there' : undefined
    },
    { every: 1 }
  )
  t.equal(seen, 'there')
  t.equal(looks, 3)
})

void t.test('fails with what it waited for and the last thing it saw', async (t) => {
  const never = eventually(() => Promise.reject(new Error('still 2 rows')), {
    within: 5,
    every: 1,
    describe: 'three rows'
  })
  await t.rejects(never, { message: /three rows did not come within 5 ms; last error: still 2 rows/ })
  await t.rejects(
    eventually(() => null, { within: 0 }),
    { message: /last seen: null/ }
  )
})
