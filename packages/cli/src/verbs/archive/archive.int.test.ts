import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { asSealedText } from '@leadlog/contracts'
import { openEventLog } from '@leadlog/event-log'
import { openKeyring } from '@leadlog/keyring'
import { createLogger } from '@leadlog/service'
import { isolatedNats, type TestContext } from '@leadlog/testing'
import { jetstreamManager } from '@nats-io/jetstream'
import { t } from 'tap'
import { runInTest } from '../../fixtures/run-in-test.ts'

const logger = createLogger({ service: 'test', level: 'silent' })
const ID = '3f0c9a'

/** A system with one webhook, and the variables that name it and its archive. */
async function setUp(t: TestContext) {
  const nats = await isolatedNats(t)
  const folder = mkdtempSync(path.join(tmpdir(), 'leadlog-cli-archive-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const masterKey = randomBytes(32)
  const log = await openEventLog({ servers: nats.url, name: 'test', logger })
  t.teardown(() => log.close())
  await log.ensureStreams()
  const keyring = await openKeyring({ connection: log.connection, masterKey })
  t.teardown(() => keyring.close())
  const keyId = keyring.dayKeyId(new Date('2026-11-18T09:00:00Z'))
  await log.appendWebhook({
    eventId: ID,
    provider: 'calendly',
    body: asSealedText(await keyring.sealBytes(keyId, Buffer.from('{"name":"Marta"}'), `webhook/${ID}`)),
    data: {
      provider: 'calendly',
      eventType: 'invitee.created',
      externalId: 'x1',
      idempotencyKey: 'calendly:invitee.created:x1',
      receivedAt: '2026-11-18T09:00:00.000Z',
      disposition: 'accepted',
      ignoredBecause: null,
      verdict: { scheme: 'calendly-hmac-sha256', verifiedAt: '2026-11-18T09:00:00.000Z' },
      contentType: 'application/json',
      size: 16,
      digest: '0'.repeat(64),
      keyId
    }
  })
  const environment = {
    NATS_URL: nats.url,
    LEADLOG_MASTER_KEY: masterKey.toString('base64'),
    ARCHIVE_URL: path.join(folder, 'archive')
  }
  return { environment, log, keyring, keyId, folder }
}

void t.test('an operator archives, looks, proves it and reads an event that its stream has lost', async (t) => {
  const { environment, log, keyring, keyId, folder } = await setUp(t)
  // As if the month were over.
  const now = () => new Date(Date.now() + 40 * 86_400_000)
  const run = (...args: string[]) => runInTest(args, { environment, now })

  t.match((await run('archive', 'list')).stdout, /no archive in/)
  const metrics = path.join(folder, 'leadlog_archive.prom')
  const made = await run('archive', 'create', '--metrics-file', metrics)
  t.equal(made.exitCode, 0, made.stderr)
  t.match(
    made.stdout,
    /INGEST-\d{4}-\d\d-000000000001-[\s\S]*INGEST is archived up to 1; what comes after leaves it from \d{4}-\d\d-\d\d on/
  )
  t.match(readFileSync(metrics, 'utf8'), /^leadlog_archive_next_expiry_timestamp_seconds\{stream="INGEST"\} \d{10}$/m)
  t.match((await run('archive', 'create')).stdout, /nothing new to archive/)
  t.match((await run('archive', 'list', '--json')).json(), {
    slices: [{ stream: 'INGEST', messages: 1, from: 1, to: 1 }]
  })
  t.match((await run('archive', 'verify')).stdout, /1 slice with 1 message read, .*: as written/)

  const { streams } = await jetstreamManager(log.connection)
  await streams.purge('INGEST')
  const sealed = await run('archive', 'show', ID)
  t.equal(sealed.exitCode, 0, sealed.stderr)
  t.match(sealed.stdout, /ingest\.WebhookReceived[\s\S]*INGEST:1[\s\S]*in slice INGEST-/)
  t.notMatch(sealed.stdout, 'Marta')
  t.match((await run('archive', 'show', 'INGEST:1', '--reveal', '--json')).json(), { payload: { name: 'Marta' } })
  await keyring.destroyKey(keyId)
  t.match((await run('archive', 'show', ID, '--reveal')).stdout, /erased: past its retention/)
  t.equal((await run('archive', 'show', 'none')).exitCode, 3)

  const elsewhere = await run('archive', 'list', '--from', path.join(folder, 'other'))
  t.match(elsewhere.stdout, /no archive in .*other/)
})

void t.test('what is missing or wrong is named', async (t) => {
  const { environment } = await setUp(t)
  const nowhere = await runInTest(['archive', 'create'], { environment: { ...environment, ARCHIVE_URL: '' } })
  t.equal(nowhere.exitCode, 6)
  t.match(nowhere.stderr, /--to <place>, or set ARCHIVE_URL/)
  const future = await runInTest(['archive', 'create', '--before', '2999-01-01'], { environment })
  t.equal(future.exitCode, 2)
  t.match(future.stderr, /--before must be in the past/)
})
