import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import t from 'tap'
import { eventually, isolatedNats, testNats } from '../index.ts'

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
  const connection = await connect({ servers: server.url, maxReconnectAttempts: -1, reconnectTimeWait: 10 })
  const manager = await jetstreamManager(connection)
  await manager.streams.add({ name: 'S', subjects: ['s'] })
  await jetstream(connection).publish('s', 'kept')
  const before = server.pid
  await server.kill()
  await server.restart()
  t.not(server.pid, before)
  const info = await eventually(() => manager.streams.info('S'))
  t.equal(info.state.messages, 1)
  await connection.close()
})
