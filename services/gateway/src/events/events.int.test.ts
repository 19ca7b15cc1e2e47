import { ERASED } from '@leadlog/contracts'
import t from 'tap'
import type { Client } from '../auth/client.ts'
import { book, bookedLead, capture } from '../fixtures/booking-story.ts'
import { queueWrite, write } from '../fixtures/crm-story.ts'
import { giveUp } from '../fixtures/failure-story.ts'
import { memoryLog } from '../fixtures/memory-log.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'

const STARTS_AT = '2026-11-20T10:00:00.000Z'
const ada = person('Ada', 'Lovelace')

interface TraceBody {
  correlationIds: string[]
  nodes: { id: string; relation: string; type: string; depth: number; facts: Record<string, unknown> }[]
}

void t.test('an event is shown with its data, a webhook with its body', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { webhook, booked } = bookedLead(story, ada, { startsAt: STARTS_AT })
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  t.match((await gateway.get(`/v1/events/${booked.id}`)).body, {
    id: booked.id,
    type: 'meetings.MeetingBooked.v1',
    service: 'meetings',
    correlationId: webhook.id,
    causationId: webhook.id,
    data: { customer: { email: ada.customer.email } },
    redacted: [],
    payload: null
  })
  const { body } = await gateway.get(`/v1/events/${webhook.id}`)
  t.match(body, { payload: { contentType: 'application/json', erased: false, json: { event: 'invitee.created' } } })
  t.notOk('body' in (body as { data: object }).data, 'the sealed body is of no use')
  t.match(await gateway.get('/v1/events/none'), { status: 404, body: { code: 'EVENT_UNKNOWN' } })
  const list = await gateway.get(`/v1/events?correlationId=${webhook.id}&type=meetings.MeetingBooked.v1`)
  t.match(list.body, { data: [{ id: booked.id, summary: `Meeting booked for ${STARTS_AT}` }], nextCursor: null })
})

void t.test('personal parts are for those who may read them', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { webhook, booked } = book(story, ada, { startsAt: STARTS_AT })
  const client: Client = {
    actor: 'api-key:narrow',
    via: 'key',
    scopes: new Set(['read']),
    commandServices: new Set(),
    reads: { reads: 'all' },
    session: null
  }
  const gateway = await testGateway(t, { client })
  await gateway.tell(story.events)
  const { body } = await gateway.get(`/v1/events/${booked.id}`)
  t.same((body as { redacted: string[] }).redacted.toSorted(), [
    'answers',
    'customer',
    'guests',
    'location',
    'title',
    'tracking'
  ])
  t.notMatch(JSON.stringify(body), /lovelace/i)
  t.match((await gateway.get(`/v1/events/${webhook.id}`)).body, { payload: null })
})

void t.test('what is gone is said to be gone', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { webhook, booked } = book(story, ada, { startsAt: STARTS_AT })
  const kept = memoryLog()
  kept.append([webhook])
  const keyring = { openBytes: () => Promise.resolve(ERASED) }
  const gateway = await testGateway(t, { deps: { payloads: { log: kept, keyring } } })
  await gateway.tell(story.events)
  t.match((await gateway.get(`/v1/events/${webhook.id}`)).body, { payload: { erased: true, json: null } })
  t.match((await gateway.get(`/v1/events/${booked.id}`)).body, { data: null })
})

void t.test('a trace leads from the webhook to the CRM’s answer and back', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { webhook, written, enriched } = bookedLead(story, ada, { startsAt: STARTS_AT })
  if (!written) throw new Error('the lead was written')
  const dead = giveUp(story, written, 1)
  const gateway = await testGateway(t)
  await gateway.tell(story.events)

  const down = (await gateway.get(`/v1/events/${webhook.id}/trace`)).body as TraceBody
  t.equal(new Set(down.nodes.map(({ id }) => id)).size, story.events.length)
  t.ok(down.nodes.every(({ relation }) => relation === 'self' || relation === 'effect'))

  const up = (await gateway.get(`/v1/events/${written.id}/trace`)).body as TraceBody
  const causes = up.nodes.filter(({ relation }) => relation === 'cause').map(({ type }) => type)
  t.ok(causes.includes('ingest.WebhookReceived.v1'))
  t.ok(causes.includes('enrichment.LeadIntelExtracted.v1'), 'the second write’s cause counts too')
  t.match(
    up.nodes.find(({ id }) => id === written.id),
    { relation: 'self', facts: { crmId: '4876876000001', httpStatus: 201, waitedMs: 12, latencyMs: 80 } }
  )
  t.match(
    up.nodes.find(({ id }) => id === enriched.id),
    { facts: { provider: 'rules', promptVersion: 'lead-intel-1', fields: ['company', 'painPoints'] } }
  )
  t.match(
    up.nodes.find(({ id }) => id === dead.id),
    { relation: 'effect', facts: { code: 'ZOHO_UNAVAILABLE' } }
  )
  t.notMatch(JSON.stringify(up), /lovelace/i)
})

void t.test('a call that settled the writes of two webhooks is part of both traces', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const [first, second] = ['one', 'two'].map((uri) => {
    const booking = book(story, ada, { startsAt: STARTS_AT, skipReading: true, uri, meetingId: uri })
    const [fact] = capture(story, ada, booking.booked)
    if (!fact) throw new Error('a lead was captured')
    return { webhook: booking.webhook, queued: queueWrite(story, ada, fact) }
  })
  if (!first || !second) throw new Error('there are two')
  const written = write(story, ada, [first.queued, second.queued])
  const gateway = await testGateway(t)
  await gateway.tell(story.events)

  const ofSecond = (await gateway.get(`/v1/events/${second.webhook.id}/trace`)).body as TraceBody
  t.match(
    ofSecond.nodes.find(({ id }) => id === written.id),
    { relation: 'effect' }
  )
  const ofCall = (await gateway.get(`/v1/events/${written.id}/trace`)).body as TraceBody
  t.same(ofCall.correlationIds.toSorted(), [first.webhook.id, second.webhook.id].toSorted())
  t.ok(ofCall.nodes.every(({ id, relation }) => id === written.id || relation !== 'effect'))
})
