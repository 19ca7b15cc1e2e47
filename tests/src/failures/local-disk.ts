import path from 'node:path'
import { projectLayout, startSystem } from '@leadlog/local/system'
import { findings } from './findings.ts'
import { smallDisk } from './small-disk.ts'

/**
 * The local system on a state folder whose disk is full from the beginning. Prints what `npm start` would say. Needs root.
 * `node infra/local/run.mjs exec tests/src/failures/local-disk.ts`
 */
const found = findings('The local system on a full disk')
for (const [size, leave] of [
  ['1m', 0],
  ['16m', 8 * 1024 * 1024]
] as const) {
  const disk = smallDisk(size)
  disk.fill(leave)
  const layout = { ...projectLayout, state: path.join(disk.folder, 'state') }
  const options = { demo: false, simulators: false, redis: false, fresh: false, only: ['ingest', 'gateway'] }
  try {
    const system = await startSystem(layout, { ...process.env }, options, new AbortController().signal)
    await system.stop()
    found.holds(`with ${String(leave)} bytes it does not start`, false)
  } catch (error) {
    const [name, message] = error instanceof Error ? [error.name, error.message] : ['', String(error)]
    found.saw(`with ${String(leave)} bytes of room: ${name}: ${message.slice(0, 600)}`)
    found.holds(
      'the message says that there is no space, where, and what to do',
      name === 'LocalSetupError' && message.includes(`The disk of ${layout.state} is full`)
    )
  } finally {
    disk.remove()
  }
}
found.end()
