import t from 'tap'
import { finishStep, startStep, type CountedSteps } from './steps.ts'

const NONE: CountedSteps = { steps: {}, pending: 0 }
const FIRST = Date.parse('2026-11-18T09:00:00.000Z')
const at = (second: number): string => new Date(FIRST + second * 1000).toISOString()

void t.test('a webhook with thousands of steps keeps what is under way and the newest of what is done', async (t) => {
  let counted = startStep(NONE, 'lead', 'waits', at(0))
  for (let number = 1; number <= 5_000; number += 1) {
    counted = startStep(counted, 'sync', `cause-${number}`, at(number))
    counted = finishStep(counted, 'sync', `cause-${number}`, at(number + 1))
  }
  t.equal(counted.pending, 1)
  t.ok(counted.steps['lead:waits'], 'it is still under way')
  t.ok(Object.keys(counted.steps).length <= 500)
  t.strictSame(counted.steps['sync:cause-5000'], { startedAt: at(5_000), finishedAt: at(5_001) })
  t.notOk(counted.steps['sync:cause-1'])
  t.equal(finishStep(counted, 'lead', 'waits', at(6_000)).pending, 0)
})

void t.test('which are dropped does not depend on the order in which a table gives them back', async (t) => {
  const fold = (shuffle: (steps: CountedSteps['steps']) => CountedSteps['steps']) => {
    let counted = NONE
    for (let number = 1; number <= 1_200; number += 1) {
      const before = { ...counted, steps: number % 7 === 0 ? shuffle(counted.steps) : counted.steps }
      counted = finishStep(before, 'sync', `cause-${number}`, at(Math.floor(number / 3)))
    }
    return Object.keys(counted.steps).sort()
  }
  const byName = (steps: CountedSteps['steps']) => Object.fromEntries(Object.entries(steps).sort().reverse())
  t.strictSame(
    fold(byName),
    fold((steps) => steps)
  )
})
