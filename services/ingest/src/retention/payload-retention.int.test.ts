import { randomBytes } from 'node:crypto'
import t from 'tap'
import { ERASED } from '@leadlog/contracts'
import { openEventLog } from '@leadlog/event-log'
import { openKeyring } from '@leadlog/keyring'
import { createLogger } from '@leadlog/service'
import { fakeClock, testNats } from '@leadlog/testing'
import { startPayloadRetention } from './payload-retention.ts'

const DAY_SECONDS = 86_400

void t.test('payloads of days past the retention cannot be read any more, later ones can', async (t) => {
  const { url, prefix } = await testNats(t)
  const logger = createLogger({ service: 'ingest', level: 'silent' })
  const log = await openEventLog({ servers: url, name: 'retention', prefix, logger })
  t.teardown(() => log.close())
  const keyring = await openKeyring({ connection: log.connection, masterKey: randomBytes(32), prefix })
  t.teardown(() => keyring.close())
  const old = keyring.dayKeyId(new Date('2026-10-01T12:00:00Z'))
  const young = keyring.dayKeyId(new Date('2026-10-25T12:00:00Z'))
  const sealed = await Promise.all([old, young].map((key) => keyring.sealBytes(key, Buffer.from('body'), 'webhook/1')))

  const clock = fakeClock('2026-11-18T10:00:00Z')
  await startPayloadRetention({ keys: keyring, ttlSeconds: 30 * DAY_SECONDS, clock, logger }).stop()
  t.equal(await keyring.openBytes(old, sealed[0] ?? '', 'webhook/1'), ERASED)
  t.strictSame(
    Buffer.from((await keyring.openBytes(young, sealed[1] ?? '', 'webhook/1')) as Uint8Array).toString(),
    'body'
  )
})
