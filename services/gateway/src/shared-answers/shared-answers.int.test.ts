import { randomBytes } from 'node:crypto'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { LeadDetailsChanged, PersonErased } from '@leadlog/contracts'
import { createLogger } from '@leadlog/service'
import { eventually, isolatedPostgres, isolatedRedis, testDatabase, testRedis } from '@leadlog/testing'
import { Redis } from 'ioredis'
import type { KyselyPlugin } from 'kysely'
import t from 'tap'
import { openReadDatabase } from '../database/open-read-database.ts'
import { openScopedReads, type ScopedReads } from '../database/scoped-reads.ts'
import { bookedLead } from '../fixtures/booking-story.ts'
import { giveUp } from '../fixtures/failure-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { API_KEY, testGateway } from '../fixtures/test-gateway.ts'
import { answerOf } from './answer.ts'
import { memoryAnswers, redisAnswers } from './answer-store.ts'

const STARTS_AT = '2026-11-20T10:00:00.000Z'
const SAM = 'sam@own.example'
const [ada, bob] = [person('Ada', 'Lovelace'), person('Bob', 'Babbage')]
const logger = createLogger({ service: 'gateway', level: 'silent' })

/** Sam's lead Ada and Kim's lead Bob. */
function twoLeads() {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const adas = bookedLead(story, ada, { startsAt: STARTS_AT, hostEmail: SAM })
  const bobs = bookedLead(story, bob, { startsAt: STARTS_AT, hostEmail: 'kim@own.example' })
  return { story, adas, bobs }
}

/** Adds the tables that a query names. */
function spyOn(named: Set<string>): KyselyPlugin {
  const quoted = /"name":"gateway"\},"identifier":\{"kind":"IdentifierNode","name":"(\w+)"/g
  return {
    transformQuery({ node }) {
      const text = JSON.stringify(node)
      for (const [, table = ''] of text.matchAll(quoted)) named.add(table)
      for (const [, table = ''] of text.matchAll(/gateway\.(\w+)/g)) named.add(table.replace(/^find_/, ''))
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result)
  }
}

/** Reads that can be held up, and are counted with the tables that they name. */
function watchedReads(real: ScopedReads) {
  const tables: Set<string>[] = []
  let gate: Promise<void> = Promise.resolve()
  const reads: ScopedReads = {
    ...real,
    as: async (scope, read) => {
      const named = new Set<string>()
      tables.push(named)
      await gate
      const spy = spyOn(named)
      return real.as(scope, (db) => read(db.withPlugin(spy)))
    }
  }
  return {
    reads,
    tables,
    /** Holds up every read until it is let go. */
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>()
      gate = promise
      return resolve
    }
  }
}

async function watchedGateway(
  t: Parameters<typeof testGateway>[0] & Parameters<typeof testDatabase>[0],
  databaseUrl?: string,
  namedByGateway = new Set<string>()
) {
  const url = databaseUrl ?? (await testDatabase(t)).url
  const real = openScopedReads({ url, logger })
  const own = openReadDatabase({ url, logger })
  const watched = watchedReads(real)
  const deps = { reads: watched.reads, db: own.db.withPlugin(spyOn(namedByGateway)) }
  const gateway = await testGateway(t, { databaseUrl: url, deps })
  t.teardown(async () => {
    await real.close()
    await own.close()
  })
  return { gateway, ...watched }
}

void t.test('reads that are alike are made once, and anew when a row changed', async (t) => {
  const { story, adas } = twoLeads()
  const { gateway, tables, hold } = await watchedGateway(t)
  await gateway.tell(story.events)
  // Tables that are new are known a moment after their first rows.
  await eventually(async () => {
    await gateway.get('/v1/leads?limit=1')
    return gateway.shared.at(-1) === 'kept'
  })
  tables.length = 0
  const letGo = hold()
  const crowd = Array.from({ length: 20 }, () => gateway.get('/v1/leads?limit=10&sort=email'))
  await eventually(() => tables.length > 0)
  const alike = gateway.get('/v1/leads?sort=email&limit=10')
  letGo()
  const answers = await Promise.all([...crowd, alike])
  t.equal(tables.length, 1, 'twenty-one requests, one read')
  t.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1)
  t.ok(answers.every(({ status, headers }) => status === 200 && headers['etag'] === answers[0]?.headers['etag']))
  t.ok(answers.every(({ headers }) => headers['content-type'] === 'application/json; charset=utf-8'))

  await gateway.get('/v1/leads?limit=10&sort=email')
  t.equal(tables.length, 1, 'kept')
  t.equal(gateway.shared.at(-1), 'kept')
  t.equal(gateway.shared.filter((outcome) => outcome === 'joined').length, 20)
  await gateway.get('/v1/leads?limit=11&sort=email')
  t.equal(tables.length, 2, 'another address is another read')

  const told = story.events.length
  const customer = { ...ada.customer, name: 'Augusta Lovelace' }
  const details = { leadId: ada.personId, personId: ada.personId, customer, changed: ['name' as const] }
  story.emit(LeadDetailsChanged, ada.personId, details, adas.booked)
  const reached = story.events.filter(({ stream }) => stream === 'EVENTS').length
  const [after] = await Promise.all([
    gateway.get(`/v1/leads?limit=10&sort=email&after=${reached}`),
    gateway.tell(story.events.slice(told))
  ])
  t.match(JSON.stringify(after.body), /Augusta/, 'never older than what is asked for')
  t.match(JSON.stringify((await gateway.get('/v1/leads?limit=10&sort=email')).body), /Augusta/)
})

