import { AlertSent, type NewEvent, type RecordedEvent } from '@leadlog/contracts'
import type { HandlerContext } from '@leadlog/service'
import t from 'tap'
import { alertFailures } from './alert-failures.reactor.ts'

const deadLetter = {
  id: 'd1',
  time: '2026-11-18T09:59:59Z',
  type: 'ops.DeadLettered.v1',
  data: { service: 'crm-sync', handler: 'write-notes', code: 'REFUSED', message: 'refused', fingerprint: 'f' }
} as unknown as RecordedEvent

/** A log that keeps the alerts by the step that recorded them, as the real one finds events by their ids. */
function told() {
  const sent: string[] = []
  const recorded = new Map<string, RecordedEvent>()
  const contextOf = (attemptToken: string, repeats: readonly string[]) =>
    ({
      attemptToken,
      repeats: new Set(repeats),
      clock: { now: () => new Date('2026-11-18T12:00:00Z') },
      load: async () => ({ events: [...recorded.values()] }),
      transact: async ({ step, decide }: { step: string; decide: () => readonly NewEvent[] }) => {
        const [event] = decide()
        if (event && !recorded.has(step)) {
          recorded.set(step, { type: AlertSent.type, time: deadLetter.time, data: event.data } as RecordedEvent)
        }
      }
    }) as unknown as HandlerContext
  const deps = {
    channel: { name: 'log' as const, send: async (text: string) => void sent.push(text) },
    gatewayUrl: undefined
  }
  const handle = (attemptToken = '', repeats: readonly string[] = []) =>
    alertFailures.handleBatch([{ event: deadLetter, context: contextOf(attemptToken, repeats) }], deps)
  return { sent, recorded, handle }
}

void t.test('a replay tells nobody again, unless it is told to by name', async (t) => {
  const { sent, recorded, handle } = told()
  t.same(await handle(), [{ done: true }])
  t.same(await handle(), [{ done: true }])
  t.equal(sent.length, 1)
  t.same(await handle('command-1', ['alert']), [{ done: true }])
  t.equal(sent.length, 2)
  t.equal(recorded.size, 2, 'both are recorded')
  await handle()
  t.equal(sent.length, 2)
})
