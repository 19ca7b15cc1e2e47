import t from 'tap'
import { book, bookedLead } from '../fixtures/booking-story.ts'
import { failOnce, giveUp } from '../fixtures/failure-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'

const STARTS_AT = '2026-11-20T10:00:00.000Z'
const ada = person('Ada', 'Lovelace')

void t.test('a dead letter tells what failed, why, for whom, and the attempts before', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { firstWrite, webhook, meetingId } = bookedLead(story, ada, { startsAt: STARTS_AT })
  const other = book(story, person('Bob', 'Babbage'), { startsAt: STARTS_AT })
  if (!firstWrite) throw new Error('a write was queued')
  failOnce(story, firstWrite, 1)
  failOnce(story, other.booked, 1)
  failOnce(story, firstWrite, 2)
  const dead = giveUp(story, firstWrite, 3)
  const otherDead = giveUp(story, other.booked, 2)
  const gateway = await testGateway(t)
  await gateway.tell(story.events)

  t.match((await gateway.get('/v1/dead-letters')).body, {
    data: [{ id: otherDead.id }, { id: dead.id }],
    nextCursor: null
  })
  t.match((await gateway.get(`/v1/dead-letters?receivedEventId=${webhook.id}`)).body, { data: [{ id: dead.id }] })
  t.same((await gateway.get('/v1/dead-letters?service=crm')).body, { data: [], nextCursor: null })
  t.match((await gateway.get(`/v1/dead-letters/${dead.id}`)).body, {
    state: 'open',
    service: 'crm-sync',
    handler: 'write-records',
    reason: 'attempts-exhausted',
    code: 'ZOHO_UNAVAILABLE',
    message: 'Zoho answered 503',
    attempts: 3,
    stream: 'EVENTS',
    sequence: firstWrite.sequence,
    eventId: firstWrite.id,
    subject: `crm-sync.record.${ada.personId}`,
    receivedEventId: webhook.id,
    lead: { id: ada.personId, name: 'Ada Lovelace' },
    meetingId,
    failedAttemptLog: [{ attempt: 1 }, { attempt: 2 }]
  })
  t.match((await gateway.get(`/v1/dead-letters/${otherDead.id}`)).body, { lead: null, failedAttemptLog: { length: 1 } })
  t.match(await gateway.get('/v1/dead-letters/none'), { status: 404, body: { code: 'DEAD_LETTER_UNKNOWN' } })
})
