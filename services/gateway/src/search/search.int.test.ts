import { LeadDetailsChanged, PersonErased } from '@leadlog/contracts'
import pg from 'pg'
import t from 'tap'
import { bookedLead } from '../fixtures/booking-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway, type TestGateway } from '../fixtures/test-gateway.ts'
import type { SearchHits } from './search.schema.ts'

const STARTS_AT = '2026-11-20T10:00:00.000Z'
const SAM = 'sam@own.example'
const [ada, bob, eve] = [
  person('Ada', 'Lovelace'),
  person('Bob', 'Babbage', 'bakery.example'),
  person('Ève', 'Müller', 'kunst.example')
]

/** Three leads; Ada is Sam's, has a telephone number, and her company is Acme. */
function threeLeads() {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const adas = bookedLead(story, ada, { startsAt: STARTS_AT, hostEmail: SAM })
  bookedLead(story, bob, { startsAt: STARTS_AT, hostEmail: 'kim@own.example' })
  bookedLead(story, eve, { startsAt: STARTS_AT, hostEmail: 'kim@own.example' })
  const details = {
    leadId: ada.personId,
    personId: ada.personId,
    customer: { ...ada.customer, phone: '+49 (170) 123-4567' },
    changed: ['phone' as const]
  }
  story.emit(LeadDetailsChanged, ada.personId, details, adas.booked)
  return { story, adas }
}

const finds = async (ask: Pick<TestGateway, 'get'>, typed: string, more = '') => {
  const answer = await ask.get(`/v1/search?q=${encodeURIComponent(typed)}${more}`)
  return (answer.body as SearchHits).data
}
const leadIds = (hits: SearchHits['data']) => hits.filter(({ kind }) => kind === 'lead').map(({ id }) => id)

void t.test(
  'leads and meetings are found by what somebody types, best first, and like words where none are',
  async (t) => {
    const { story, adas } = threeLeads()
    const gateway = await testGateway(t)
    await gateway.tell(story.events)

    for (const [typed, found] of [
      ['ada', ada],
      ['LOVEL', ada],
      ['lovelace ada', ada],
      ['ada.lovelace@', ada],
      ['0170 123-45', ada],
      ['+49 170 1234567', ada],
      ['bakery', bob],
      ['muller', eve],
      ['Müll', eve]
    ] as const) {
      const hits = await finds(gateway, typed)
      t.same(leadIds(hits), [found.personId], typed)
      t.ok(
        hits.every(({ exact }) => exact),
        typed
      )
    }
    for (const [typed, found] of [
      ['lovlace', ada],
      ['babage', bob],
      ['babbgae', bob],
      ['bob babage', bob],
      ['lvelace', ada],
      ['mueller', eve]
    ] as const) {
      const hits = await finds(gateway, typed)
      t.equal(leadIds(hits)[0], found.personId, `${typed} is like it`)
      t.notOk(
        hits.some(({ exact }) => exact),
        typed
      )
    }
    t.same(await finds(gateway, 'xqzw'), [])
    t.same(await finds(gateway, '99999999'), [], 'figures are never nearly right')

    const [lead, meeting] = await finds(gateway, 'lovelace')
    t.match(lead, {
      kind: 'lead',
      id: ada.personId,
      title: 'Ada Lovelace',
      status: 'demo-booked',
      highlights: [
        { field: 'name', text: 'Ada Lovelace', ranges: [{ start: 4, end: 12 }] },
        { field: 'email', ranges: [{ start: 4, end: 12 }] }
      ]
    })
    t.match(meeting, { kind: 'meeting', id: adas.meetingId, detail: 'Ada Lovelace', exact: true })
    t.same(leadIds(await finds(gateway, 'lovelace', '&kind=meeting')), [])
    t.equal((await finds(gateway, 'example', '&limit=2')).length, 2)

    const listed = await gateway.get('/v1/leads?q=0170%201234567&status=demo-booked')
    t.match(listed.body, { data: [{ id: ada.personId }], nextCursor: null })
    t.match(await gateway.get('/v1/search'), { status: 400, body: { code: 'QUERY_INVALID' } })
  }
)

void t.test('a user finds their own only, even by the function itself', async (t) => {
  const { story } = threeLeads()
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const sam = await gateway.signedIn(SAM, 'user')
  t.same(leadIds(await finds(sam, 'example')), [ada.personId])
  for (const typed of ['babbage', 'babage', 'bakery', bob.customer.email]) t.same(await finds(sam, typed), [], typed)

  const reader = new pg.Client({ connectionString: gateway.url, options: '-c role=leadlog_reader' })
  await reader.connect()
  t.teardown(() => reader.end())
  const call = async (finder: string) =>
    (await reader.query(`select id from gateway.${finder}(array['%example%'], array['example'], true, null)`)).rows
  for (const finder of ['find_leads', 'find_meetings']) {
    await reader.query(`select set_config('leadlog.reads', '', false)`)
    t.same(await call(finder), [], `${finder}: no claim`)
    await reader.query(`select set_config('leadlog.reads', 'own', false), set_config('leadlog.email', '${SAM}', false)`)
    t.equal((await call(finder)).length, 1, `${finder}: own`)
  }
})

void t.test('an erased person is found by nothing, and stands in no search column', async (t) => {
  const { story, adas } = threeLeads()
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const told = story.events.length
  const ids = { personId: ada.personId, leadId: ada.personId, meetingIds: [adas.meetingId], callIds: [], callerIds: [] }
  const erased = { erasureId: 'e1', ...ids, crmWriteIds: [], eventIds: [] }
  story.emit(PersonErased, ada.personId, erased, adas.booked)
  await gateway.tell(story.events.slice(told))
  for (const typed of ['ada', 'lovelace', '1701234567', 'lovlace'])
    t.notOk(
      (await finds(gateway, typed)).some(({ id }) => id === ada.personId || id === adas.meetingId),
      typed
    )
  const admin = new pg.Client({ connectionString: gateway.url })
  await admin.connect()
  t.teardown(() => admin.end())
  const { rows } = await admin.query<{ search: string }>(
    'select search from gateway.leads union all select search from gateway.meetings'
  )
  t.notMatch(JSON.stringify(rows), /lovelace|1701234567/)
  t.match(JSON.stringify(rows), /babbage/)
})
