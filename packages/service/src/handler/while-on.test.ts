import t from 'tap'
import { createLogger } from '../logger.ts'
import { runWhileOn } from './while-on.ts'

const logger = createLogger({ service: 'bank', level: 'silent' })

function setUp(on: boolean) {
  const listeners: (() => void)[] = []
  const did: string[] = []
  let failures = 0
  const start = () => {
    if (failures > 0) {
      failures -= 1
      return Promise.reject(new Error('the server is away'))
    }
    did.push('started')
    return Promise.resolve({
      stop: () => {
        did.push('stopped')
        return Promise.resolve()
      }
    })
  }
  return {
    did,
    start,
    fail: (times: number) => (failures = times),
    turn: (to: boolean) => {
      on = to
      for (const listener of listeners) listener()
    },
    turned: { isOn: () => on, onSwitch: (listener: () => void) => void listeners.push(listener) }
  }
}

void t.test('runs while it is on, and is stopped once', async (t) => {
  const { did, start, turn, turned } = setUp(false)
  const handler = await runWhileOn(start, turned, logger)
  t.same(did, [], 'what begins while it is off does not start')
  turn(true)
  turn(false)
  turn(true)
  await new Promise((resolve) => setImmediate(resolve))
  t.same(did, ['started'], 'only how it stands in the end counts')
  await handler.stop()
  turn(false)
  turn(true)
  await new Promise((resolve) => setImmediate(resolve))
  t.same(did, ['started', 'stopped'], 'what was stopped is not started again')
})

void t.test('off while it runs: it is stopped, and starts again', async (t) => {
  const { did, start, turn, turned } = setUp(true)
  const handler = await runWhileOn(start, turned, logger)
  turn(false)
  await new Promise((resolve) => setImmediate(resolve))
  t.same(did, ['started', 'stopped'])
  turn(true)
  await new Promise((resolve) => setImmediate(resolve))
  t.same(did, ['started', 'stopped', 'started'])
  await handler.stop()
})

void t.test('switched off while it starts, it stops', async (t) => {
  const { did, start, turn, turned } = setUp(true)
  const handler = await runWhileOn(
    () => {
      turn(false)
      return start()
    },
    turned,
    logger
  )
  await new Promise((resolve) => setImmediate(resolve))
  t.same(did, ['started', 'stopped'])
  await handler.stop()
})

void t.test('the first start may fail like any; a later one is tried again', async (t) => {
  const failing = setUp(true)
  failing.fail(1)
  await t.rejects(runWhileOn(failing.start, failing.turned, logger), /away/)

  const later = setUp(false)
  let begun = (): void => undefined
  const started = new Promise<void>((resolve) => (begun = resolve))
  const start = async () => {
    const running = await later.start()
    begun()
    return running
  }
  const handler = await runWhileOn(start, later.turned, logger)
  later.fail(1)
  later.turn(true)
  await started
  await handler.stop()
  t.same(later.did, ['started', 'stopped'])
})
