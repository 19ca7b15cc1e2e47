import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { eventually, type TestContext } from '@leadlog/testing'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import t from 'tap'
import { backupKey, emptyServers, folders, migrations, smallSystem } from './fixtures/small-system.ts'
import {
  createBackup,
  createKeysBackup,
  folderStore,
  listBackups,
  parseBackupKey,
  pruneBackups,
  restoreBackup,
  verifyBackup,
  type BackupStore
} from './index.ts'
import { withClient } from './postgres/snapshot-reader.ts'

/** A backup whose events fill several chunks, and the folder of those. */
async function madeBackup(t: TestContext) {
  const system = await smallSystem(t)
  await system.publish('evt.crm.lead', 200, 100_000)
  await system.publish('in.calendly', 10)
  await system.effect('note:1')
  const stores = folders(t)
  const { data, keys } = await createBackup({ system, ...stores, backupKey, migrations })
  const folder = path.join(stores.root, 'data', 'data', data.id)
  const chunks = path.join(folder, 'streams', 'EVENTS')
  return {
    system,
    stores,
    data,
    keys,
    manifest: path.join(folder, 'manifest.json'),
    chunk: (at: number) => path.join(chunks, `00000${at}`)
  }
}

void t.test('a backup that is not as it was written is refused, and says what is wrong', async (t) => {
  const { system, stores, data, manifest, chunk } = await madeBackup(t)
  const verify = (key = backupKey) => verifyBackup({ ...stores, backupKey: key })
  t.match(await verify(), { data: { id: data.id } })
  const bytes = readFileSync(chunk(1))

  truncateSync(chunk(1), bytes.length - 1)
  await t.rejects(verify(), { code: 'BACKUP_CHUNK_CHANGED', message: /000001 .* has \d+ bytes and was written with/ })
  const flipped = Buffer.from(bytes)
  flipped[bytes.length >> 1]! ^= 1
  writeFileSync(chunk(1), flipped)
  await t.rejects(verify(), { code: 'BACKUP_CHUNK_CHANGED', message: /digest/ })
  rmSync(chunk(1))
  await t.rejects(verify(), { code: 'BACKUP_CHUNK_MISSING', message: /chunk 2 of 3 of streams\/EVENTS/ })
  writeFileSync(chunk(1), bytes)
  t.match(await verify(), { data: { id: data.id } })

  await t.rejects(verify(parseBackupKey(randomBytes(32).toString('base64'))), { code: 'BACKUP_KEY_WRONG' })
  t.throws(() => parseBackupKey('short'), { code: 'BACKUP_KEY_INVALID' })

  const text = readFileSync(manifest, 'utf8')
  writeFileSync(manifest, text.replace(/\\"lastSequence\\":200/, '\\"lastSequence\\":199'))
  t.not(readFileSync(manifest, 'utf8'), text)
  await t.rejects(verify(), { code: 'BACKUP_MANIFEST_CHANGED' })
  writeFileSync(manifest, text.slice(0, -10))
  await t.rejects(verifyBackup({ ...stores, backupKey, id: data.id }), { code: 'BACKUP_MANIFEST_CHANGED' })
  writeFileSync(manifest, text.replace('\\"format\\":1', '\\"format\\":2'))
  await t.rejects(verifyBackup({ ...stores, backupKey, id: data.id }), { code: 'BACKUP_MANIFEST_UNKNOWN' })
  rmSync(manifest)
  await t.rejects(verifyBackup({ ...stores, backupKey, id: data.id }), { code: 'BACKUP_INCOMPLETE' })
  await t.rejects(verify(), { code: 'BACKUP_NOT_FOUND' })
  await t.rejects(createBackup({ system, store: stores.store, keysStore: stores.store, backupKey, migrations }), {
    code: 'BACKUP_KEYS_NOT_APART'
  })
})

void t.test('a chunk cannot stand in for another one, not even with its digest', async (t) => {
  const { stores, data, manifest, chunk } = await madeBackup(t)
  renameSync(chunk(0), `${chunk(0)}.kept`)
  renameSync(chunk(1), chunk(0))
  renameSync(`${chunk(0)}.kept`, chunk(1))
  t.ok(readdirSync(path.dirname(chunk(0))).length >= 3)
  await t.rejects(verifyBackup({ ...stores, backupKey, id: data.id }), { code: 'BACKUP_CHUNK_CHANGED' })
  t.ok(readFileSync(manifest).length > 0)
})

void t.test('a restore never overwrites', async (t) => {
  const { stores, system } = await madeBackup(t)
  const target = await emptyServers(t)
  const restore = (at: { natsUrl: string; databaseUrl: string }, release = migrations) =>
    restoreBackup({ target: at, ...stores, backupKey, migrations: release })
  await t.rejects(restore(system), { code: 'RESTORE_TARGET_NOT_EMPTY', message: /ADVISORIES|EVENTS/ })
  await t.rejects(restore({ natsUrl: target.natsUrl, databaseUrl: system.databaseUrl }), {
    code: 'RESTORE_TARGET_NOT_EMPTY',
    message: /crm_sync\.effects/
  })
  await t.rejects(restore(target, []), { code: 'RESTORE_RELEASE_TOO_OLD', message: /0001-effects/ })
  t.equal((await (await jetstreamManager(system.log.connection)).streams.info('EVENTS')).state.messages, 200)
  await t.resolves(restore(target), 'refusals left nothing behind')
})

