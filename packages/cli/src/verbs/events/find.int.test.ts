import { t } from 'tap'
import { runInTest } from '../../fixtures/run-in-test.ts'
import { adasDay, toldSystem } from '../../fixtures/told-system.ts'

interface Found {
  found: string | null
  events: { id: string; type: string }[]
}

void t.test('events are found by everything that names them, in the index and behind it', async (t) => {
  const system = await toldSystem(t)
  const day = adasDay(system.keyring)
  const half = day.story.events.indexOf(day.extracted)
  await system.tell(day.story.events.slice(0, half))
  await system.level()
  await system.tell(day.story.events.slice(half))

  const find = async (...args: string[]): Promise<Found> => {
    const run = await runInTest(['events', 'find', '--json', ...args], system)
    t.equal(run.stderr, '')
    return run.json() as Found
  }
  t.match(await find(day.booked.id), { found: 'event', events: [{ id: day.booked.id }] }, 'an id, from the index')
  t.match(await find(day.written.id), { found: 'event', events: [{ id: day.written.id }] }, 'an id, behind the index')
  t.match(await find(day.webhook.data.idempotencyKey), { found: 'webhook', events: [{ id: day.webhook.id }] })
  t.match(await find('4876876000001'), { found: 'crm-record', events: [{ id: day.written.id }] })
  const { customer, personId } = day.ada
  const byAddress = await find(customer.email.toUpperCase())
  t.equal(byAddress.found, 'person')
  t.ok(
    byAddress.events.some(({ id }) => id === day.booked.id) && byAddress.events.some(({ id }) => id === day.enriched.id)
  )
  t.equal((await find(personId)).found, 'aggregate', 'the id of a lead')
  t.same(
    (await find('--type', 'RecordWritten')).events.map(({ type }) => type),
    ['crm-sync.RecordWritten.v1']
  )
  t.equal(
    (await find('--from', '2026-11-18', '--to', '2026-11-19')).events.length,
    day.story.events.length,
    'each once'
  )
  t.equal((await find('--from', '2026-11-18', '--limit', '3')).events.length, 3)

  const nothing = await runInTest(['events', 'find', 'nothing'], system)
  t.equal(nothing.exitCode, 3)
  t.match(nothing.stderr, /Nothing is known of "nothing"/)
  t.equal((await runInTest(['events', 'find'], system)).exitCode, 2)
})

void t.test('without Postgres the whole log is read', async (t) => {
  const system = await toldSystem(t)
  const day = adasDay(system.keyring)
  await system.tell(day.story.events)
  const environment = { ...system.environment, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }
  const run = await runInTest(['events', 'find', day.written.id], { environment })
  t.equal(run.exitCode, 0)
  t.match(run.stdout, day.written.id)
  t.match(run.stderr, /the whole log is read instead/)
})
