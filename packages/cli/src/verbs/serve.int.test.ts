import { eventually } from '@leadlog/testing'
import { t } from 'tap'
import { runInTest } from '../fixtures/run-in-test.ts'
import { toldSystem } from '../fixtures/told-system.ts'

void t.test('services run in one process until they are stopped', async (t) => {
  const system = await toldSystem(t)
  const stop = new AbortController()
  const environment = { ...system.environment, LOG_LEVEL: 'silent', MEETINGS_PORT: '0', CRM_PORT: '0' }
  const serving = runInTest(['serve', 'meetings', 'crm'], { environment, signal: stop.signal })
  await eventually(async () => {
    const status = (await runInTest(['status', '--json'], system)).json() as {
      handlers: { service: string; attended: boolean }[]
    }
    return ['meetings', 'crm'].every((name) =>
      status.handlers.some(({ service, attended }) => service === name && attended)
    )
  })
  stop.abort()
  const run = await serving
  t.equal(run.exitCode, 0, run.stderr)
  t.match(run.stderr, /meetings\s+http:\/\/127\.0\.0\.1:\d+\ncrm\s+http:/)
  t.equal((await runInTest(['serve', 'nobody'])).exitCode, 2)
})
