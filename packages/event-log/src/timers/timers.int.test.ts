import type { RecordedEvent } from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import t from 'tap'
import { openTestLog } from '../fixtures/open-test-log.ts'
import { startHandler } from '../handlers/start-handler.ts'

void t.test('a timer comes due once at its newest time, a cancelled one never', async (t) => {
  const log = await openTestLog(t)
  const due: RecordedEvent[] = []
  const handler = await startHandler(log, {
    service: 'calls',
    handler: 'due',
    stream: 'TIMERS',
    subjects: ['due.calls.*'],
    concurrency: 4,
    handle: async (event) => void due.push(event)
  })
  const schedule = (key: string, inMs: number, payload: unknown) =>
    log.schedule({
      service: 'calls',
      key,
      at: new Date(Date.now() + inMs),
      payload,
      actor: 'service:calls',
      cause: { id: 'event-1', correlationId: 'webhook-1' }
    })
  await schedule('moved', 100, 'first time')
  await schedule('moved', 1_200, 'second time')
  await schedule('cancelled', 300, 'never')
  await schedule('late', -1_000, { call: 7 })
  t.equal(await log.cancelTimer({ service: 'calls', key: 'cancelled' }), true)
  t.equal(await log.cancelTimer({ service: 'calls', key: 'cancelled' }), false)
  await t.rejects(schedule('a.b', 1, null), TypeError)

  await eventually(() => due.length === 2)
  await handler.stop()
  t.match(due, [
    { type: 'ops.TimerDue.v1', causationid: 'event-1', correlationid: 'webhook-1', data: { payload: { call: 7 } } },
    { data: { key: 'moved', payload: 'second time' }, stream: 'TIMERS' }
  ])
})
