import { AlertSent } from '@leadlog/contracts'
import t from 'tap'
import { book, bookedLead, capture } from '../fixtures/booking-story.ts'
import { giveUp } from '../fixtures/failure-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'

const STARTS_AT = '2026-11-20T10:00:00.000Z'
const ada = person('Ada', 'Lovelace')
const bob = person('Bob', 'Babb_age', 'acme.example')
const idsOf = ({ body }: { body: unknown }) => (body as { data: { id: string }[] }).data.map(({ id }) => id)

void t.test('leads are found by address, status and words', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  bookedLead(story, ada, { startsAt: STARTS_AT })
  story.later(3_600_000)
  capture(story, bob, book(story, bob, { startsAt: STARTS_AT }).booked)
  const gateway = await testGateway(t)
  await gateway.tell(story.events)

  t.same(idsOf(await gateway.get('/v1/leads')), [bob.personId, ada.personId])
  t.same(idsOf(await gateway.get('/v1/leads?sort=email')), [ada.personId, bob.personId])
  t.same(idsOf(await gateway.get('/v1/leads?email=Ada.Lovelace@EXAMPLE.com')), [ada.personId])
  t.same(idsOf(await gateway.get('/v1/leads?status=demo-booked&q=acme%20ada')), [ada.personId])
  t.same(idsOf(await gateway.get('/v1/leads?q=babb_')), [bob.personId], 'a wildcard is a letter like others')
  t.same(idsOf(await gateway.get('/v1/leads?q=%25')), [])
  t.same(idsOf(await gateway.get('/v1/leads?crmState=written')), [ada.personId])
  const first = await gateway.get('/v1/leads?sort=email&limit=1')
  const { nextCursor } = first.body as { nextCursor: string }
  t.same(idsOf(await gateway.get(`/v1/leads?sort=email&limit=1&cursor=${nextCursor}`)), [bob.personId])

  t.match((await gateway.get(`/v1/leads/${ada.personId}`)).body, {
    email: 'ada.lovelace@example.com',
    status: 'demo-booked',
    demo: { startsAt: STARTS_AT, source: 'calendar' },
    meetingCount: 1,
    fieldCount: 2,
    crm: { state: 'written', id: '4876876000001', waitingWrites: 0 },
    fields: {
      company: { value: 'Acme', evidence: 'Acme', provider: 'rules', promptVersion: 'lead-intel-1' },
      painPoints: { value: ['slow reports', 'lost leads'] }
    }
  })
  t.match(await gateway.get('/v1/leads/none'), { status: 404, body: { code: 'LEAD_UNKNOWN' } })
})

void t.test('a lead comes with what is asked for beside it, as its own lists give it', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  bookedLead(story, ada, { startsAt: STARTS_AT })
  bookedLead(story, bob, { startsAt: STARTS_AT })
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const lead = `/v1/leads/${ada.personId}`

  const [meetings, crmWrites, timeline] = await Promise.all([
    gateway.get(`/v1/meetings?leadId=${ada.personId}`),
    gateway.get(`/v1/crm-writes?leadId=${ada.personId}`),
    gateway.get(`${lead}/timeline`)
  ])
  const { body } = await gateway.get(`${lead}?expand=timeline,meetings,crmWrites`)
  t.strictSame((body as { expanded: unknown }).expanded, {
    meetings: meetings.body,
    crmWrites: crmWrites.body,
    timeline: timeline.body
  })
  t.ok(idsOf(meetings).length === 1 && idsOf(crmWrites).length > 1, 'there is something to see')
  const one = (await gateway.get(`${lead}?expand=meetings`)).body as { expanded: object }
  t.strictSame(Object.keys(one.expanded), ['meetings'])
  t.notOk('expanded' in ((await gateway.get(lead)).body as object))

  t.match(await gateway.get(`${lead}?expand=meetings,payload`), {
    status: 400,
    body: { code: 'QUERY_INVALID', detail: /must be one of meetings, calls, crmWrites, timeline/ }
  })
  t.match(await gateway.get(`${lead}?expand=meetings&asOf=1`), { status: 400, body: { code: 'EXPAND_IS_OF_NOW' } })
  t.match(await gateway.get('/v1/leads/none?expand=meetings'), { status: 404, body: { code: 'LEAD_UNKNOWN' } })
})

void t.test('the timeline tells everything of a lead in order, trouble included', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { firstWrite } = bookedLead(story, ada, { startsAt: STARTS_AT })
  bookedLead(story, bob, { startsAt: STARTS_AT })
  if (!firstWrite) throw new Error('a write was queued')
  const dead = giveUp(story, firstWrite, 4)
  const about = { alertId: 'a1', channel: 'slack' as const, fingerprint: 'f', count: 1, deadLetterIds: [dead.id] }
  const times = { text: '…', firstAt: story.now(), lastAt: story.now(), failedBecause: null }
  story.emit(AlertSent, 'a1', { ...about, ...times }, dead)
  const gateway = await testGateway(t)
  await gateway.tell(story.events)

  const { body } = await gateway.get(`/v1/leads/${ada.personId}/timeline?sort=at`)
  const entries = (body as { data: { kind: string; title: string; at: string }[] }).data
  t.same(
    entries.map(({ at }) => at),
    entries.map(({ at }) => at).toSorted()
  )
  const counts = Object.fromEntries(
    [...Map.groupBy(entries, ({ kind }) => kind)].map(([kind, group]) => [kind, group.length])
  )
  t.same(counts, {
    meeting: 1,
    lead: 1,
    status: 2,
    extraction: 1,
    enrichment: 1,
    'crm-write': 1,
    note: 2,
    failure: 1,
    alert: 1
  })
  const failures = await gateway.get(`/v1/leads/${ada.personId}/timeline?kind=failure`)
  t.match(failures.body, { data: [{ eventId: dead.id, title: 'crm-sync/write-records gave up' }] })
  t.same(idsOf(await gateway.get(`/v1/leads/${bob.personId}/timeline?kind=failure`)), [])
  t.match(await gateway.get('/v1/leads/none/timeline'), { status: 404, body: { code: 'LEAD_UNKNOWN' } })
})
