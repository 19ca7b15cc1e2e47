import t from 'tap'
import { bucketServer } from '../fixtures/bucket-server.ts'
import { backupKey, emptyServers, masterKey, migrations, smallSystem } from '../fixtures/small-system.ts'
import { createBackup, drill, listBackups, pruneBackups, verifyBackup } from '../index.ts'

void t.test('objects of a bucket', async (t) => {
  const open = await bucketServer(t)
  const store = open('site-a')
  const bytes = Buffer.from([0, 255, 1, 2])
  for (let at = 0; at < 1_005; at++) await store.put(`data/x/${String(at).padStart(6, '0')}`, bytes)
  await open('site-b').put('data/y', bytes)
  t.strictSame(await store.get('data/x/000000'), bytes)
  t.equal(await store.get('data/x/none'), null)
  const names: string[] = []
  for await (const { name, size } of store.list('data/')) {
    names.push(name)
    t.equal(size, 4)
  }
  t.equal(names.length, 1_005, 'more than one page, and none of another prefix')
  await store.remove('data/x/000000')
  await store.remove('data/x/000000')
  t.equal(await store.get('data/x/000000'), null)
  const elsewhere = open('', 'missing')
  await t.rejects(elsewhere.put('a', bytes), {
    code: 'BACKUP_STORE_UNAVAILABLE',
    message: /s3:\/\/missing .*NoSuchBucket/
  })
})

void t.test('a backup in a bucket: made, read, restored, pruned', async (t) => {
  const open = await bucketServer(t)
  const [store, keysStore] = [open('data'), open('keys')]
  const system = await smallSystem(t)
  await system.publish('evt.crm.lead', 200, 100_000)
  await system.effect('note:1')
  const first = await createBackup({ system, store, keysStore, backupKey, migrations })
  t.match(await verifyBackup({ store, keysStore, backupKey }), { data: { id: first.data.id } })
  const drilled = await drill({ store, keysStore, backupKey, target: await emptyServers(t), migrations, masterKey })
  t.match(
    drilled.streams.find(({ name }) => name === 'EVENTS'),
    { messages: 200 }
  )
  const second = await createBackup({ system, store, keysStore, backupKey, migrations })
  t.strictSame(await pruneBackups(store, 'data', { keep: 1 }, new Date()), [first.data.id])
  t.strictSame(
    (await listBackups(store, 'data')).map(({ id }) => id),
    [second.data.id]
  )
})
