import { readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { fakeProject } from './fake-programs.ts'
import type { StartOptions } from './options.ts'
import { startSystem, type LocalSystem } from './system.ts'

const options: StartOptions = { demo: false, fresh: false, simulators: true, redis: true, only: undefined }
const never = new AbortController().signal

interface Answer {
  pid: number
  env: Record<string, string>
}

async function ask(system: LocalSystem, name: string): Promise<Answer> {
  const response = await fetch(system.urls[name] ?? '')
  return (await response.json()) as Answer
}

/** Waits until the named program answers under another process id than before. */
async function askAgain(system: LocalSystem, name: string, before: number): Promise<number> {
  for (;;) {
    const pid = await ask(system, name).then(
      (answer) => answer.pid,
      () => before
    )
    if (pid !== before) return pid
    await delay(20)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

void t.test('starts everything, keeps it running, and stops it in order', async (t) => {
  const { layout, environment } = await fakeProject({ ingest: undefined, 'crm-sync': undefined, simulators: undefined })
  t.teardown(() => rmSync(layout.root, { recursive: true, force: true }))
  const system = await startSystem(layout, environment, options, never)
  const ready = path.join(layout.state, 'ready.json')
  t.match(JSON.parse(readFileSync(ready, 'utf8')), { ready: true, urls: system.urls, apiKey: system.apiKey })
  t.equal(statSync(ready).mode & 0o777, 0o600)
  t.same(Object.keys(system.urls).sort(), ['crm-sync', 'database', 'ingest', 'nats', 'redis', 'simulators'])

  const ingest = await ask(system, 'ingest')
  t.match(ingest.env, {
    NATS_URL: system.urls['nats'],
    DATABASE_URL: system.urls['database'],
    REDIS_URL: system.urls['redis'],
    ZOHO_API_URL: `${system.urls['simulators'] ?? ''}/zoho`,
    PUBLIC_URL: system.urls['ingest'],
    LEADLOG_API_KEY: system.apiKey,
    DRY_RUN: 'false',
    NATS_SYNC_ALWAYS: 'true'
  })
  process.kill(ingest.pid, 'SIGKILL')
  const again = await askAgain(system, 'ingest', ingest.pid)
  t.equal(system.pid('ingest'), again)
  const sync = await ask(system, 'crm-sync')

  const nats = system.pid('nats')
  if (nats === undefined) throw new Error('NATS was not started')
  process.kill(nats, 'SIGKILL')
  while (system.pid('nats') === nats) await delay(20)

  await system.stop()
  t.same([again, sync.pid].filter(isAlive), [])
  const stopped = readFileSync(path.join(layout.root, 'stopped.txt'), 'utf8').trim().split('\n')
  t.same(stopped.slice(0, 2).sort(), ['crm-sync', 'ingest'])
  t.equal(stopped[2], 'simulators')
  t.throws(() => statSync(ready))

  const second = await startSystem(layout, environment, options, never)
  t.equal(second.apiKey, system.apiKey)
  t.equal(second.environment['LEADLOG_MASTER_KEY'], system.environment['LEADLOG_MASTER_KEY'])
  t.equal(second.urls['database'], system.urls['database'])
  await second.stop()
})

void t.test('what the person has set keeps its value', async (t) => {
  const { layout, environment } = await fakeProject({ ingest: undefined })
  t.teardown(() => rmSync(layout.root, { recursive: true, force: true }))
  const given = { ...environment, ZOHO_API_URL: 'http://127.0.0.1:9/zoho', READAI_SIGNING_KEY_FILE: '/run/readai' }
  const system = await startSystem(layout, given, { ...options, simulators: false, redis: false }, never)
  const { env } = await ask(system, 'ingest')
  await system.stop()
  t.equal(env['ZOHO_API_URL'], 'http://127.0.0.1:9/zoho')
  t.equal(env['READAI_SIGNING_KEY'], undefined)
  t.equal(env['DRY_RUN'], undefined)
  t.equal(env['REDIS_URL'], undefined)
})

void t.test('a taken port is named with its variable, and nothing is started', async (t) => {
  const { layout, environment } = await fakeProject({ ingest: undefined })
  t.teardown(() => rmSync(layout.root, { recursive: true, force: true }))
  const port = environment['INGEST_PORT'] ?? ''
  const server = createServer().listen(Number(port), '127.0.0.1')
  t.teardown(() => server.close())
  await t.rejects(startSystem(layout, environment, options, never), {
    code: 'LOCAL_PORT_TAKEN',
    message: new RegExp(`port ${port} for ingest .* INGEST_PORT=`)
  })
  t.throws(() => statSync(layout.state))
})

void t.test('a service that cannot start fails the start, and what had been started is stopped', async (t) => {
  const broken = "console.error('ZOHO_CLIENT_ID is missing')\nprocess.exit(1)\n"
  const { layout, environment } = await fakeProject({ ingest: undefined, gateway: broken })
  t.teardown(() => rmSync(layout.root, { recursive: true, force: true }))
  await t.rejects(startSystem(layout, environment, options, never), {
    code: 'LOCAL_SERVICE_FAILED',
    message: /gateway does not start; its log is .*gateway\.log/
  })
  t.match(readFileSync(path.join(layout.state, 'logs/gateway.log'), 'utf8'), /ZOHO_CLIENT_ID is missing/)
  t.equal(readFileSync(path.join(layout.root, 'stopped.txt'), 'utf8'), 'ingest\n')
  // Every port is free again: a start without the broken service succeeds.
  const system = await startSystem(layout, environment, { ...options, only: ['ingest'] }, never)
  await system.stop()
})
