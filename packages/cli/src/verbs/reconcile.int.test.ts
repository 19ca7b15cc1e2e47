import { Reconcile, type CommandSettled, type DataOf } from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import { t } from 'tap'
import { runInTest } from '../fixtures/run-in-test.ts'
import { toldSystem, type ToldSystem } from '../fixtures/told-system.ts'

/** Answers the next command as ingest would. */
async function settleNext(system: ToldSystem, settled: Partial<DataOf<typeof CommandSettled>>): Promise<unknown> {
  const sent = await eventually(() => system.log.getLast('COMMANDS', 'cmd.ingest.Reconcile.*'))
  if (await system.log.findOutcome(sent.id)) throw new Error('it is settled already')
  const none = { result: null, eventSequence: null, code: null, message: null }
  const named = { commandId: sent.id, service: 'ingest', command: Reconcile.name }
  await system.log.settleCommand({
    data: { ...named, ...none, outcome: 'done', ...settled },
    actor: 'service:ingest',
    cause: { id: sent.id, correlationId: sent.id }
  })
  return sent.data
}

const found = {
  runId: null,
  from: '2026-11-15T00:00:00.000Z',
  to: '2026-11-18T00:00:00.000Z',
  complete: true,
  listed: 3,
  known: 2,
  ingested: 1,
  failed: 0,
  missing: ['https://api.calendly.com/scheduled_events/E1/invitees/I1'],
  problem: null
}

void t.test('reconcile asks ingest and says what was missing', async (t) => {
  const system = await toldSystem(t)
  const args = ['reconcile', 'calendly', '--from', '2026-11-15', '--to', '2026-11-18', '--dry-run']
  const [run, asked] = await Promise.all([
    runInTest(args, { environment: system.environment }),
    settleNext(system, { result: found })
  ])
  t.match(asked, { source: 'calendly', from: '2026-11-15T00:00:00.000Z', dryRun: true })
  t.equal(run.exitCode, 0)
  t.match(run.stdout, 'listed 3, known 2, missing 1, failed 0')
  t.match(run.stdout, found.missing[0])
})

void t.test('a refusal and a provider that could not be listed are told apart by exit code', async (t) => {
  const system = await toldSystem(t)
  const problem = { code: 'INGEST_PULL_REFUSED', message: 'Set CALENDLY_API_TOKEN' }
  const [incomplete] = await Promise.all([
    runInTest(['reconcile', 'calendly'], { environment: system.environment }),
    settleNext(system, { result: { ...found, complete: false, problem } })
  ])
  t.equal(incomplete.exitCode, 1)
  t.match(incomplete.stdout, /Set CALENDLY_API_TOKEN/)
  const other = await toldSystem(t)
  const [refused] = await Promise.all([
    runInTest(['reconcile', 'calendly'], { environment: other.environment }),
    settleNext(other, { outcome: 'refused', code: 'INGEST_RECONCILIATION_RUNS', message: 'It runs since 10:00' })
  ])
  t.equal(refused.exitCode, 4)
  t.match(refused.stderr, 'It runs since 10:00')
  t.equal((await runInTest(['reconcile', 'calendly'])).exitCode, 6, 'without a system')
})
