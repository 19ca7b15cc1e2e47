import { randomBytes } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import t from 'tap'
import { openEventLog } from '@leadlog/event-log'
import { openKeyring, type Keyring } from '@leadlog/keyring'
import { eventually, testNats } from '@leadlog/testing'
import { createLogger } from '../logger.ts'
import { defineService } from '../manifest.ts'
import { startService, type RunningService } from '../start-service.ts'
import { openSecretBook } from './secret-book.ts'

const newMasterKey = () => randomBytes(32).toString('base64')

void t.test('the master key rotates under running services, old and new processes side by side', async (t) => {
  const { url, prefix } = await testNats(t)
  const logger = createLogger({ service: 'test', level: 'silent' })
  const before = newMasterKey()
  const after = newMasterKey()
  const keyrings = new Map<string, Keyring>()
  const running = new Map<string, RunningService>()
  t.teardown(() => Promise.all([...running.values()].map((service) => service.stop())))

  const sealed: { keyId: string; text: string }[] = []
  const failures: unknown[] = []
  const goesOn = async () => {
    const count = sealed.length
    await eventually(() => {
      if (failures.length > 0) throw failures[0]
      return sealed.length > count + 4
    })
  }

  const restart = async (name: string, keys: { LEADLOG_MASTER_KEY: string; LEADLOG_MASTER_KEYS_OTHER?: string }) => {
    const manifest = defineService({
      name,
      description: 'A service of this test.',
      defaultPort: 0,
      config: {},
      uses: { postgres: false, redis: false },
      setup: ({ keyring }) => keyring,
      reactors: [],
      projections: []
    })
    let keyring: Keyring | undefined
    const setup = (context: Parameters<typeof manifest.setup>[0]) => (keyring = context.keyring)
    // The new process takes over before the old one goes: a rolling restart.
    const started = await startService(
      { ...manifest, setup },
      { environment: { NATS_URL: url, NATS_PREFIX: prefix, ...keys }, logger }
    )
    const old = running.get(name)
    running.set(name, started)
    if (keyring) keyrings.set(name, keyring)
    if (old) {
      await goesOn()
      await old.stop()
    }
  }
  await restart('left', { LEADLOG_MASTER_KEY: before })
  await restart('right', { LEADLOG_MASTER_KEY: before })

  let working = true
  t.teardown(() => void (working = false))
  const work = (async () => {
    for (let n = 0; working; n++) {
      // Under known keys nothing waits for a server, so the others are let in here.
      await nextTurn()
      const keyId = `person-${n % 40}`
      try {
        for (const [writer, reader] of [
          ['left', 'right'],
          ['right', 'left']
        ] as const) {
          const text = await keyrings.get(writer)?.seal(keyId, { n }, 'context')
          if (text === undefined) throw new Error('nothing was sealed')
          sealed.push({ keyId, text })
          const opened = await keyrings.get(reader)?.open(keyId, text, 'context')
          if ((opened as { n: number }).n !== n) throw new Error('it opened as something else')
        }
      } catch (error) {
        failures.push(error)
        return
      }
    }
  })()
  await goesOn()
  const both = { LEADLOG_MASTER_KEY: before, LEADLOG_MASTER_KEYS_OTHER: after }
  await restart('left', both)
  await goesOn()
  await restart('right', both)
  await goesOn()

  const log = await openEventLog({ servers: url, name: 'operator', prefix, logger })
  t.teardown(() => log.close())
  const master = (text: string) => Buffer.from(text, 'base64')
  const operator = await openKeyring({ connection: log.connection, prefix, masterKey: master(before) })
  t.teardown(() => operator.close())
  const seen: number[] = []
  const count = await operator.rewrap(master(after), ({ rewrapped }) => seen.push(rewrapped))
  t.ok(count > 4, 'person keys, the pepper, the services see them wrapped anew')
  t.equal(seen.at(-1), count)
  await goesOn()

  await restart('left', { LEADLOG_MASTER_KEY: after })
  await goesOn()
  t.equal(await operator.rewrap(master(after)), 0, 'repeated, it finds nothing left')
  await restart('right', { LEADLOG_MASTER_KEY: after })
  await goesOn()
  working = false
  await work
  t.strictSame(failures, [])

  const fresh = await openKeyring({ connection: log.connection, prefix, masterKey: master(after) })
  t.teardown(() => fresh.close())
  for (const { keyId, text } of sealed) await fresh.open(keyId, text, 'context')
  await t.rejects(openKeyring({ connection: log.connection, prefix, masterKey: master(before) }), {
    code: 'KEYRING_MASTER_KEY_WRONG'
  })

  const [entry] = await (await openSecretBook(log, 1)).list(new Date())
  t.match(entry, {
    name: 'LEADLOG_MASTER_KEY',
    values: 1,
    holders: [{ source: 'environment' }, { source: 'environment' }]
  })
})

void t.test('every bad master key is a problem of the start, and none is shown', async (t) => {
  const environment = {
    NATS_URL: 'nats://127.0.0.1:1',
    LEADLOG_MASTER_KEY: newMasterKey(),
    LEADLOG_MASTER_KEYS_OTHER: 'short'
  }
  const manifest = defineService({
    name: 'test',
    description: 'A service of this test.',
    defaultPort: 0,
    config: {},
    uses: { postgres: false, redis: false },
    setup: () => null,
    reactors: [],
    projections: []
  })
  await t.rejects(startService(manifest, { environment }), { message: /LEADLOG_MASTER_KEYS_OTHER: [^]*openssl rand/ })
  await t.rejects(startService(manifest, { environment }), { message: /^((?!short).)*$/s })
})
