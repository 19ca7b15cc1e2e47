import { t } from 'tap'
import { runInTest } from '../fixtures/run-in-test.ts'
import { adasDay, toldSystem } from '../fixtures/told-system.ts'

void t.test('the ledger shows days, gaps with their step, and fails as a check while something failed', async (t) => {
  const system = await toldSystem(t)
  const day = adasDay(system.keyring)
  await system.tell(day.story.events)
  await system.level()
  const args = ['ledger', '--from', '2026-11-18', '--to', '2026-11-19']
  const run = await runInTest(args, { environment: system.environment })
  t.equal(run.exitCode, 1)
  t.match(run.stdout, /2026-11-18\s+calendly\s+2\s/)
  t.match(run.stdout, /balanced: every received event/)
  t.match(run.stdout, day.broken.id)
  const json = (await runInTest([...args, '--json'], { environment: system.environment })).json()
  t.match(json, { balanced: true, totals: { received: 2, failed: 1, parked: 1 }, gaps: [{ step: 'crm' }], sources: [] })
  const empty = await runInTest(['ledger', '--from', '2026-10-01', '--to', '2026-10-02'], {
    environment: system.environment
  })
  t.equal(empty.exitCode, 0)
  t.match(empty.stdout, 'Nothing was received.')
  t.equal((await runInTest(['ledger'])).exitCode, 6, 'without a database')
})
