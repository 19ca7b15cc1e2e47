import { getEventListeners } from 'node:events'
import t from 'tap'
import { followStream, pause, type OnMessage } from './follow-stream.ts'

type Which = Parameters<Parameters<typeof followStream>[0]['reads']['invalidateQueries']>[0]

/** Follows a stream that says what the test lets it say; `next` gives what is marked stale next. */
function follow(t: { teardown(handler: () => void): void }, hidden = false) {
  const stopped = new AbortController()
  t.teardown(() => stopped.abort())
  const marked: Which[] = []
  let told = Promise.withResolvers<undefined>()
  const opened: { lastEventId: string | null; say: OnMessage; end: () => void }[] = []
  const states: string[] = []
  void followStream({
    reads: {
      invalidateQueries: (which) => {
        marked.push(which)
        told.resolve(undefined)
      }
    },
    onState: (state) => states.push(state),
    stopped: stopped.signal,
    hidden: () => hidden,
    readAgainMs: () => 0,
    comeBackMs: 0,
    reachable: () => Promise.resolve(true),
    listen: (lastEventId, say) => {
      const { promise, resolve } = Promise.withResolvers<undefined>()
      opened.push({ lastEventId, say, end: () => resolve(undefined) })
      return promise
    }
  })
  const next = async (): Promise<Which> => {
    while (marked.length === 0) await told.promise
    told = Promise.withResolvers<undefined>()
    return marked.shift() ?? {}
  }
  return { opened, states, next }
}

const isMarked = (which: Which, path: string): boolean => which.predicate?.({ queryKey: [path] }) ?? true

void t.test('what was read before the stream was open is read once more', async (t) => {
  const { opened, states, next } = follow(t)
  opened[0]?.say('ready', '{}', '3.0.0')
  t.same(await next(), {}, 'everything')
  t.same(states, ['live'])
})

void t.test('after that only what changed is, and a stream that comes back goes on where it was', async (t) => {
  const { opened, next } = follow(t)
  opened[0]?.say('ready', '{}', '3.0.0')
  await next()
  opened[0]?.say('lead.changed', '{"id":"a"}', '4.0.0')
  opened[0]?.say('lead.changed', '{"id":"b"}', '5.0.0')
  const which = await next()
  t.ok(isMarked(which, '/v1/leads'))
  t.notOk(isMarked(which, '/v1/meetings'))
  opened[0]?.end()
  while (opened.length < 2) await new Promise((resolve) => setImmediate(resolve))
  t.equal(opened[1]?.lastEventId, '5.0.0')
  opened[1]?.say('ready', '{}', '5.0.0')
  opened[1]?.say('meeting.changed', '{"id":"m"}', '6.0.0')
  t.notOk(isMarked(await next(), '/v1/leads'), 'nothing was missed, so nothing else is read anew')
})

void t.test('what is no longer known is read anew', async (t) => {
  const { opened, next } = follow(t)
  opened[0]?.say('reset', '{}', '9.0.0')
  t.same(await next(), {})
})

void t.test('what nobody looks at is only marked', async (t) => {
  const { opened, next } = follow(t, true)
  opened[0]?.say('ready', '{}', '3.0.0')
  t.same(await next(), { refetchType: 'none' })
  opened[0]?.say('lead.changed', '{"id":"a"}', '4.0.0')
  const which = await next()
  t.equal(which.refetchType, 'none')
  t.ok(isMarked(which, '/v1/leads'))
})

void t.test('a pause leaves nothing behind at its signal, however it ends', async (t) => {
  const stopped = new AbortController()
  for (let round = 0; round < 5; round++) await pause(0, stopped.signal)
  t.equal(getEventListeners(stopped.signal, 'abort').length, 0)
  const waiting = pause(3_600_000, stopped.signal)
  stopped.abort()
  await waiting
  t.equal(getEventListeners(stopped.signal, 'abort').length, 0)
  await pause(3_600_000, stopped.signal)
})
