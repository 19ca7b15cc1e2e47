import { isolatedPostgres, eventually } from '@leadlog/testing'
import t from 'tap'
import { bookedLead } from '../fixtures/booking-story.ts'
import { giveUp } from '../fixtures/failure-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway, type TestGateway } from '../fixtures/test-gateway.ts'
import { statusAnswer, statusPage } from './status-answer.ts'
import { watchStatus } from './status-watch.ts'
import type { StatusAnswer } from './status.schema.ts'

const SERVICES = ['ingest', 'meetings', 'crm', 'enrichment', 'crm-sync', 'notifications']
const allWell = async () => SERVICES.map((service) => ({ service, handler: 'any', attended: true, waiting: 0 }))

const stateOf = ({ parts }: StatusAnswer, name: string) => parts.find(({ part }) => part === name)?.state

/** An address may ask 60 times a minute. */
const POLL_MS = 2_000

/** As a stranger asks. */
const ask = ({ app }: TestGateway, path: string) => app.inject({ method: 'GET', url: path })

void t.test('anybody may read it: a page without script and the same as JSON, limited by address', async (t) => {
  const gateway = await testGateway(t, { deps: { signs: allWell } })
  const status = await eventually(
    async () => {
      const answer = (await ask(gateway, '/status.json')).json<StatusAnswer>()
      return answer.parts.every(({ state }) => state === 'working') ? answer : null
    },
    { every: POLL_MS }
  )
  t.match(status, { summary: 'Everything works.', incidents: [] })
  const page = await ask(gateway, '/status')
  t.equal(page.statusCode, 200)
  t.match(page.headers, {
    'content-type': /^text\/html/,
    'cache-control': 'public, max-age=10',
    'content-security-policy': /^default-src 'none'/
  })
  t.match(page.body, /<h1>Everything works\.<\/h1>/)
  t.match(page.body, /None in the last seven days/)
  t.notMatch(page.body, /<script|https?:/)

  const statuses = await Promise.all(Array.from({ length: 60 }, async () => (await ask(gateway, '/status')).statusCode))
  t.ok(statuses.includes(429), 'an address that asks too often is told so')
})

void t.test('failures are told as incidents, without a word of whose they are or what is inside', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { firstWrite } = bookedLead(story, person('Ada', 'Lovelace'), { startsAt: '2026-11-20T10:00:00.000Z' })
  if (!firstWrite) throw new Error('a write was queued')
  const dead = giveUp(story, firstWrite, 3)
  const gateway = await testGateway(t, { nowIso: '2026-11-18T09:05:00.000Z' })
  await gateway.tell(story.events)
  const watch = watchStatus({ ...gateway.deps, signs: allWell })
  t.teardown(() => watch.stop())
  await watch.look()
  const answer = statusAnswer(watch.current())
  t.match(answer.incidents, [
    { part: 'crm', what: 'Keeping the CRM in step: some of it failed and waits for a person', from: dead.time }
  ])
  const said = JSON.stringify(answer) + statusPage(answer)
  t.notMatch(said, /ada|lovelace|zoho|crm-sync|write-records|nats|postgres/i)
})

void t.test('it answers while the database is away, and says so; an outage ends', async (t) => {
  const server = await isolatedPostgres(t)
  const gateway = await testGateway(t, { databaseUrl: server.url })
  const watch = watchStatus({ ...gateway.deps, signs: allWell })
  t.teardown(() => watch.stop())
  await watch.look()
  t.equal(stateOf(statusAnswer(watch.current()), 'reads'), 'working')
  await server.kill()
  await watch.look()
  await watch.look()
  const away = statusAnswer(watch.current())
  t.match(away, {
    summary: 'Some parts do not work.',
    incidents: [{ part: 'reads', what: 'Reading through the API: did not work; it lasts', until: null }]
  })
  t.equal(stateOf(away, 'webhooks'), 'working')
  t.equal((await ask(gateway, '/status')).statusCode, 200)
  await server.restart()
  await eventually(async () => {
    await watch.look()
    return stateOf(statusAnswer(watch.current()), 'reads') === 'working'
  })
  t.match(statusAnswer(watch.current()).incidents, [{ part: 'reads', until: String }])
})

void t.test('without the log nothing is accepted; what is not known yet is not called good', async (t) => {
  const gateway = await testGateway(t)
  const watch = watchStatus({ ...gateway.deps, signs: () => Promise.reject(new Error('NATS is away')) })
  t.teardown(() => watch.stop())
  t.equal(statusAnswer(watch.current()).summary, 'Not everything could be looked at yet.')
  await watch.look()
  await watch.look()
  t.match(statusAnswer(watch.current()).parts, [{ part: 'webhooks', state: 'not-working', words: 'does not work' }])
})
