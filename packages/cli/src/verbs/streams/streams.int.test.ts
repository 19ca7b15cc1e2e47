import { jetstreamManager } from '@nats-io/jetstream'
import { t } from 'tap'
import { runInTest } from '../../fixtures/run-in-test.ts'
import { toldSystem } from '../../fixtures/told-system.ts'

void t.test('streams are listed, compared, and mended after a yes', async (t) => {
  const system = await toldSystem(t)
  t.equal((await runInTest(['streams', 'diff'], system)).exitCode, 0)
  const listed = await runInTest(['streams', 'list', '--json'], system)
  t.match(listed.json(), { streams: [{ stream: 'INGEST', messages: 0, exists: true }] })

  const manager = await jetstreamManager(system.log.connection)
  const name = system.log.naming.stream('COMMANDS')
  const { config } = await manager.streams.info(name)
  await manager.streams.update(name, { ...config, max_msgs: 10 })
  const drift = await runInTest(['streams', 'diff'], system)
  t.equal(drift.exitCode, 1)
  t.match(drift.stdout, /max_msgs is 10, should be -1/)

  t.equal((await runInTest(['streams', 'apply'], system)).exitCode, 4, 'a program has to say yes')
  t.equal((await manager.streams.info(name)).config.max_msgs, 10, 'nothing was changed')
  const applied = await runInTest(['streams', 'apply', '--yes', '--json'], system)
  t.match(applied.json(), { changes: [{ stream: name, action: 'updated' }] })
  t.equal((await runInTest(['streams', 'diff'], system)).exitCode, 0)
  t.match((await runInTest(['streams', 'apply'], system)).stdout, /Nothing to do/)
})
