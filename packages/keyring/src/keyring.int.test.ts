import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { startNats } from '@leadlog/local/servers'
import { ERASED } from '@leadlog/contracts'
import { eventually, isolatedNats, testNats, type TestContext } from '@leadlog/testing'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/nats-core'
import { connect } from '@nats-io/transport-node'
import t from 'tap'
import { checkMasterKey, openKeyring, type Keyring, type KeyringOptions } from './index.ts'
import { bucketNameOf, subjectOfName } from './key-bucket.ts'
import { ROOT_NAME } from './key-name.ts'

async function connection(t: TestContext, servers: string): Promise<NatsConnection> {
  const opened = await connect({ servers, maxReconnectAttempts: -1, reconnectTimeWait: 20, reconnectJitter: 0 })
  t.teardown(() => opened.close())
  return opened
}

/** A process of its own: its own connection, its own cache. */
async function keyring(t: TestContext, servers: string, options: Omit<KeyringOptions, 'connection'>): Promise<Keyring> {
  const opened = await openKeyring({ connection: await connection(t, servers), ...options })
  t.teardown(() => opened.close())
  return opened
}

async function place(t: TestContext): Promise<{ url: string; options: { masterKey: Buffer; prefix: string } }> {
  const { url, prefix } = await testNats(t)
  return { url, options: { masterKey: randomBytes(32), prefix: prefix.replace(/_$/, '') } }
}

void t.test('given two processes, what one seals the other opens', async (t) => {
  const { url, options } = await place(t)
  const [first, second] = await Promise.all([keyring(t, url, options), keyring(t, url, options)])
  const value = { name: 'Ada', emails: ['ada@example.com'], age: null }
  t.same(await second.open('ada', await first.seal('ada', value, 'e1/customer'), 'e1/customer'), value)
  const body = randomBytes(300_000)
  const day = first.dayKeyId(new Date('2026-11-18T23:59:59Z'))
  t.equal(day, 'day-2026-11-18')
  t.same(await second.openBytes(day, await first.sealBytes(day, body, 'w1'), 'w1'), body)

  t.equal(first.personId(' Ada@Example.com '), second.personId('ada@example.com'))
  t.match(first.personId('ada@example.com'), /^[0-9a-f]{32}$/)
  t.not(first.personId('ada@example.com'), first.personId('bob@example.com'))
  t.equal(
    first.personId('+14155550142'),
    first.fingerprint('caller', '+14155550142'),
    'a phone number is known as a caller'
  )
})

void t.test('an altered or moved value is a permanent error', async (t) => {
  const { url, options } = await place(t)
  const keys = await keyring(t, url, options)
  const sealed = await keys.seal('ada', 'secret', 'e1/name')
  await keys.seal('bob', 'other', 'e2/name')
  const tampered = { name: 'PermanentError', code: 'KEYRING_TAMPERED' }
  await t.rejects(keys.open('ada', sealed, 'e2/name'), tampered)
  await t.rejects(keys.open('bob', sealed, 'e1/name'), tampered)
  // In the middle: the last character of base64 has bits that mean nothing.
  const middle = sealed.length - 12
  const altered = sealed.slice(0, middle) + (sealed[middle] === 'A' ? 'B' : 'A') + sealed.slice(middle + 1)
  await t.rejects(keys.open('ada', altered, 'e1/name'), tampered)
  await t.rejects(keys.open('ada', 'secret', 'e1/name'), { code: 'KEYRING_SEALED_TEXT_INVALID' })
  await t.rejects(keys.open('eve', sealed, 'e1/name'), { name: 'PermanentError', code: 'KEYRING_KEY_UNKNOWN' })
  t.equal(await keys.open('ada', sealed, 'e1/name'), 'secret')
})

