import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { databaseCatalog, streamStates } from '@leadlog/testing'
import { t } from 'tap'
import { runInTest } from '../fixtures/run-in-test.ts'
import { adasDay, toldSystem } from '../fixtures/told-system.ts'

void t.test('with a wrong master key no verb writes, to the system or to a backup', async (t) => {
  const system = await toldSystem(t)
  const day = adasDay(system.keyring)
  await system.tell(day.story.events)
  await system.level()
  const folder = mkdtempSync(path.join(tmpdir(), 'leadlog-test-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const [store, keysStore, archive] = ['backups', 'keys', 'archive'].map((name) => path.join(folder, name))
  const environment = { ...system.environment, LEADLOG_MASTER_KEY: randomBytes(32).toString('base64') }
  const { NATS_URL = '', NATS_PREFIX = '', DATABASE_URL = '' } = system.environment
  const look = async () => ({
    streams: await streamStates(NATS_URL, NATS_PREFIX),
    database: await databaseCatalog(DATABASE_URL),
    files: readdirSync(folder, { recursive: true }).toSorted()
  })

  const before = await look()
  const places = ['--store', store ?? '', '--keys-store', keysStore ?? '']
  const verbs = [
    ['streams', 'apply', '--yes'],
    ['dead-letters', 'retry', day.dead.id, '--yes'],
    ['dead-letters', 'discard', day.dead.id, '--reason', 'a test', '--yes'],
    ['reconcile', 'calendly'],
    ['replay', '--handler', 'crm-follow-meetings', '--from', '1', '--run', '--yes'],
    ['erase', day.ada.customer.email, '--reason', 'a test', '--yes'],
    ['secrets', 'rotate', '--yes'],
    ['projections', 'rebuild', 'gateway-leads'],
    ['whatif', 'run', '--yes'],
    ['whatif', 'list'],
    ['backup', 'create', ...places],
    ['backup', 'keys', ...places],
    ['archive', 'create', '--to', archive ?? '']
  ]
  for (const verb of verbs) {
    const other = randomBytes(32).toString('base64')
    const { exitCode, stderr } = await runInTest(verb, {
      environment: { ...environment, LEADLOG_MASTER_KEYS_OTHER: other }
    })
    t.match(stderr, /KEYRING_MASTER_KEY_WRONG/, verb.slice(0, 2).join(' '))
    t.match(stderr, /LEADLOG_MASTER_KEY has fingerprint [0-9a-f, ]+ and the keys in the bucket \w+ of NATS/)
    t.equal(exitCode, 6)
  }
  t.strictSame(await look(), before)
  t.equal((await runInTest(['streams', 'list'], { environment })).exitCode, 0, 'what only looks needs no key')
})
