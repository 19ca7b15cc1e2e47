import { WebhookIgnored, WriteRefused } from '@leadlog/contracts'
import t from 'tap'
import { book, bookedLead, capture, enrich } from '../fixtures/booking-story.ts'
import { queueWrite, record, write } from '../fixtures/crm-story.ts'
import { failOnce, giveUp } from '../fixtures/failure-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'

const STARTS_AT = '2026-11-20T10:00:00.000Z'
const ada = person('Ada', 'Lovelace')

void t.test('each received event has the status that its facts amount to', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const done = bookedLead(story, ada, { startsAt: STARTS_AT })
  const queued = story.webhook({ externalId: 'queued' })
  const refused = book(story, person('Bob', 'Babbage'), { startsAt: STARTS_AT, skipReading: true })
  const [captured] = capture(story, person('Bob', 'Babbage'), refused.booked)
  const refusedWrite = captured && queueWrite(story, person('Bob', 'Babbage'), captured)
  if (!refusedWrite) throw new Error('a write was queued')
  const refusal = { code: 'INVALID_DATA', field: 'Lead_Status', message: 'invalid picklist value', httpStatus: 200 }
  const ids = { writeIds: [refusedWrite.data.writeId], kind: 'record' as const }
  story.emit(WriteRefused, ada.personId, { ...record(person('Bob', 'Babbage')), ...ids, ...refusal }, refusedWrite)
  const unknown = story.webhook({ externalId: 'unknown', disposition: 'ignored', ignoredBecause: 'unknown-event-type' })
  const short = story.webhook({ provider: 'readai', eventType: 'meeting_end', externalId: 'short' })
  const tooShort = { webhookId: short.id, reason: 'meeting-too-short', detail: '3 minutes' }
  story.emit(WebhookIgnored, short.id, tooShort, short)
  const dead = story.webhook({ externalId: 'dead' })
  failOnce(story, dead, 1)
  const deadLetter = giveUp(story, dead, 2)
  const retried = story.webhook({ externalId: 'retried' })
  failOnce(story, retried, 1)

  const gateway = await testGateway(t)
  await gateway.tell(story.events)

  const { body } = await gateway.get('/v1/received-events?sort=receivedAt')
  const statuses = new Map(
    (body as { data: { id: string; status: string }[] }).data.map(({ id, status }) => [id, status])
  )
  t.equal(statuses.get(done.webhook.id), 'processed')
  t.equal(statuses.get(queued.id), 'queued')
  t.equal(statuses.get(refused.webhook.id), 'failed')
  t.equal(statuses.get(unknown.id), 'ignored')
  t.equal(statuses.get(short.id), 'ignored')
  t.equal(statuses.get(dead.id), 'failed')
  t.equal(statuses.get(retried.id), 'processing')

  for (const status of [
    ...['queued', 'processing', 'processed', 'ignored', 'failed'],
    ...['queued,processing', 'processed,ignored', 'ignored,failed']
  ]) {
    const filtered = await gateway.get(`/v1/received-events?status=${status}&sort=receivedAt`)
    const expected = [...statuses].filter(([, value]) => status.split(',').includes(value)).map(([id]) => id)
    t.same(
      (filtered.body as { data: { id: string }[] }).data.map(({ id }) => id),
      expected,
      status
    )
  }

  const detail = await gateway.get(`/v1/received-events/${done.webhook.id}`)
  t.match(detail.body, {
    status: 'processed',
    lead: { id: ada.personId, name: 'Ada Lovelace' },
    attempts: 1,
    pendingSteps: 0,
    crmWrites: [{ state: 'written', crmId: '4876876000001' }, { state: 'written' }, { kind: 'note', state: 'written' }]
  })
  const steps = (detail.body as { steps: { kind: string; finishedAt: string | null }[] }).steps
  t.same(
    steps.map(({ kind }) => kind),
    ['translate', 'lead', 'extract', 'sync', 'record', 'lead', 'sync', 'record', 'note']
  )
  t.ok(steps.every(({ finishedAt }) => finishedAt !== null))

  const failed = await gateway.get(`/v1/received-events/${dead.id}`)
  t.match(failed.body, {
    status: 'failed',
    attempts: 2,
    lastError: { code: 'ZOHO_UNAVAILABLE', attempt: 2 },
    failedAttemptLog: [{ attempt: 1 }],
    deadLetters: [{ id: deadLetter.id }]
  })

  const byKey = await gateway.get(
    `/v1/received-events?idempotencyKey=${encodeURIComponent(done.webhook.data.idempotencyKey)}`
  )
  t.match(byKey.body, { data: [{ id: done.webhook.id }], nextCursor: null })
  t.match(await gateway.get('/v1/received-events/none'), { status: 404, body: { code: 'RECEIVED_EVENT_UNKNOWN' } })
})

void t.test('an event whose write another event’s call settles is processed with it', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const first = book(story, ada, { startsAt: STARTS_AT, skipReading: true, uri: 'one', meetingId: 'm1' })
  const second = book(story, ada, { startsAt: STARTS_AT, skipReading: true, uri: 'two', meetingId: 'm2' })
  const writes = [first, second].map(({ booked }) => {
    const [fact] = capture(story, ada, booked)
    if (!fact) throw new Error('a lead was captured')
    return queueWrite(story, ada, fact)
  })
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const before = story.events.length
  t.match((await gateway.get('/v1/received-events?status=processing')).body, { data: { length: 2 } })
  const [a, b] = writes
  if (a && b) write(story, ada, [a, b])
  await gateway.tell(story.events.slice(before))
  t.match((await gateway.get('/v1/received-events?status=processed')).body, { data: { length: 2 } })
})

void t.test('a page goes on where the one before ended, whatever came in between', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const ids = Array.from({ length: 7 }, (_, index) => story.webhook({ externalId: `e${index}` }).id)
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page = await gateway.get(`/v1/received-events?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`)
    const { data, nextCursor } = page.body as { data: { id: string }[]; nextCursor: string | null }
    seen.push(...data.map(({ id }) => id))
    cursor = nextCursor
    const before = story.events.length
    story.webhook({ externalId: `late-${seen.length}` })
    await gateway.tell(story.events.slice(before))
  }
  t.same(seen, ids.toReversed())
})

void t.test('a reading under way is not done', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { webhook, booked } = book(story, ada, { startsAt: STARTS_AT })
  const [captured] = capture(story, ada, booked)
  if (captured) write(story, ada, [queueWrite(story, ada, captured)])
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  t.match((await gateway.get(`/v1/received-events/${webhook.id}`)).body, { status: 'processing', pendingSteps: 1 })
  const before = story.events.length
  const { enriched } = enrich(story, ada, booked)
  write(story, ada, [queueWrite(story, ada, enriched)])
  await gateway.tell(story.events.slice(before))
  t.match((await gateway.get(`/v1/received-events/${webhook.id}`)).body, { status: 'processed', pendingSteps: 0 })
})
