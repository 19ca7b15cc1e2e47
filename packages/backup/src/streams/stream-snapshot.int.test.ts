import { setTimeout } from 'node:timers/promises'
import t from 'tap'
import { smallSystem } from '../fixtures/small-system.ts'
import { openSnapshot } from './stream-snapshot.ts'

/** More than twice what the server waits for an acknowledgement. */
const STANDSTILL_MS = 12_000

void t.test('a store that stands still for a while does not end the copying', async (t) => {
  const system = await smallSystem(t)
  // More than the server sends ahead.
  await system.publish('evt.crm.lead', 150, 100_000)
  const { head, bytes } = await openSnapshot(system.log.connection, system.log.naming.stream('EVENTS'))
  t.equal(head.state.messages, 150)
  let copied = 0
  let pieces = 0
  for await (const piece of bytes) {
    copied += piece.length
    if (++pieces === 3) await setTimeout(STANDSTILL_MS)
  }
  t.ok(copied > 150 * 100_000, `${String(copied)} bytes`)
})
