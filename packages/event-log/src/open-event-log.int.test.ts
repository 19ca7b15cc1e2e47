import { createServer } from 'node:net'
import { newEvent } from '@leadlog/contracts'
import { isolatedNats, testNats } from '@leadlog/testing'
import t from 'tap'
import { account, firstRegistry, Opened } from './fixtures/account-events.ts'
import { inMemoryCipher } from './fixtures/in-memory-cipher.ts'
import { keepingLogger, openTestLog } from './fixtures/open-test-log.ts'
import { webhook } from './fixtures/webhook.ts'
import { openEventLog } from './open-event-log.ts'

void t.test('a server that is too old, or away, is refused with what to do', async (t) => {
  const old = createServer((socket) => {
    const info = { server_id: 'X', version: '2.11.9', proto: 1, headers: true, max_payload: 1_048_576, jetstream: true }
    socket.write(`INFO ${JSON.stringify(info)}\r\n`)
    socket.on('data', (data) => {
      if (data.toString().includes('PING')) socket.write('PONG\r\n')
    })
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => old.listen(0, '127.0.0.1', resolve))
  t.teardown(() => old.close())
  const address = old.address()
  const port = typeof address === 'object' ? address?.port : 0
  const options = { name: 'test', logger: keepingLogger() }
  await t.rejects(openEventLog({ ...options, servers: `nats://127.0.0.1:${port}` }), {
    code: 'EVENT_LOG_SERVER_TOO_OLD',
    message: /2\.11\.9.*2\.12\.1 or newer.*Upgrade nats-server/
  })
  old.close()
  await t.rejects(openEventLog({ ...options, servers: 'nats://127.0.0.1:1', connectTimeoutMs: 500 }), {
    code: 'EVENT_LOG_CONNECT_FAILED',
    message: /Check NATS_URL/
  })
})

void t.test('durability is said only where it is known', async (t) => {
  const { url } = await testNats(t)
  const opened = async (options: object) => {
    const log = await openEventLog({ servers: url, name: 'test', logger: keepingLogger(), ...options })
    await log.close()
    return log.serverInfo().durability
  }
  t.equal(await opened({}), 'unknown')
  t.equal(await opened({ declaredSyncAlways: true }), 'safe')
  t.equal(await opened({ declaredSyncAlways: false }), 'unsafe')
  t.equal(await opened({ replicas: 3 }), 'safe')
})

void t.test('where the server lets the account see its variables, they win over what was declared', async (t) => {
  const conf = `
accounts {
  SYS { exports: [{ service: "$SYS.REQ.SERVER.PING.VARZ" }] }
  APP {
    jetstream: enabled
    users: [{ user: "app", password: "p:w" }]
    imports: [{ service: { account: SYS, subject: "$SYS.REQ.SERVER.PING.VARZ" } }]
  }
}
system_account: SYS
no_auth_user: app
`
  for (const [syncAlways, durability] of [
    [true, 'safe'],
    [false, 'unsafe']
  ] as const) {
    const server = await isolatedNats(t, { syncAlways, conf })
    const log = await openEventLog({
      servers: server.url.replace('//', '//app:p%3Aw@'),
      name: 'test',
      logger: keepingLogger(),
      declaredSyncAlways: !syncAlways
    })
    t.equal(log.serverInfo().durability, durability)
    await log.close()
  }
})

void t.test('a message that the server would not take is refused before it spoils a batch', async (t) => {
  const server = await isolatedNats(t, { conf: 'max_payload: 64KB' })
  const log = await openTestLog(t, { servers: server.url })
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      log.appendWebhook(webhook(`w${index}`, 'x'.repeat(index === 9 ? 70_000 : 10)))
    )
  )
  t.match(results[9], { status: 'rejected', reason: { code: 'EVENT_LOG_MESSAGE_REFUSED', message: /max_payload/ } })
  t.equal(results.filter((result) => result.status === 'fulfilled').length, 19)
})

void t.test('an erased person disappears from what is loaded, also where it was loaded before', async (t) => {
  const cipher = inMemoryCipher()
  const log = await openTestLog(t, { registry: firstRegistry })
  log.useCipher(cipher)
  const note = 'x'.repeat(600 * 1024)
  const result = await log.transact({
    cause: { id: 'c', correlationId: 'c' },
    handler: 'test',
    actor: 'user:ada',
    load: [account('a')],
    decide: () => [newEvent(Opened, 'a', { accountId: 'a', personId: 'p', owner: { name: 'Ada', phone: '1' }, note })]
  })
  const loaded = await log.load(account('a'))
  t.match(result, { events: loaded.events })
  t.equal((loaded.events[0]?.data as { note: string }).note.length, note.length, 'from the object store')
  cipher.destroy('p')
  const erased = { accountId: 'a', personId: 'p', owner: { name: '[erased]', phone: null }, note: '[erased]' }
  t.same((await log.load(account('a'))).events[0]?.data, erased)
  t.same((await log.get('EVENTS', 1))?.data, erased)
  await log.putObject('body', Buffer.from('sealed'))
  t.equal(Buffer.from((await log.getObject('body')) ?? []).toString(), 'sealed')
  t.equal(await log.getObject('none'), null)
})
