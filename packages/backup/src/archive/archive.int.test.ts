import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { asSealedText } from '@leadlog/contracts'
import type { EventLog, WebhookEntry } from '@leadlog/event-log'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { millis } from '@nats-io/nats-core'
import { t } from 'tap'
import { bucketServer } from '../fixtures/bucket-server.ts'
import { backupKey, folders, smallSystem } from '../fixtures/small-system.ts'
import {
  createArchive,
  findArchived,
  listSlices,
  parseBackupKey,
  verifyArchive,
  type ArchivedStream,
  type BackupStore
} from '../index.ts'

const streams: readonly ArchivedStream[] = ['INGEST']

/** As ingest stores one; above 512 KiB the data goes to the object store. */
function webhook(eventId: string, keyId: string, body: string): WebhookEntry {
  return {
    eventId,
    provider: 'calendly',
    body: asSealedText(body),
    data: {
      provider: 'calendly',
      eventType: 'invitee.created',
      externalId: eventId,
      idempotencyKey: `calendly:invitee.created:${eventId}`,
      receivedAt: '2026-11-18T09:00:00.000Z',
      disposition: 'accepted',
      ignoredBecause: null,
      verdict: { scheme: 'calendly-hmac-sha256', verifiedAt: '2026-11-18T09:00:00.000Z' },
      contentType: 'application/json',
      size: body.length,
      digest: '0'.repeat(64),
      keyId
    }
  }
}

/** All that the server stored until now, as a moment. */
const justAfter = async (log: EventLog, stream: string): Promise<Date> => {
  const { streams } = await jetstreamManager(log.connection)
  const { state } = await streams.info(stream)
  return new Date(Date.parse(state.last_ts) + 1)
}

/** One at a time, since a run looks at the clock of the server. */
async function setUp(t: Parameters<typeof smallSystem>[0], store: BackupStore) {
  const system = await smallSystem(t)
  const keyId = system.keyring.dayKeyId(new Date())
  const add = async (...ids: string[]): Promise<void> => {
    for (const id of ids) {
      const sealed = await system.keyring.sealBytes(keyId, Buffer.from(`{"body":"${id}"}`), `webhook/${id}`)
      await system.log.appendWebhook(webhook(id, keyId, sealed))
    }
  }
  const archive = async (over: { sliceBytes?: number; signal?: AbortSignal; store?: BackupStore } = {}) => {
    const before = await justAfter(system.log, 'INGEST')
    const [archived] = await createArchive({
      log: system.log,
      store,
      backupKey,
      streams,
      before,
      now: new Date(before.getTime() + 86_400_000),
      ...over
    })
    if (archived === undefined) throw new Error('INGEST was not archived')
    return archived
  }
  return { ...system, keyId, add, archive, place: { store, backupKey, prefix: '' } }
}

void t.test('webhooks are archived once, sealed, and read back after their stream lost them', async (t) => {
  const { store } = folders(t)
  const { log, keyring, keyId, add, archive, place } = await setUp(t, store)
  await add('one', 'two')
  const first = await archive()
  t.match(first, { made: [{ from: 1, to: 2, messages: 2 }], gone: null, upTo: 2 })
  t.match(await archive(), { made: [], upTo: 2 }, 'run again: nothing to do')
  await add('three')
  t.match(await archive(), { made: [{ from: 3, to: 3 }], upTo: 3 })
  t.strictSame(await verifyArchive(place), {
    ...(await verifyArchive(place)),
    slices: 2,
    messages: 3,
    bodies: 0,
    gaps: []
  })

  const { streams } = await jetstreamManager(log.connection)
  await streams.purge('INGEST')
  t.match(await archive(), { made: [], upTo: 3 }, 'an expired stream takes nothing from the archive')
  const found = await findArchived(place, 'two')
  t.match(found, { stream: 'INGEST', sequence: 2, body: null })
  t.match(await findArchived(place, { stream: 'INGEST', sequence: 2 }), { sequence: 2 })
  const { data } = JSON.parse(Buffer.from(found.payload).toString('utf8')) as { data: { body: string } }
  const opened = await keyring.openBytes(keyId, data.body, 'webhook/two')
  t.equal(Buffer.from(opened as Uint8Array).toString(), '{"body":"two"}')
  await keyring.destroyKey(keyId)
  t.equal(typeof (await keyring.openBytes(keyId, data.body, 'webhook/two')), 'symbol', 'erased in the archive too')
  await t.rejects(findArchived(place, 'four'), { code: 'ARCHIVE_EVENT_NOT_FOUND' })
})

void t.test('what went to the object store is archived with its message', async (t) => {
  const { store } = folders(t)
  const { log, keyring, keyId, archive, place } = await setUp(t, store)
  const large = await keyring.sealBytes(keyId, randomBytes(600_000), 'webhook/large')
  await log.appendWebhook(webhook('large', keyId, large))
  t.match(await archive(), { made: [{ messages: 1, bodies: 1, missingBodies: 0 }] })
  const { body } = await findArchived(place, 'large')
  t.equal((JSON.parse(Buffer.from(body ?? []).toString('utf8')) as { body: string }).body, large)
  t.match(await verifyArchive(place), { messages: 1, bodies: 1 })
})

