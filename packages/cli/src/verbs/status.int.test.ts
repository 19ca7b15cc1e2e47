import { FlagSwitched } from '@leadlog/contracts'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { t } from 'tap'
import { runInTest } from '../fixtures/run-in-test.ts'
import { adasDay, toldSystem } from '../fixtures/told-system.ts'
import type { Status } from '../system/status.ts'

void t.test('status says what needs a person, and exits with 1 for it', async (t) => {
  const system = await toldSystem(t)
  const day = adasDay(system.keyring)
  const off = { flag: 'crm-writes', from: 'on', to: 'off', reason: 'The CRM is being moved' } as const
  const [cause] = day.story.events
  if (cause) day.story.emit(FlagSwitched, off.flag, off, cause)
  await system.tell(day.story.events)
  await system.level()
  const gateway = createServer((_request, response) => {
    response.writeHead(503, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ ready: false, dependencies: { postgres: { ok: false, detail: 'away' } } }))
  })
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
  t.teardown(() => gateway.close())
  const GATEWAY_URL = `http://127.0.0.1:${String((gateway.address() as AddressInfo).port)}`
  const environment = { ...system.environment, GATEWAY_URL }

  const run = await runInTest(['status', '--json'], { environment, now: () => new Date('2026-11-18T12:00:00Z') })
  t.equal(run.exitCode, 1)
  const status = run.json() as Status
  t.match(status, { durability: 'safe', openDeadLetters: 1, ledgerToday: { received: 2, failed: 1, balanced: true } })
  const problems = status.problems.map(({ what }) => what).join('\n')
  t.match(problems, 'gateway is not ready (postgres: away)')
  t.match(problems, '1 dead letter waits for a decision')
  t.match(
    status.handlers?.find(({ handler }) => handler === 'write-records'),
    { exists: false, attended: false, pausedBy: 'crm-writes' }
  )
  t.match(status.flagsOff, [{ flag: 'crm-writes', reason: 'The CRM is being moved' }])
  t.ok(status.projections?.every(({ lagEvents }) => lagEvents === 0))

  const text = await runInTest(['status'], { environment })
  t.match(text.stdout, /INGEST\s+2\s/)
  t.match(text.stdout, /never ran/)
  t.match(text.stdout, /switched off\s+crm-writes {2}since .*: The CRM is being moved/)
})

void t.test('what is away is said, and the rest is shown all the same', async (t) => {
  const system = await toldSystem(t)
  const run = await runInTest(['status', '--json'], {
    environment: { ...system.environment, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
  })
  const status = run.json() as Status
  t.equal(run.exitCode, 1)
  t.equal(status.projections, null)
  t.ok(status.streams)
  t.match(status.problems.map(({ what }) => what).join(), 'Postgres could not be asked')
})