void t.test('what is shared is compressed once, and not sent to who has it', async (t) => {
  const { story } = twoLeads()
  const { gateway } = await watchedGateway(t)
  await gateway.tell(story.events)
  const ask = (headers: Record<string, string>) =>
    gateway.app.inject({
      path: '/v1/leads?limit=10',
      headers: { authorization: `Bearer ${API_KEY}`, ...headers }
    })
  const plain = await ask({})
  t.notOk(plain.headers['content-encoding'])
  for (const [accepted, expected, open] of [
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip, br;q=0', 'gzip', gunzipSync]
  ] as const) {
    for (const turn of ['first', 'again']) {
      const answer = await ask({ 'accept-encoding': accepted })
      t.match(
        answer.headers,
        { 'content-encoding': expected, vary: /accept-encoding/i, etag: plain.headers.etag },
        turn
      )
      t.equal(open(answer.rawPayload).toString('utf8'), plain.body)
      t.equal(Number(answer.headers['content-length']), answer.rawPayload.length)
    }
  }
  const known = await ask({ 'if-none-match': String(plain.headers.etag), 'accept-encoding': 'br' })
  t.match(known, { statusCode: 304, body: '' })
  t.equal(known.headers.etag, plain.headers.etag)
  t.notOk(known.headers['content-encoding'])
})

void t.test('nobody is given what was read for somebody who sees more', async (t) => {
  const { story } = twoLeads()
  const { gateway, hold, tables } = await watchedGateway(t)
  await gateway.tell(story.events)
  const [sam, kim, mia, noor] = await Promise.all([
    gateway.signedIn(SAM, 'user'),
    gateway.signedIn('kim@own.example', 'user'),
    gateway.signedIn('mia@own.example', 'manager'),
    gateway.signedIn('noor@own.example', 'user')
  ])
  for (const path of ['/v1/leads', '/v1/meetings', '/v1/search?q=example', '/v1/crm-writes']) {
    const before = tables.length
    const letGo = hold()
    const asked = [mia, sam, kim, noor].map((browser) => browser.get(path))
    await eventually(() => tables.length === before + 4)
    letGo()
    for (const answers of [
      await Promise.all(asked),
      await Promise.all([mia, sam, kim, noor].map((b) => b.get(path)))
    ]) {
      const [all, sams, kims, none] = answers.map(({ body }) => JSON.stringify(body))
      t.ok(all?.includes(ada.personId) && all.includes(bob.personId), `${path}: the manager`)
      t.ok(sams?.includes(ada.personId) && !sams.includes(bob.personId), `${path}: Sam`)
      t.ok(kims?.includes(bob.personId) && !kims.includes(ada.personId), `${path}: Kim`)
      t.notMatch(none, new RegExp(`${ada.personId}|${bob.personId}`), `${path}: who hosts nobody`)
    }
  }
  t.equal((await gateway.browser().get('/v1/leads')).status, 401, 'what is kept is for nobody who is not known')
  t.equal((await sam.get('/v1/received-events')).status, 403, 'nor for who may not')
})

void t.test('an erased person is gone from what was kept', async (t) => {
  const { story, adas } = twoLeads()
  const { gateway } = await watchedGateway(t)
  await gateway.tell(story.events)
  const paths = ['/v1/leads', '/v1/meetings', '/v1/search?q=lovelace', '/v1/received-events', '/v1/crm-writes']
  for (const path of paths) t.match(JSON.stringify((await gateway.get(path)).body), ada.personId, path)
  const told = story.events.length
  const writes = [adas.firstWrite, adas.secondWrite].flatMap((write) => write?.data.writeId ?? [])
  story.emit(
    PersonErased,
    ada.personId,
    {
      erasureId: 'e1',
      personId: ada.personId,
      leadId: ada.personId,
      meetingIds: [adas.meetingId],
      crmWriteIds: [...writes, adas.note.data.noteId],
      callIds: [],
      callerIds: [],
      eventIds: story.events.map(({ id }) => id)
    },
    adas.booked
  )
  await gateway.tell(story.events.slice(told))
  for (const path of paths) t.notMatch(JSON.stringify((await gateway.get(path)).body), /lovelace/i, `${path}: at once`)
})

