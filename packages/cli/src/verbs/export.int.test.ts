import { t } from 'tap'
import { runInTest } from '../fixtures/run-in-test.ts'
import { adasDay, toldSystem } from '../fixtures/told-system.ts'

void t.test('events are exported as CloudEvents, sealed or opened', async (t) => {
  const system = await toldSystem(t)
  const { story, booked, dead, ada } = adasDay(system.keyring)
  await system.tell(story.events)
  const all = await runInTest(['export'], system)
  t.equal(all.exitCode, 0)
  const lines = all.lines() as { specversion: string; id: string; stream: string; sequence: number }[]
  t.strictSame(new Set(lines.map(({ id }) => id)), new Set(story.events.map(({ id }) => id)))
  t.ok(lines.every(({ specversion }) => specversion === '1.0'))
  t.notMatch(all.stdout, /lovelace/i)

  const opened = await runInTest(['export', '--type', 'MeetingBooked', '--reveal'], system)
  t.match(opened.lines(), [{ id: booked.id, data: { customer: { email: ada.customer.email } } }])
  const some = await runInTest(['export', '--stream', 'EVENTS', '--from', '2', '--to', '4'], system)
  t.same(
    (some.lines() as typeof lines).map(({ sequence }) => sequence),
    [2, 3, 4]
  )
  const late = await runInTest(['export', '--from', dead.time], system)
  t.same(
    (late.lines() as typeof lines).map(({ id }) => id),
    [dead.id]
  )
})
