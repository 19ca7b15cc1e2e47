import { isEvent, PayloadRevealed, type CommandSettled, type DataOf } from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import { t } from 'tap'
import { runInTest } from '../../fixtures/run-in-test.ts'
import { adasDay, toldSystem, type ToldSystem } from '../../fixtures/told-system.ts'

/** Answers the next command of that name as crm-sync would, and returns what was asked. */
async function settleNext(
  system: ToldSystem,
  command: string,
  settled: Partial<DataOf<typeof CommandSettled>>
): Promise<unknown> {
  const { sent } = await eventually(async () => {
    const found = await system.log.getLast('COMMANDS', `cmd.crm-sync.${command}.*`)
    return found !== null && (await system.log.findOutcome(found.id)) === null ? { sent: found } : null
  })
  const named = { commandId: sent.id, service: 'crm-sync', command, eventSequence: null, code: null, message: null }
  await system.log.settleCommand({
    data: { ...named, outcome: 'done', result: null, ...settled },
    actor: 'service:crm-sync',
    cause: { id: sent.id, correlationId: sent.id }
  })
  return { ...(sent.data as object), actor: sent.actor }
}

const ok = { result: { outcome: 'ok', code: null, message: null, fingerprint: null } }

void t.test('dead letters are listed by kind, shown, retried and discarded', async (t) => {
  const system = await toldSystem(t)
  const day = adasDay(system.keyring)
  await system.tell(day.story.events)
  await system.level()
  const leadlog = (...args: string[]) => runInTest(['dead-letters', ...args], { environment: system.environment })
  const { dead } = day
  const { fingerprint } = dead.data

  const groups = await leadlog('list', '--json')
  t.equal(groups.exitCode, 1)
  t.match(groups.json(), { data: [{ fingerprint, count: 1, handler: 'write-records', sampleIds: [dead.id] }] })
  t.match((await leadlog('list')).stdout, /crm-sync\/write-records .*ZOHO_UNAVAILABLE/)
  t.match((await leadlog('list', '--all', '--json')).json(), { data: [{ id: dead.id, state: 'open' }] })
  t.equal((await leadlog('list', '--state', 'discarded')).exitCode, 0)

  const shown = await leadlog('show', dead.id.slice(0, 12), '--json')
  t.match(shown.json(), { id: dead.id, state: 'open', payload: { payload: null } })
  t.equal(await system.log.getLast('DEAD_LETTERS', `dead.*.*.${dead.id}.revealed`), null)
  t.equal((await leadlog('show', dead.id, '--reveal')).exitCode, 0)
  const look = await system.log.getLast('DEAD_LETTERS', `dead.*.*.${dead.id}.revealed`)
  t.ok(look && isEvent(look, PayloadRevealed) && look.actor === 'user:operator', 'the look is recorded')
  t.equal((await leadlog('show', 'nosuch')).exitCode, 3)

  t.equal((await leadlog('retry')).exitCode, 2, 'which?')
  t.equal((await leadlog('retry', dead.id)).exitCode, 4, 'it asks first')
  t.equal(await system.log.getLast('COMMANDS', 'cmd.crm-sync.>'), null, 'and nothing was sent')
  const failure = { outcome: 'failed', code: 'ZOHO_UNAVAILABLE', message: 'Zoho answered 503', fingerprint }
  const [failed, asked] = await Promise.all([
    leadlog('retry', dead.id, '--yes', '--json'),
    settleNext(system, 'RetryDeadLetter', { result: failure })
  ])
  t.match(asked, { deadLetterId: dead.id, deadLetterSequence: 1, actor: 'user:operator' })
  t.equal(failed.exitCode, 1)
  t.match(failed.json(), { letters: [{ id: dead.id, kind: 'failed', code: 'ZOHO_UNAVAILABLE' }] })

  const [redriven] = await Promise.all([
    leadlog('retry', '--group', fingerprint.slice(0, 8), '--run', 'r1', '--yes', '--json'),
    settleNext(system, 'SimulateDeadLetter', ok).then(() => settleNext(system, 'RetryDeadLetter', ok))
  ])
  t.equal(redriven.exitCode, 0, redriven.stderr)
  t.match(redriven.json(), { runId: 'r1', total: 1, simulated: 1, resolved: 1, stopped: null })
  t.match(await system.log.getLast('DEAD_LETTERS', 'dead.redrive.r1'), { type: 'ops.RedriveCompleted.v1' })

  t.equal((await leadlog('discard', dead.id, '--yes')).exitCode, 2, 'why?')
  const closed = { outcome: 'refused' as const, code: 'OPS_DEAD_LETTER_CLOSED', message: 'it was resolved before' }
  const [refused] = await Promise.all([
    leadlog('discard', dead.id, '--reason', 'a test', '--yes'),
    settleNext(system, 'DiscardDeadLetter', closed)
  ])
  t.equal(refused.exitCode, 1)
  t.match(refused.stdout, /refused .*it was resolved before/)
})
