import t from 'tap'
import { stayedAway, zoomInstance } from '../fixtures/attendance-story.ts'
import { book, capture } from '../fixtures/booking-story.ts'
import { hold, merge, qualify, reschedule, supersede } from '../fixtures/meeting-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'

const ada = person('Ada', 'Lovelace')
const bob = person('Bob', 'Babbage')
const DAY = (day: number) => `2026-11-${day}T10:00:00.000Z`

void t.test('a chain of reschedules whose middle came last is one meeting, listed where it now stands', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { booked } = book(story, ada, { startsAt: DAY(20), uri: 'a', meetingId: 'm' })
  capture(story, ada, booked)
  supersede(story, ada, { meetingId: 'm', uri: 'a', byUri: 'b' })
  reschedule(story, ada, { meetingId: 'late', uri: 'c', previousUri: 'b', startsAt: DAY(25) })
  merge(story, ada, { meetingId: 'm', mergedMeetingId: 'late', uris: ['c'] })
  reschedule(story, ada, { meetingId: 'm', uri: 'b', previousUri: 'a', startsAt: DAY(22) })
  supersede(story, ada, { meetingId: 'm', uri: 'b', byUri: 'c' })
  book(story, bob, { startsAt: DAY(24), uri: 'x', meetingId: 'other' })
  const gateway = await testGateway(t)
  await gateway.tell(story.events)

  const list = await gateway.get('/v1/meetings')
  t.match(list.body, { data: [{ id: 'm', startsAt: DAY(25) }, { id: 'other' }], nextCursor: null })
  t.match((await gateway.get(`/v1/meetings?from=${DAY(25)}`)).body, { data: [{ id: 'm' }] })
  t.match((await gateway.get('/v1/meetings?status=booked')).body, { data: [{ id: 'm' }, { id: 'other' }] })
  t.same((await gateway.get('/v1/meetings?status=rescheduled')).body, { data: [], nextCursor: null })
  t.match((await gateway.get(`/v1/meetings?leadId=${ada.personId}`)).body, { data: [{ id: 'm', reschedules: 2 }] })

  const expanded = (await gateway.get('/v1/meetings?expand=lead')).body as { data: { expanded: { lead: unknown } }[] }
  const { body: leads } = await gateway.get('/v1/leads')
  t.strictSame(
    expanded.data.map(({ expanded }) => expanded.lead),
    [(leads as { data: unknown[] }).data[0], null],
    'a lead as its list gives it, and none where nobody was captured'
  )
  t.match((await gateway.get('/v1/meetings/m?expand=lead')).body, { expanded: { lead: { id: ada.personId } } })
  t.match(await gateway.get('/v1/meetings/none?expand=lead'), { status: 404, body: { code: 'MEETING_UNKNOWN' } })
  t.match(await gateway.get('/v1/meetings?expand=crm'), { status: 400, body: { detail: /must be one of lead/ } })

  for (const id of ['m', 'late']) {
    const { body } = await gateway.get(`/v1/meetings/${id}`)
    t.match(body, {
      id: 'm',
      status: 'booked',
      leadId: ada.personId,
      mergedMeetingIds: ['late']
    })
    const states = new Map(
      (body as { bookings: { uri: string; state: string }[] }).bookings.map(({ uri, state }) => [uri, state])
    )
    t.same(Object.fromEntries(states), { a: 'superseded', b: 'superseded', c: 'active' })
  }
})

void t.test('a held meeting tells its transcript and its MEDDIC with evidence', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  book(story, ada, { startsAt: DAY(20), uri: 'a', meetingId: 'm' })
  qualify(story, ada, hold(story, ada, { meetingId: 'm', sessionId: 's', startedAt: DAY(20) }))
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  t.match((await gateway.get('/v1/meetings/m')).body, {
    status: 'held',
    platform: 'zoom',
    reportUrl: 'https://read.example/r/1',
    transcript: { verdict: 'good', coverage: 0.9 },
    meddic: { filled: 4, total: 9, rejectedBecause: null },
    sessions: [{ id: 's', participants: 1 }],
    qualification: {
      parts: { identifiedPain: 'leads get lost' },
      evidence: { identifiedPain: 'we lose leads every week' },
      provider: 'rules'
    }
  })
  t.match(await gateway.get('/v1/meetings/none'), { status: 404, body: { code: 'MEETING_UNKNOWN' } })
})

void t.test('who was in a meeting, that nobody came, and what corrects it', async (t) => {
  const story = createStory('2026-11-20T10:20:00.000Z')
  book(story, ada, { startsAt: DAY(20), uri: 'a', meetingId: 'm' })
  const gateway = await testGateway(t)
  let heard = 0
  const told = async () => {
    await gateway.tell(story.events.slice(heard))
    heard = story.events.length
    return (await gateway.get('/v1/meetings/m')).body as Record<string, unknown>
  }
  t.match(await told(), { status: 'booked', attendance: { verdict: 'unknown', startedAt: null }, instances: [] })
  const instance = zoomInstance(story, ada, 'm', 'u1==', DAY(20))
  instance.start()
  t.match(await told(), { status: 'booked', attendance: { startedAt: DAY(20), endedAt: null } })
  instance.end()
  const verdict = stayedAway(story, ada, 'm', 'a', DAY(20))
  t.match(await told(), {
    status: 'no-show',
    attendance: { verdict: 'not-attended', because: 'ended', startedAt: DAY(20), endedAt: '2026-11-20T10:15:00.000Z' },
    instances: [{ uuid: 'u1==', participants: [{ name: 'Sam Seller', side: 'ours', leftAt: null }] }]
  })
  instance.guest()
  verdict.correct()
  instance.transcribe()
  t.match(await told(), {
    status: 'held',
    attendance: { verdict: 'attended', because: 'participant' },
    instances: [
      {
        participants: [
          { side: 'ours' },
          { name: 'Ada Lovelace', email: null, side: 'outside', leftAt: '2026-11-20T10:14:00.000Z' }
        ]
      }
    ],
    recordings: [{ kind: 'transcript', state: 'stored', mediaUrl: null }]
  })
  t.match((await gateway.get('/v1/meetings?status=held')).body, { data: [{ attendance: { verdict: 'attended' } }] })
  t.match((await gateway.get('/v1/meetings/m/transcript')).body, {
    data: [{ speaker: 'Ada Lovelace', words: 'We need it by June.' }]
  })
  t.match(await gateway.get('/v1/meetings/none/transcript'), { status: 404, body: { code: 'MEETING_UNKNOWN' } })
})
