import { randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import t from 'tap'
import { createLogger, defineService, startService } from '@leadlog/service'
import { fakeClock, testNats } from '@leadlog/testing'
import { runInTest } from '../../fixtures/run-in-test.ts'

const newKey = () => randomBytes(32).toString('base64')

const manifest = defineService({
  name: 'witness',
  description: 'A service of this test.',
  defaultPort: 0,
  config: {},
  uses: { postgres: false, redis: false },
  setup: ({ keyring }) => keyring.seal('person', 'Ada', 'context'),
  reactors: [],
  projections: []
})

void t.test(
  'secrets are listed without their values, rotated once every service holds the new key, and repeated',
  async (t) => {
    const { url, prefix } = await testNats(t)
    const [before, after] = [newKey(), newKey()]
    const base = { NATS_URL: url, NATS_PREFIX: prefix }
    const logger = createLogger({ service: 'test', level: 'silent' })
    const clock = fakeClock('2026-06-01T00:00:00Z')
    const start = async (environment: Record<string, string>) => {
      const service = await startService(manifest, {
        environment: { ...base, WITNESS_PORT: '0', ...environment },
        logger,
        clock
      })
      await service.stop()
    }
    await start({ LEADLOG_MASTER_KEY: before })
    const environment = { ...base, LEADLOG_MASTER_KEY: before, LEADLOG_MASTER_KEYS_OTHER: after }

    const early = await runInTest(['secrets', 'rotate'], { environment, typed: 'y\n' })
    t.equal(early.exitCode, 4)
    t.match(early.stderr, /Not started with the new key yet: witness/)

    await start({ LEADLOG_MASTER_KEY: before, LEADLOG_MASTER_KEYS_OTHER: after })
    t.match((await runInTest(['secrets', 'rotate', '--json'], { environment })).exitCode, 4, 'asks before it does it')
    const rotated = await runInTest(['secrets', 'rotate', '--json', '--yes'], { environment })
    t.match(rotated.json(), { wrapped: 2, withoutNewKey: [], next: /Now restart every service with the new key/ })

    const file = path.join(mkdtempSync(path.join(tmpdir(), 'leadlog-rotate-')), 'key')
    writeFileSync(file, `${after}\n`)
    const again = await runInTest(['secrets', 'rotate', '--new-key-file', file, '--yes'], { environment })
    t.match(again.stdout, /Every key was wrapped with the new master key already/)

    await start({ LEADLOG_MASTER_KEY: after })
    const old = { environment: { ...base, LEADLOG_MASTER_KEY: after }, now: () => new Date('2026-06-02T00:00:00Z') }
    const listed = await runInTest(['secrets', 'list'], old)
    t.equal(listed.exitCode, 0)
    t.match(listed.stdout, /LEADLOG_MASTER_KEY +1 d +1 +environment +witness/)
    t.notMatch(
      listed.stdout + JSON.stringify((await runInTest(['secrets', 'list', '--json'], old)).json()),
      before.slice(0, 12)
    )
    const late = await runInTest(['secrets', 'list', '--json'], { ...old, now: () => new Date('2026-09-15T00:00:00Z') })
    t.equal(late.exitCode, 1, 'a secret is due')
    t.match(late.json(), { secrets: [{ name: 'LEADLOG_MASTER_KEY', due: true }] })
  }
)
