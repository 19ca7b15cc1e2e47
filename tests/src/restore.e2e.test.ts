import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createBackup, drill, folderStore, parseBackupKey, restoreBackup } from '@leadlog/backup'
import { crmSync } from '@leadlog/crm-sync'
import { differencesFrom, expectedSampleDay, sampleDay, sendDeliveries, type Delivery } from '@leadlog/simulators'
import { isolatedNats, isolatedPostgres } from '@leadlog/testing'
import t from 'tap'
import { crmLeads, crmSnapshot } from './system/crm.ts'
import { startTestSystem, type TestSystem } from './system/test-system.ts'

const migrations = [crmSync.migrations].filter((one) => one !== undefined)

async function countNotes(system: TestSystem): Promise<number> {
  return (await crmLeads(system)).reduce((sum, { notes }) => sum + notes.length, 0)
}

void t.test('a system that is lost comes back from its backup and does nothing twice', async (t) => {
  const system = await startTestSystem()
  t.teardown(() => system.stop())
  const folder = mkdtempSync(path.join(tmpdir(), 'leadlog-backup-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const stores = { store: folderStore(path.join(folder, 'data')), keysStore: folderStore(path.join(folder, 'keys')) }
  const backupKey = parseBackupKey(randomBytes(32).toString('base64'))
  const source = {
    natsUrl: system.environment['NATS_URL'] ?? '',
    databaseUrl: system.environment['DATABASE_URL'] ?? ''
  }

  const deliveries = sampleDay({ secrets: system.secrets })
  const third = Math.ceil(deliveries.length / 3)
  const send = (some: readonly Delivery[]) => sendDeliveries(some, { ingest: system.ingestUrl })
  await send(deliveries.slice(0, third))
  const traffic = send(deliveries.slice(third, 2 * third))
  const { data } = await createBackup({ system: source, ...stores, backupKey, migrations })
  await traffic
  await send(deliveries.slice(2 * third))
  await system.settled()
  const before = await crmSnapshot(system)
  t.strictSame(differencesFrom(expectedSampleDay(), await crmLeads(system)), [], 'the day was done before the loss')
  const notesBefore = await countNotes(system)

  await system.lose()
  const [spare, nats] = await Promise.all([isolatedNats(t), isolatedNats(t)])
  const [sparePostgres, postgres] = [await isolatedPostgres(t), await isolatedPostgres(t)]
  const masterKey = Buffer.from(system.environment['LEADLOG_MASTER_KEY'] ?? '', 'base64')
  await drill({
    ...stores,
    backupKey,
    migrations,
    masterKey,
    target: { natsUrl: spare.url, databaseUrl: sparePostgres.url }
  })
  const target = { natsUrl: nats.url, databaseUrl: postgres.url }
  await restoreBackup({ ...stores, backupKey, migrations, target })
  await system.startOn(target)
  await system.settled()
  t.equal(await countNotes(system), notesBefore, 'what was under way is not written again')

  const known = new Set<string>()
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = (await system.read(`/v1/received-events?limit=200${cursor ? `&cursor=${cursor}` : ''}`)) as {
      data: { idempotencyKey: string }[]
      nextCursor: string | null
    }
    for (const { idempotencyKey } of page.data) known.add(idempotencyKey)
    cursor = page.nextCursor
  }
  const sequence = data.streams.find(({ logical }) => logical === 'INGEST')?.lastSequence ?? 0
  t.equal(known.size, sequence, 'the read models are those of the backup')

  const again = await send(deliveries)
  const accepted = again.filter(({ status }) => status === 200)
  const fresh = accepted.filter(({ duplicate }) => !duplicate).length
  const keys = deliveries.filter(({ expect }) => expect.status === 200 && expect.repeats === undefined).length
  t.equal(fresh, keys - known.size, 'what the backup holds is a duplicate; what came after it is taken anew')
  t.ok(fresh > 0 && known.size > 0, 'there was something of both')
  await system.settled()
  t.strictSame(await crmSnapshot(system), before, 'the CRM is as it was: nothing is written twice')
  const ledger = JSON.stringify(await system.read('/v1/ledger'))
  t.notMatch(ledger, /"balanced":false/, 'the ledger is closed')
})
