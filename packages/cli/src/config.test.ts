import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { t } from 'tap'
import { findTarget } from './config.ts'

const NATS = 'nats://127.0.0.1:42220'
const DATABASE = 'postgres://leadlog@127.0.0.1:54320/leadlog'

function localSystem(folder: string): string {
  mkdirSync(folder, { recursive: true })
  const ready = {
    ready: true,
    urls: { nats: NATS, database: DATABASE, gateway: 'http://127.0.0.1:8080' },
    apiKey: 'key'
  }
  writeFileSync(path.join(folder, 'ready.json'), JSON.stringify(ready))
  writeFileSync(path.join(folder, 'local.json'), JSON.stringify({ LEADLOG_MASTER_KEY: 'master' }))
  return folder
}

void t.test('a running local system is found by what it left', async (t) => {
  const LEADLOG_STATE = localSystem(t.testdir())
  const target = findTarget({ LEADLOG_STATE, REDIS_URL: '' })
  t.equal(target.origin, 'local')
  t.match(target.environment, {
    NATS_URL: NATS,
    DATABASE_URL: DATABASE,
    LEADLOG_MASTER_KEY: 'master',
    LEADLOG_API_KEY: 'key'
  })
  t.equal(target.urls['gateway'], 'http://127.0.0.1:8080')
})

void t.test('a variable wins, and one that names another server rules the local system out', async (t) => {
  const LEADLOG_STATE = localSystem(t.testdir())
  t.equal(findTarget({ LEADLOG_STATE, NATS_URL: NATS }).origin, 'local', 'the same server')
  t.equal(findTarget({ LEADLOG_STATE, LEADLOG_MASTER_KEY: 'mine' }).environment['LEADLOG_MASTER_KEY'], 'mine')
  t.equal(
    findTarget({ LEADLOG_STATE, LEADLOG_MASTER_KEY_FILE: '/run/key' }).environment['LEADLOG_MASTER_KEY'],
    undefined
  )
  const other = findTarget({ LEADLOG_STATE, NATS_URL: 'nats://elsewhere:4222' })
  t.equal(other.origin, 'environment')
  t.notOk(other.environment['DATABASE_URL'], 'never one server here and another there')
})

void t.test('without a running system only the variables count', async (t) => {
  const target = findTarget({ LEADLOG_STATE: t.testdir(), NATS_URL: NATS })
  t.strictSame([target.origin, target.environment['NATS_URL']], ['environment', NATS])
})
