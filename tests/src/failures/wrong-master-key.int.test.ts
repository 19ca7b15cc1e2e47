import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { openEventLog } from '@leadlog/event-log'
import { openKeyring } from '@leadlog/keyring'
import { runCommand } from '@leadlog/local/commands'
import { freePort } from '@leadlog/local/servers'
import { services } from '@leadlog/local/services'
import { createLogger } from '@leadlog/service'
import { databaseCatalog, isolatedNats, streamStates, testDatabase } from '@leadlog/testing'
import { jetstreamManager } from '@nats-io/jetstream'
import t from 'tap'
import { newSecrets } from '../system/secrets.ts'
import { vendorVariables } from '../system/vendor-variables.ts'

const ROOT = path.join(import.meta.dirname, '../../..')
/** A service that starts after all never ends by itself. */
const GUARD_MS = 60_000

void t.test('with a wrong master key no service writes anything, and each says which key is wanted', async (t) => {
  const [nats, { url: databaseUrl }] = await Promise.all([isolatedNats(t), testDatabase(t)])
  const logger = createLogger({ service: 'test', level: 'silent' })
  const log = await openEventLog({ servers: nats.url, name: 'test', logger })
  t.teardown(() => log.close())
  await log.ensureStreams()
  const masterKey = randomBytes(32)
  const keyring = await openKeyring({ connection: log.connection, masterKey })
  await keyring.seal('ada', 'sealed', 'test')
  keyring.close()
  // A start with the right key would widen this stream, make the bucket of secrets, consumers, and the tables.
  const manager = await jetstreamManager(log.connection)
  const { config } = await manager.streams.info('COMMANDS')
  await manager.streams.update('COMMANDS', { ...config, max_msgs: 10 })

  const before = { streams: await streamStates(nats.url), database: await databaseCatalog(databaseUrl) }
  const environment = {
    PATH: process.env['PATH'],
    LOG_LEVEL: 'warn',
    NATS_URL: nats.url,
    DATABASE_URL: databaseUrl,
    LEADLOG_API_KEY: randomBytes(16).toString('hex'),
    ...vendorVariables('http://127.0.0.1:9', newSecrets())
  }
  const ended = await Promise.all(
    services.map(async ({ name, program, variable }) => {
      const env = {
        ...environment,
        [variable]: String(await freePort()),
        LEADLOG_MASTER_KEY: randomBytes(32).toString('base64')
      }
      const result = await runCommand(process.execPath, [path.join(ROOT, program)], { env, timeout: GUARD_MS })
      return { name, ...result }
    })
  )
  for (const { name, code, stderr } of ended) {
    t.equal(code, 1, `${name} ends`)
    t.match(
      stderr,
      /LEADLOG_MASTER_KEY \(environment\) has fingerprint [0-9a-f]{16}, .* bucket KEYS .* fingerprint [0-9a-f]{16}\. Nothing was written\. .*master-key-wrong\.md \(KEYRING_MASTER_KEY_WRONG\)/
    )
  }
  t.strictSame(await streamStates(nats.url), before.streams, 'streams, consumers and buckets are as they were')
  t.strictSame(await databaseCatalog(databaseUrl), before.database, 'the database is as it was')
})
