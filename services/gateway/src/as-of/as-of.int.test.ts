import { LeadStatusChanged } from '@leadlog/contracts'
import t from 'tap'
import { bookedLead } from '../fixtures/booking-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'

const ada = person('Ada', 'Lovelace')
const ID = ada.personId

interface Changes {
  readonly from: { sequence: number } | null
  readonly to: { sequence: number }
  readonly link: string
  readonly changes: { field: string; before: unknown; after: unknown; event: { id: string; type: string } | null }[]
}

void t.test('a lead as of a time or a sequence, two moments compared, both with a link that lasts', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  bookedLead(story, ada, { startsAt: '2026-11-20T10:00:00.000Z' })
  const booked = story.events.filter(({ stream }) => stream === 'EVENTS').at(-1)
  const cause = story.events[0]
  if (!booked || !cause) throw new Error('the story has events')
  story.later(86_400_000)
  const held = {
    leadId: ID,
    personId: ID,
    from: 'demo-booked',
    to: 'demo-complete',
    meetingId: null,
    decidedByFactAt: null
  } as const
  const change = story.emit(LeadStatusChanged, ID, held, cause)
  const gateway = await testGateway(t)
  await gateway.tell(story.events)

  const now = (await gateway.get(`/v1/leads/${ID}`)).body as Record<string, unknown>
  t.match(now, { status: 'demo-complete', asOf: undefined })
  const then = await gateway.get(`/v1/leads/${ID}?asOf=${String(booked.sequence)}`)
  t.match(then, { status: 200, headers: { etag: /^W\// }, body: { status: 'demo-booked', fields: now['fields'] } })
  const { asOf, ...rest } = then.body as { asOf: { sequence: number; time: string; link: string } }
  t.same(Object.keys(rest).sort(), Object.keys(now).sort(), 'the same shape as now')
  t.ok(asOf.sequence <= booked.sequence && Date.parse(asOf.time) <= Date.parse(booked.time))
  t.same((await gateway.get(asOf.link)).body, then.body, 'the link shows the same')
  t.equal((await gateway.get(asOf.link, { 'if-none-match': String(then.headers['etag']) })).status, 304)
  t.same((await gateway.get(`/v1/leads/${ID}?asOf=${booked.time}`)).body, then.body, 'by the time as by the sequence')
  t.match((await gateway.get(`/v1/leads/${ID}?asOf=${String(change.sequence)}`)).body, {
    ...now,
    asOf: { sequence: change.sequence }
  })

  for (const early of ['1', '2026-11-18']) {
    t.match(await gateway.get(`/v1/leads/${ID}?asOf=${early}`), { status: 404, body: { code: 'LEAD_UNKNOWN' } }, early)
  }
  t.match(await gateway.get(`/v1/leads/${ID}?asOf=yesterday`), { status: 400, body: { code: 'QUERY_INVALID' } })
  t.match(await gateway.get('/v1/leads/none/changes'), { status: 404, body: { code: 'LEAD_UNKNOWN' } })

  const between = (await gateway.get(`/v1/leads/${ID}/changes?from=${booked.time}&to=${change.time}`)).body as Changes
  t.match(between, { from: { sequence: asOf.sequence }, to: { sequence: change.sequence } })
  t.match(
    between.changes.filter(({ field }) => field === 'status'),
    [{ before: 'demo-booked', after: 'demo-complete', event: { id: change.id, type: change.type } }]
  )
  t.same(
    between.changes.map(({ event }) => event?.id),
    between.changes.map(() => change.id),
    'the one event changed everything that differs'
  )
  t.same((await gateway.get(between.link)).body, between)

  const all = (await gateway.get(`/v1/leads/${ID}/changes`)).body as Changes
  t.equal(all.from, null)
  const company = all.changes.find(({ field }) => field === 'fields.company')
  t.match(company, { before: null, after: 'Acme', event: { type: 'crm.LeadEnriched.v1' } })
  t.ok(all.changes.every(({ event }) => event !== null))
  t.same((await gateway.get(`/v1/leads/${ID}/changes?from=${change.time}`)).body, {
    id: ID,
    from: between.to,
    to: between.to,
    link: `/v1/leads/${ID}/changes?from=${String(change.sequence)}&to=${String(change.sequence)}`,
    changes: []
  })
})

void t.test('a link shows what its time did, also where events have times in another order than the log', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  bookedLead(story, ada, { startsAt: '2026-11-20T10:00:00.000Z' })
  const [cause] = story.events
  if (!cause) throw new Error('the story has events')
  const ids = { leadId: ID, personId: ID, meetingId: null, decidedByFactAt: null } as const
  const held = story.emit(LeadStatusChanged, ID, { ...ids, from: 'demo-booked', to: 'demo-complete' }, cause)
  const after = story.emit(LeadStatusChanged, ID, { ...ids, from: 'demo-complete', to: 'demo-canceled' }, cause)
  const gateway = await testGateway(t)
  // As when one process took its time before another, and was recorded after it.
  const swapped = new Map([
    [held.id, after.time],
    [after.id, held.time]
  ])
  await gateway.tell(story.events.map((event) => ({ ...event, time: swapped.get(event.id) ?? event.time })))

  const then = await gateway.get(`/v1/leads/${ID}?asOf=${held.time}`)
  t.match(then.body, { status: 'demo-canceled', asOf: { sequence: after.sequence } })
  t.same((await gateway.get((then.body as { asOf: { link: string } }).asOf.link)).body, then.body)
  const between = (await gateway.get(`/v1/leads/${ID}/changes?to=${held.time}`)).body as Changes
  t.same((await gateway.get(between.link)).body, between)
})