void t.test('interrupted, it goes on after the last finished slice', async (t) => {
  const { store } = folders(t)
  const { add, archive, place } = await setUp(t, store)
  await add('a', 'b', 'c', 'd', 'e')
  let puts = 0
  const failing: BackupStore = {
    ...store,
    put(name, bytes) {
      if (++puts === 6) throw new Error('the line was cut')
      return store.put(name, bytes)
    }
  }
  await t.rejects(archive({ sliceBytes: 1, store: failing }), { message: 'the line was cut' })
  t.match(await listSlices(store, ''), [{ from: 1, to: 1 }], 'what was finished stays, what was not is removed')
  t.match(await archive({ sliceBytes: 1 }), { made: [{ from: 2 }, { from: 3 }, { from: 4 }, { from: 5, to: 5 }] })
  t.match(await verifyArchive(place), { slices: 5, messages: 5, gaps: [] })
})

void t.test('what was gone before it could be archived is told', async (t) => {
  const { store } = folders(t)
  const { log, add, archive, place } = await setUp(t, store)
  await add('a')
  await archive()
  await add('b', 'c', 'd')
  const { streams } = await jetstreamManager(log.connection)
  await streams.purge('INGEST', { seq: 4 })
  t.match(await archive(), { made: [{ from: 4 }], gone: { from: 2, to: 3 } })
  t.strictSame((await verifyArchive(place)).gaps, [{ stream: 'INGEST', from: 2, to: 3 }])
})

void t.test('the archive of another system is not gone on with', async (t) => {
  const { store } = folders(t)
  const one = await setUp(t, store)
  await one.add('a')
  await one.archive()
  const two = await setUp(t, store)
  await two.add('b', 'c')
  await t.rejects(two.archive(), { code: 'ARCHIVE_OTHER_SYSTEM' })
})

void t.test('a changed, cut or foreign file is seen', async (t) => {
  const { store } = folders(t)
  const { add, archive, place } = await setUp(t, store)
  await add('a')
  const { made } = await archive()
  const folder = `archive/${made[0]?.id ?? ''}/`
  const wrong = parseBackupKey(randomBytes(32).toString('base64'))
  await t.rejects(verifyArchive({ ...place, backupKey: wrong }), { code: 'BACKUP_KEY_WRONG' })
  const chunk = (await store.get(`${folder}messages/000000`)) ?? Buffer.alloc(0)
  await store.put(`${folder}messages/000000`, Buffer.from(chunk.map((byte, at) => (at === 40 ? byte ^ 1 : byte))))
  await t.rejects(verifyArchive(place), { code: 'BACKUP_CHUNK_CHANGED', message: /Bring the object back/ })
  await store.remove(`${folder}messages/000000`)
  await t.rejects(verifyArchive(place), { code: 'BACKUP_CHUNK_MISSING' })
  await store.put(`${folder}messages/000000`, chunk)
  const manifest = (await store.get(`${folder}manifest.json`)) ?? Buffer.alloc(0)
  await store.put(
    `${folder}manifest.json`,
    Buffer.from(manifest.toString().replace(String.raw`\"messages\":1`, String.raw`\"messages\":2`))
  )
  await t.rejects(verifyArchive(place), { code: 'ARCHIVE_SLICE_CHANGED', message: /its description was changed/ })
})

void t.test('a run says when the stream would lose what it left', async (t) => {
  const { store } = folders(t)
  const { log, add } = await setUp(t, store)
  const { streams: manager } = await jetstreamManager(log.connection)
  const { config } = await manager.info('INGEST')
  const age = millis(config.max_age)
  const run = async (before: Date, now: Date, archived: ArchivedStream = 'INGEST') =>
    (await createArchive({ log, store, backupKey, streams: [archived], before, now })).map(
      ({ nextExpiry }) => nextExpiry
    )
  await add('a')
  const afterFirst = await justAfter(log, 'INGEST')
  await setTimeout(5)
  await add('b', 'c')
  const later = new Date(Date.now() + 86_400_000)
  const second = await manager.getMessage('INGEST', { seq: 2 })
  t.strictSame(await run(afterFirst, later), [new Date((second?.time.getTime() ?? 0) + age)])
  t.strictSame(await run(later, later), [new Date(later.getTime() + age)], 'nothing is left')
  t.strictSame(await run(later, later, 'EVENTS'), [null], 'what is kept for ever')
})

void t.test('to a bucket, EVENTS too', async (t) => {
  const store = (await bucketServer(t))('archive')
  const { log, add, place } = await setUp(t, store)
  await add('a')
  const js = jetstream(log.connection)
  for (let at = 0; at < 300; at++) await js.publish(`evt.crm.lead.${at}`, randomBytes(2_000))
  const before = await justAfter(log, 'EVENTS')
  const now = new Date(before.getTime() + 1_000)
  const made = await createArchive({ log, store, backupKey, streams: ['INGEST', 'EVENTS'], before, now })
  t.match(made, [
    { stream: 'INGEST', upTo: 1 },
    { stream: 'EVENTS', upTo: 300 }
  ])
  t.match(await verifyArchive(place), { messages: 301, gaps: [] })
})
