import { randomBytes } from 'node:crypto'
import { eventually, testNats } from '@leadlog/testing'
import t from 'tap'
import { openWorkSystem } from './open-work-system.ts'

const sockets = (): number => process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length

void t.test('what cannot be opened as a whole leaves nothing open, which would keep its thread alive', async (t) => {
  const { url, prefix } = await testNats(t)
  const environment = () => ({
    NATS_URL: url,
    NATS_PREFIX: prefix,
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    LEADLOG_MASTER_KEY: randomBytes(32).toString('base64')
  })
  const system = await openWorkSystem(environment())
  await system.close()
  await eventually(() => sockets() === 0)
  await t.rejects(openWorkSystem(environment()), { code: 'KEYRING_MASTER_KEY_WRONG' })
  await eventually(() => sockets() === 0, { within: 10_000, describe: 'the end of the connection' })
})
