import { t } from 'tap'
import { runInTest } from '../fixtures/run-in-test.ts'
import { adasDay, toldSystem } from '../fixtures/told-system.ts'

void t.test('replay shows what is recorded already, and does nothing unless it is told to', async (t) => {
  const system = await toldSystem(t)
  const { story, webhook, broken, booked } = adasDay(system.keyring)
  await system.tell(story.events)
  const replay = (...args: string[]) =>
    runInTest(['replay', '--handler', 'meetings-translate-calendly', ...args], system)
  const plan = (await replay('--from', '1', '--json')).json()
  t.match(plan, {
    stream: 'INGEST',
    messages: [
      { id: webhook.id, deadLettered: false, recorded: [{ id: booked.id }] },
      { id: broken.id, recorded: [] }
    ]
  })
  t.match((await replay('--from', '1')).stdout, /would get 2 messages of INGEST 1–2 again/)
  t.match((await replay('--from', '1', '--to', '1', '--json')).json(), { messages: { length: 1 } })

  const commands = () => system.log.lastSequence('COMMANDS')
  const asked = await replay('--from', '1', '--run')
  t.equal(asked.exitCode, 4, 'it asks first')
  t.match(
    asked.stderr,
    /would get 2 messages .*Give 2 messages to meetings-translate-calendly again, with no effect rep/s
  )
  const named = await replay('--from', '1', '--run', '--yes', '--repeat-effects', 'webhook')
  t.equal(named.exitCode, 2)
  t.match(named.stderr, /has no effect that can be repeated/)
  t.equal(await commands(), 0)

  const run = await replay('--from', '1', '--run', '--yes', '--wait', '1')
  t.equal(run.exitCode, 1)
  t.match(run.stdout, /0 of 2 messages given .*Stopped at INGEST:1, 2 messages left: the service has not answered/s)
  t.match(run.stdout, /leadlog replay --handler meetings-translate-calendly --from 1 --to 2 --run/)
  t.equal(await commands(), 1)
  const last = await system.log.lastSequence('DEAD_LETTERS')
  t.match(await system.log.get('DEAD_LETTERS', last), { type: 'ops.ReplayStopped.v1', actor: 'user:operator' })
  t.equal((await runInTest(['replay', '--handler', 'meetings-nothing', '--from', '1'], system)).exitCode, 3)
  t.equal((await runInTest(['replay'], system)).exitCode, 2)
})