void t.test('every shared read says all that it rests on', async (t) => {
  const { story, bobs } = twoLeads()
  if (bobs.firstWrite) giveUp(story, bobs.firstWrite, 2)
  // The overview is read by the gateway itself, for those who may see everything.
  const own = new Set<string>()
  const { gateway, tables } = await watchedGateway(t, undefined, own)
  const restsOn = new Map<string, readonly string[]>()
  for (const { url, shared } of gateway.routes)
    if (shared && shared.restsOn.length > 0) restsOn.set(url, shared.restsOn)
  await gateway.tell(story.events)
  t.ok(restsOn.size > 5)
  for (const [url, models] of restsOn) {
    tables.length = 0
    own.clear()
    t.equal((await gateway.get(url === '/v1/search' ? `${url}?q=ada` : url)).status, 200, url)
    const named = [...new Set([...tables, own].flatMap((set) => [...set]))].filter((table) => table !== 'lead_owners')
    t.ok(named.length > 0, url)
    const known = models.map((model) => model.replace('gateway-', '').replaceAll('-', '_'))
    t.same(
      named.filter((table) => !known.includes(table)),
      [],
      `${url} reads no other table`
    )
  }
})

void t.test('a read that fails fails alone, and while changes are not heard of nothing is shared', async (t) => {
  const server = await isolatedPostgres(t)
  const { story } = twoLeads()
  const { gateway, tables } = await watchedGateway(t, server.url)
  await gateway.tell(story.events)
  t.equal((await gateway.get('/v1/leads')).status, 200)
  await server.kill()
  await eventually(async () => (await gateway.get('/v1/leads')).status === 503)
  t.equal(gateway.shared.at(-1), 'unsure', 'not what was kept: nobody knows whether it still holds')
  await server.restart()
  await eventually(async () => (await gateway.get('/v1/leads')).status === 200)
  await eventually(async () => {
    await gateway.get('/v1/leads')
    return gateway.shared.at(-1) === 'kept'
  })
  t.ok(tables.length > 1)
})

void t.test('Redis keeps answers sealed, for so long, and is not needed', async (t) => {
  const shared = await testRedis(t)
  const redis = new Redis(shared.url)
  t.teardown(() => redis.disconnect())
  const secret = randomBytes(8)
  const keyring = {
    sealBytes: (keyId: string, bytes: Uint8Array, context: string) =>
      Promise.resolve(
        `sealed ${Buffer.from([...secret, ...bytes].map((byte) => byte ^ 0x55)).toString('base64')} ${keyId} ${context}`
      ),
    openBytes: (keyId: string, sealed: string, context: string) => {
      const [, text = '', ...about] = sealed.split(' ')
      if (about.join(' ') !== `${keyId} ${context}`) return Promise.reject(new Error('tampered'))
      return Promise.resolve(
        Buffer.from(text, 'base64')
          .map((byte) => byte ^ 0x55)
          .subarray(secret.length)
      )
    }
  }
  const store = redisAnswers(redis, shared.prefix, keyring as never)
  await store.put('a', answerOf('{"name":"Ada Lovelace"}'), 60_000)
  const kept = await store.get('a')
  t.equal(kept?.answer.body, '{"name":"Ada Lovelace"}')
  t.ok((kept?.leftMs ?? 0) > 0 && (kept?.leftMs ?? 0) <= 60_000)
  t.notMatch(await redis.get(`${shared.prefix}a`), /Lovelace/)
  await redis.rename(`${shared.prefix}a`, `${shared.prefix}b`)
  t.equal(await store.get('b'), null, 'an answer to another question does not open')
  t.equal(await store.get('never'), null)

  const server = await isolatedRedis(t)
  const away = new Redis(server.url, { enableOfflineQueue: false, maxRetriesPerRequest: 0 })
  away.on('error', () => undefined)
  t.teardown(() => away.disconnect())
  await server.kill()
  const alone = redisAnswers(away, '', keyring as never)
  await alone.put('a', answerOf('x'), 1_000)
  t.equal(await alone.get('a'), null)
})

void t.test('memory is bounded by size and by time', async (t) => {
  let now = 0
  const store = memoryAnswers(() => now, 10)
  await store.put('a', answerOf('12345'), 1_000)
  await store.put('b', answerOf('12345'), 1_000)
  t.match(await store.get('a'), { answer: { body: '12345' }, leftMs: 1_000 })
  await store.put('c', answerOf('1'), 1_000)
  t.equal(await store.get('a'), null, 'the oldest goes')
  t.match(await store.get('b'), { answer: { body: '12345' } })
  now = 1_000
  t.equal(await store.get('b'), null)
})
