import { t } from 'tap'
import { runInTest } from '../fixtures/run-in-test.ts'
import { adasDay, toldSystem } from '../fixtures/told-system.ts'

void t.test('replay shows what is recorded already, and does nothing', async (t) => {
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

  const before = await system.log.lastSequence('EVENTS')
  const run = await replay('--from', '1', '--run', '--yes')
  t.equal(run.exitCode, 4)
  t.match(run.stderr, /nothing was done/)
  t.equal(await system.log.lastSequence('EVENTS'), before)
  t.equal((await runInTest(['replay', '--handler', 'meetings-nothing', '--from', '1'], system)).exitCode, 3)
  t.equal((await runInTest(['replay'], system)).exitCode, 2)
})