void t.test('first uses of one key at the same time make one key, known keys need no round trip', async (t) => {
  const { url, options } = await place(t)
  const connections = await Promise.all([1, 2, 3].map(() => connection(t, url)))
  const rings = await Promise.all(connections.map((connection) => openKeyring({ connection, ...options })))
  t.teardown(() => rings.forEach((ring) => ring.close()))
  const sealed = await Promise.all(
    rings.flatMap((ring, process) => [0, 1, 2].map((i) => ring.seal('ada', [process, i], 'c')))
  )
  for (const ring of rings) {
    const opened = await Promise.all(sealed.map((text) => ring.open('ada', text, 'c')))
    t.same(
      opened,
      [0, 1, 2].flatMap((process) => [0, 1, 2].map((i) => [process, i]))
    )
  }
  const [first, asked] = [rings[0], connections[0]]
  if (!first || !asked) throw new Error('three were opened')
  const before = asked.stats().outMsgs
  for (let i = 0; i < 200; i++) await first.open('ada', await first.seal('ada', i, `c${String(i)}`), `c${String(i)}`)
  // The watch may ask for its next messages once meanwhile.
  t.ok(asked.stats().outMsgs - before <= 2)
})

void t.test('a destroyed key is erased everywhere, cannot come back by itself, and can be renewed', async (t) => {
  const { url, options } = await place(t)
  const [first, second] = await Promise.all([keyring(t, url, options), keyring(t, url, options)])
  const sealed = await first.seal('ada', 'secret', 'c')
  t.equal(await second.open('ada', sealed, 'c'), 'secret')

  t.equal(await first.destroyKey('ada'), true)
  t.equal(await first.destroyKey('ada'), false)
  t.equal(await first.destroyKey('nobody'), false)
  t.equal(await first.open('ada', sealed, 'c'), ERASED)
  await eventually(async () => (await second.open('ada', sealed, 'c')) === ERASED)
  const third = await keyring(t, url, options)
  t.equal(await third.open('ada', sealed, 'c'), ERASED)
  for (const process of [first, second, third]) {
    await t.rejects(process.seal('ada', 'again', 'c'), { name: 'PermanentError', code: 'KEYRING_KEY_DESTROYED' })
  }

  t.equal(await first.renewKey('ada'), true)
  const anew = await third.seal('ada', 'back', 'c')
  for (const process of [first, second, third]) {
    t.equal(await process.open('ada', anew, 'c'), 'back')
    t.equal(await process.open('ada', sealed, 'c'), ERASED)
  }
})

void t.test('the keys of the days before a date are destroyed, others stay', async (t) => {
  const { url, options } = await place(t)
  const keys = await keyring(t, url, options)
  const days = ['day-2026-08-19', 'day-2026-08-20', 'day-2026-08-21']
  const sealed = await Promise.all(days.map((day) => keys.seal(day, day, 'w')))
  const person = await keys.seal('ada', 'Ada', 'c')
  t.same(await keys.destroyDayKeysBefore(new Date('2026-08-21T15:00:00Z')), days.slice(0, 2))
  t.same(await keys.destroyDayKeysBefore(new Date('2026-08-21T15:00:00Z')), [])
  const opened = await Promise.all(days.map((day, i) => keys.open(day, sealed[i] ?? '', 'w')))
  t.same(opened, [ERASED, ERASED, 'day-2026-08-21'])
  t.equal(await keys.open('ada', person, 'c'), 'Ada')
})

void t.test('rotation of the master key', async (t) => {
  const { url, options } = await place(t)
  const next = randomBytes(32)
  const old = await keyring(t, url, { ...options })
  const both = await keyring(t, url, { ...options, otherMasterKeys: [next] })
  const early = await both.seal('ada', 'early', 'c')
  await old.seal('bob', 'early', 'c')
  await both.seal('eve', 'gone', 'c')
  await both.destroyKey('eve')

  // The root, Ada's and Bob's key.
  t.equal(await both.rewrap(next), 3)
  t.equal(await both.rewrap(next), 0)

  const opening = { code: 'KEYRING_MASTER_KEY_WRONG', name: 'PermanentError' }
  await t.rejects(keyring(t, url, options), opening)
  const fresh = await keyring(t, url, { ...options, masterKey: next })
  t.equal(await fresh.open('ada', early, 'c'), 'early')
  t.equal(fresh.personId('ada@example.com'), old.personId('ada@example.com'))

  const late = await both.seal('dan', 'late', 'c')
  t.equal(await fresh.open('dan', late, 'c'), 'late')
  const rotated = { name: 'TransientError', code: 'KEYRING_MASTER_KEY_ROTATED' }
  await t.rejects(old.open('dan', late, 'c'), rotated)
  const refusal = await eventually(() =>
    old.seal(`ivy-${String(Math.random()).slice(2)}`, 'x', 'c').then(
      () => null,
      (error: unknown) => error
    )
  )
  t.match(refusal, rotated)
  t.ok(await old.seal('bob', 'a key it knows', 'c'))
})

