import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import t from 'tap'
import { isolatedNats, testNats } from '../index.ts'

void t.test("a test's streams are its own and are gone when it ends", async (t) => {
  let left: { url: string; prefix: string } | undefined
  await t.test('makes a stream', async (t) => {
    const { url, prefix } = await testNats(t)
    left = { url, prefix }
    const connection = await connect({ servers: url })
    const manager = await jetstreamManager(connection)
    await manager.streams.add({ name: `${prefix}_EVENTS`, subjects: [`${prefix}.evt.>`] })
    t.equal((await jetstream(connection).publish(`${prefix}.evt.a`, 'x')).seq, 1)
    await connection.close()
  })
  if (left === undefined) throw new Error('no server was given')
  const connection = await connect({ servers: left.url })
  const manager = await jetstreamManager(connection)
  const prefix = left.prefix
  const names: string[] = []
  for await (const name of manager.streams.names()) names.push(name)
  t.notOk(names.some((name) => name.includes(prefix)))
  await connection.close()
})

void t.test('a killed server comes back on the same port with what it acknowledged', async (t) => {
  const server = await isolatedNats(t, { syncAlways: true })
  const before = await connect({ servers: server.url })
  await (await jetstreamManager(before)).streams.add({ name: 'S', subjects: ['s'] })
  await jetstream(before).publish('s', 'kept')
  await before.close()
  const pid = server.pid
  await server.kill()
  await t.rejects(connect({ servers: server.url, reconnect: false }))
  await server.restart()
  t.not(server.pid, pid)
  const after = await connect({ servers: server.url })
  const info = await (await jetstreamManager(after)).streams.info('S')
  t.equal(info.state.messages, 1)
  await after.close()
})
