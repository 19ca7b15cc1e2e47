import { eventually } from '@leadlog/testing'
import { t } from 'tap'
import { runInTest } from '../../fixtures/run-in-test.ts'
import { adasDay, toldSystem } from '../../fixtures/told-system.ts'

void t.test('tail shows what is there, then what comes, until it is stopped', async (t) => {
  const system = await toldSystem(t)
  const day = adasDay(system.keyring)
  const half = day.story.events.indexOf(day.extracted)
  await system.tell(day.story.events.slice(0, half))

  const stop = new AbortController()
  let seen = ''
  const following = runInTest(['events', 'tail', '-n', '1000', '--json'], {
    ...system,
    signal: stop.signal,
    onOutput: (text) => (seen += text)
  })
  await eventually(() => seen.includes(day.booked.id))
  await system.tell(day.story.events.slice(half))
  await eventually(() => [day.dead, day.noteWritten].every(({ id }) => seen.includes(id)))
  stop.abort()
  const run = await following
  t.equal(run.exitCode, 0)
  t.equal(run.lines().length, day.story.events.length, 'each once')
  t.notMatch(run.stdout, /lovelace/i)
})

void t.test('tail takes only what is asked for', async (t) => {
  const system = await toldSystem(t)
  const day = adasDay(system.keyring)
  await system.tell(day.story.events)
  const tail = async (...args: string[]): Promise<{ type: string }[]> =>
    (await runInTest(['events', 'tail', '--no-follow', '--since', '1', '--json', ...args], system)).lines() as {
      type: string
    }[]
  t.same(
    (await tail('--type', 'RecordWritten')).map(({ type }) => type),
    ['crm-sync.RecordWritten.v1']
  )
  t.ok((await tail('--type', 'crm')).every(({ type }) => type.startsWith('crm.')))
  t.same(
    (await tail('--stream', 'dead-letters')).map(({ type }) => type),
    ['ops.DeadLettered.v1']
  )
  t.equal((await tail('--correlation', day.broken.id)).length, 2)
  t.ok((await tail('--subject', `crm.lead.${day.ada.personId}`)).length > 0)
  const after = await runInTest(['events', 'tail', '--no-follow', '--since', day.dead.time, '--json'], system)
  t.same(
    after.lines().map((line) => (line as { id: string }).id),
    [day.dead.id]
  )
  const all = await tail()
  const times = all.map((event) => (event as unknown as { time: string }).time)
  t.same(times, [...times].sort(), 'of all streams by time')
  const newest = await runInTest(['events', 'tail', '--no-follow', '-n', '3', '--json'], system)
  t.same(newest.lines(), all.slice(-3), 'the newest of all streams')
  const wrong = await runInTest(['events', 'tail', '--type', 'RecordWriten'], system)
  t.strictSame([wrong.exitCode, wrong.stdout], [2, ''])
  t.match(wrong.stderr, /perhaps you meant RecordWritten/)
})