void t.test('another master key than the one the system was set up with is refused when opening', async (t) => {
  const { url, options } = await place(t)
  await keyring(t, url, options)
  const wrong = { ...options, masterKey: randomBytes(32) }
  await t.rejects(keyring(t, url, wrong), { name: 'PermanentError', code: 'KEYRING_MASTER_KEY_WRONG' })
})

void t.test('while the server is away known keys work and others fail at once; afterwards all is well', async (t) => {
  const server = await isolatedNats(t)
  const options = { masterKey: randomBytes(32) }
  const [first, second] = await Promise.all([keyring(t, server.url, options), keyring(t, server.url, options)])
  const sealed = await first.seal('ada', 'secret', 'c')
  t.equal(await second.open('ada', sealed, 'c'), 'secret')

  await server.kill()
  t.equal(await first.open('ada', await first.seal('ada', 'more', 'c'), 'c'), 'more')
  const unavailable = { name: 'TransientError', code: 'KEYRING_UNAVAILABLE' }
  const started = performance.now()
  await t.rejects(first.seal('bob', 'new', 'c'), unavailable)
  await t.rejects(first.destroyKey('ada'), unavailable)
  t.ok(performance.now() - started < 5_000)

  await server.restart()
  await eventually(() => first.seal('bob', 'new', 'c'))
  t.equal(await eventually(() => first.destroyKey('ada')), true)
  await eventually(async () => (await second.open('ada', sealed, 'c')) === ERASED)
})

void t.test('nothing of a destroyed key is left in the server files', async (t) => {
  const dataDir = t.testdir()
  const server = await startNats({ dataDir })
  t.teardown(() => server.kill())
  const opened = await connection(t, server.url)
  const keys = await openKeyring({ connection: opened, masterKey: randomBytes(32) })
  t.teardown(() => keys.close())
  await keys.seal('bob', 'stays', 'c')
  await keys.seal('ada', 'secret', 'c')
  await keys.rewrap(randomBytes(32))
  await keys.seal('eve', 'stays', 'c')

  const manager = await jetstreamManager(opened)
  const stored = await manager.streams.getMessage('KV_KEYS', { last_by_subj: '$KV.KEYS.key.ada' })
  const { wrapped } = stored?.json<{ wrapped: string }>() ?? { wrapped: '' }
  t.ok(wrapped.length > 40)
  t.equal(filesHolding(dataDir, wrapped).length, 1)
  await keys.destroyKey('ada')
  t.same(filesHolding(dataDir, wrapped), [])
  const info = await manager.streams.info('KV_KEYS', { subjects_filter: '>' })
  t.same(new Set(Object.values(info.state.subjects ?? {})), new Set([1]), 'one revision of each name is kept')
})

function filesHolding(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => statSync(name).isFile() && readFileSync(name).includes(text))
}

void t.test('an altered root entry is said to be altered, not to be out of reach', async (t) => {
  const { url, options } = await place(t)
  const opened = await connection(t, url)
  t.equal(await checkMasterKey({ connection: opened, ...options }), 'new')
  const keys = await keyring(t, url, options)
  await keys.seal('ada', 'secret', 'e1/name')
  t.equal(await checkMasterKey({ connection: opened, ...options }), 'fits')
  await jetstream(opened).publish(subjectOfName(bucketNameOf(options.prefix), ROOT_NAME), '{"v":1,"state":"active"}')
  await t.rejects(checkMasterKey({ connection: opened, ...options }), {
    name: 'PermanentError',
    code: 'KEYRING_RECORD_UNREADABLE'
  })
})
