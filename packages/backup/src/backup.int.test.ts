import { randomBytes } from 'node:crypto'
import { jetstreamManager } from '@nats-io/jetstream'
import t from 'tap'
import {
  consumeSome,
  emptyServers,
  folders,
  backupKey,
  masterKey,
  migrations,
  smallSystem
} from './fixtures/small-system.ts'
import { createBackup, createKeysBackup, drill, restoreBackup, verifyBackup } from './index.ts'
import { openEventLog } from '@leadlog/event-log'
import { openKeyring } from '@leadlog/keyring'
import { withClient } from './postgres/snapshot-reader.ts'

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

void t.test('a backup made with traffic on gives streams and tables message by message and row by row', async (t) => {
  const system = await smallSystem(t)
  const stores = folders(t)
  await system.publish('in.calendly', 500)
  await system.publish('evt.crm.lead', 5_000, 2_000)
  await system.publish('dead.crm.follow', 3)
  await system.log.putObject('body', Buffer.alloc(700_000, 'x'))
  await system.keyring.seal('person-1', { name: 'Marta' }, 'here')
  for (let note = 0; note < 20; note++) await system.effect(`note:${note}`)
  await consumeSome(system.log, 'EVENTS', 'crm-sync-queue-writes', 40)

  let busy = true
  const traffic = (async () => {
    for (let round = 0; busy; round++) {
      await system.publish('in.readai', 50)
      await system.publish('evt.meetings.meeting', 100)
      await system.effect(`busy:${round}`)
    }
  })()
  const steps = new Set<string>()
  const onProgress = ({ step }: { step: string }) => void steps.add(step)
  const { data, keys } = await createBackup({ system, ...stores, backupKey, migrations, onProgress })
  busy = false
  await traffic
  t.ok(['EVENTS', 'INGEST', 'OBJ_OBJECTS', 'KV_KEYS', 'crm_sync.effects'].every((step) => steps.has(step)))
  const sequence = (name: string): number => data.streams.find(({ logical }) => logical === name)?.lastSequence ?? 0
  t.ok(sequence('EVENTS') >= 5_000)
  t.ok(sequence('INGEST') >= 500)
  t.notOk(
    data.streams.some(({ logical }) => logical === 'KV_KEYS'),
    'no key is among the data'
  )
  t.notOk(
    data.streams.some(({ logical }) => logical === 'REPLIES'),
    'what lives in memory is left out'
  )
  t.strictSame(
    keys.streams.map(({ logical }) => logical),
    ['KV_KEYS']
  )

  const verified = await verifyBackup({ ...stores, backupKey })
  t.equal(verified.data.id, data.id)
  t.ok(verified.bytes > 5_000 * 2_000, 'random bodies do not shrink')
  const target = await emptyServers(t)
  // As after a rotation, before the new key has taken the old one's place.
  const rotated = { masterKey: randomBytes(32), otherMasterKeys: [masterKey] }
  const drilled = await drill({ ...stores, backupKey, target, migrations, ...rotated })
  t.match(
    drilled.streams.find(({ name }) => name === 'EVENTS'),
    { lastSequence: sequence('EVENTS') }
  )
  t.ok((drilled.tables.find(({ name }) => name === 'crm_sync.effects')?.rows ?? 0) >= 20)
  const log = await openEventLog({ servers: target.natsUrl, name: 'test', logger: silent })
  t.teardown(() => log.connection.close())
  await t.rejects(log.ensureStreams(), { code: 'EVENT_LOG_STREAM_DRIFT', message: /start no service/ })
})

void t.test('a restored system goes on where it was', async (t) => {
  const system = await smallSystem(t)
  const stores = folders(t)
  await system.publish('evt.crm.lead', 300)
  await system.effect('note:1')
  await consumeSome(system.log, 'EVENTS', 'crm-sync-queue-writes', 40)
  const sealed = await system.keyring.seal('person-1', { name: 'Marta' }, 'here')
  await createBackup({ system, ...stores, backupKey, migrations })

  const target = await emptyServers(t)
  await restoreBackup({ target, ...stores, backupKey, migrations })
  const again = await smallSystem(t, target)
  const { consumers, streams } = await jetstreamManager(again.log.connection)
  t.match(await consumers.info('EVENTS', 'crm-sync-queue-writes'), { num_pending: 260 })
  const before = await (await jetstreamManager(system.log.connection)).streams.getMessage('EVENTS', { seq: 300 })
  const after = await streams.getMessage('EVENTS', { seq: 300 })
  t.equal(after?.timestamp, before?.timestamp)
  t.equal(after?.header.get('Nats-Msg-Id'), before?.header.get('Nats-Msg-Id'))
  t.strictSame(await again.keyring.open('person-1', sealed, 'here'), { name: 'Marta' })
  t.equal((await streams.info('EVENTS')).config.description, 'Domain events: the subject is the aggregate')
  const rows = await withClient(target.databaseUrl, async (client) => {
    const { rows } = await client.query<{ key: string }>('select key, response from crm_sync.effects order by key')
    return rows
  })
  t.match(rows, [{ key: 'leadlog/restored' }, { key: 'note:1', response: { note: 'note:1\n\\N\t"é' } }])
})

void t.test('who was erased after the backup stays erased', async (t) => {
  const system = await smallSystem(t)
  const stores = folders(t)
  const secret = { name: 'Marta' }
  const sealed = {
    listed: await system.keyring.seal('listed', secret, 'here'),
    backedUp: await system.keyring.seal('backed-up', secret, 'here'),
    live: await system.keyring.seal('live', secret, 'here'),
    renewed: await system.keyring.seal('renewed', secret, 'here'),
    kept: await system.keyring.seal('kept', secret, 'here')
  }
  await system.publish('evt.crm.lead', 10)
  await createBackup({ system, ...stores, backupKey, migrations })
  await system.keyring.destroyKey('backed-up')
  await createKeysBackup({ system, keysStore: stores.keysStore, backupKey })
  await system.keyring.destroyKey('live')
  await system.keyring.destroyKey('renewed')
  await system.keyring.renewKey('renewed')

  const target = await emptyServers(t)
  const { destroyedAgain } = await restoreBackup({
    target,
    ...stores,
    backupKey,
    migrations,
    destroyed: [{ keyId: 'listed' }],
    erasuresFrom: system
  })
  t.strictSame([...destroyedAgain].sort(), ['listed', 'live', 'renewed'])
  const log = await openEventLog({ servers: target.natsUrl, name: 'test', logger: silent })
  t.teardown(() => log.connection.close())
  const keyring = await openKeyring({ connection: log.connection, masterKey })
  t.teardown(() => keyring.close())
  t.type(await keyring.open('listed', sealed.listed, 'here'), 'symbol')
  t.type(await keyring.open('backed-up', sealed.backedUp, 'here'), 'symbol')
  t.type(await keyring.open('live', sealed.live, 'here'), 'symbol')
  t.type(await keyring.open('renewed', sealed.renewed, 'here'), 'symbol')
  t.strictSame(await keyring.open('kept', sealed.kept, 'here'), secret)
})
