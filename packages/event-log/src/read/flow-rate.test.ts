import t from 'tap'
import { createFlowRate } from './flow-rate.ts'

void t.test('busy is what came thick within the last second', (t) => {
  let now = 0
  const events = (count: number) => Array.from({ length: count }, () => ({ payload: 'event' }))
  const rate = createFlowRate(() => now)
  t.notOk(rate.isBusy)
  // Ten webhooks a second, some seventeen events each.
  for (; now < 3_000; now += 100) {
    rate.took(events(17))
    t.notOk(rate.isBusy)
  }
  for (; now < 4_000; now += 100) rate.took(events(90))
  t.ok(rate.isBusy)
  now += 400
  t.ok(rate.isBusy, 'half of it is still within the second')
  now += 600
  t.notOk(rate.isBusy)
  t.end()
})

void t.test('what a reader leaves out does not make it busy, however much comes', (t) => {
  const rate = createFlowRate(() => 0)
  rate.took(Array.from({ length: 10_000 }, () => ({ payload: null })))
  t.notOk(rate.isBusy)
  rate.took(Array.from({ length: 301 }, () => ({ payload: 'event' })))
  t.ok(rate.isBusy)
  t.end()
})