void t.test('keys that are older than the data do not fit it', async (t) => {
  const { system, stores, keys } = await madeBackup(t)
  await createBackup({ system, ...stores, backupKey, migrations })
  const target = await emptyServers(t)
  await t.rejects(restoreBackup({ target, ...stores, backupKey, migrations, keysId: keys.id }), {
    code: 'BACKUP_KEYS_MISSING'
  })
  const nowhere = folderStore(path.join(stores.root, 'nowhere'))
  await t.rejects(restoreBackup({ target, ...stores, keysStore: nowhere, backupKey, migrations }), {
    code: 'BACKUP_KEYS_MISSING'
  })
})

void t.test('a restore that fails half-way leaves nothing', async (t) => {
  const { stores, chunk } = await madeBackup(t)
  const bytes = readFileSync(chunk(2))
  const target = await emptyServers(t)
  const restore = () => restoreBackup({ target, ...stores, backupKey, migrations })
  rmSync(chunk(2))
  await t.rejects(restore(), { code: 'BACKUP_CHUNK_MISSING' })
  writeFileSync(chunk(2), bytes)
  await t.resolves(restore())
})

void t.test('a restore that died half-way keeps services out, and is begun anew on request', async (t) => {
  const { stores } = await madeBackup(t)
  const target = await emptyServers(t)
  // The server is killed under it, so that it cannot clean up either.
  const dying: BackupStore = {
    ...stores.store,
    async get(name) {
      if (name.includes('/streams/INGEST/')) await target.nats.kill()
      return stores.store.get(name)
    }
  }
  await t.rejects(restoreBackup({ target, ...stores, store: dying, backupKey, migrations }))
  await target.nats.restart()
  const restore = (discardInterrupted: boolean) =>
    restoreBackup({ target, ...stores, backupKey, migrations, discardInterrupted })
  await t.rejects(restore(false), { code: 'RESTORE_INTERRUPTED', message: /--discard-interrupted/ })
  await t.resolves(restore(true))
  await t.rejects(restore(true), { code: 'RESTORE_TARGET_NOT_EMPTY' }, 'a finished one is never discarded')
})

void t.test('a backup that fails removes what it wrote; one that died is not taken for a backup', async (t) => {
  const { system, stores, data } = await madeBackup(t)
  const failing: BackupStore = {
    ...stores.store,
    put: (name, bytes) =>
      name.endsWith('manifest.json') ? Promise.reject(new Error('gone')) : stores.store.put(name, bytes)
  }
  await t.rejects(createBackup({ system, ...stores, store: failing, backupKey, migrations }), { message: 'gone' })
  t.strictSame(
    (await listBackups(stores.store, 'data')).map(({ id }) => id),
    [data.id]
  )
  const dead: BackupStore = { ...failing, remove: () => Promise.reject(new Error('gone')) }
  await t.rejects(createBackup({ system, ...stores, store: dead, backupKey, migrations }), { message: 'gone' })
  const listed = await listBackups(stores.store, 'data')
  t.strictSame(
    listed.map(({ complete }) => complete),
    [false, true]
  )
  t.match(await verifyBackup({ ...stores, backupKey }), { data: { id: data.id } }, 'the newest complete one')

  const hours = (count: number): Date => new Date(Date.now() + count * 3_600_000)
  t.strictSame(await pruneBackups(stores.store, 'data', {}, hours(1)), [], 'it may be under way')
  t.strictSame(await pruneBackups(stores.store, 'data', {}, hours(25)), [listed[0]?.id])
})

void t.test('retention keeps the newest, whatever it says', async (t) => {
  const { system, stores, data } = await madeBackup(t)
  const { data: second } = await createBackup({ system, ...stores, backupKey, migrations })
  await createKeysBackup({ system, keysStore: stores.keysStore, backupKey })
  t.strictSame(await pruneBackups(stores.store, 'data', { keep: 1 }, new Date()), [data.id])
  t.strictSame(readdirSync(path.join(stores.root, 'data', 'data')), [second.id], 'no empty folder stays')
  const inAYear = new Date(Date.now() + 365 * 86_400_000)
  t.equal((await pruneBackups(stores.keysStore, 'keys', { keepDays: 7 }, inAYear)).length, 2)
  t.equal((await listBackups(stores.keysStore, 'keys')).length, 1)
})

void t.test('a server that goes away while it is backed up', async (t) => {
  const { system, stores, data } = await madeBackup(t)
  const store: BackupStore = {
    ...stores.store,
    async put(name, bytes) {
      if (name.includes('/streams/EVENTS/')) await system.nats.kill()
      return stores.store.put(name, bytes)
    }
  }
  await t.rejects(createBackup({ system, ...stores, store, backupKey, migrations }))
  await system.nats.restart()
  t.strictSame(
    (await listBackups(stores.store, 'data')).map(({ id }) => id),
    [data.id]
  )
  await eventually(async () => {
    const connection = await connect({ servers: system.natsUrl })
    await connection.close()
    return true
  })
  await t.resolves(createBackup({ system, ...stores, backupKey, migrations }))
  await withClient(system.databaseUrl, (client) => client.query('select 1'))
})
