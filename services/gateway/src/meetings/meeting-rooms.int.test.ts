import t from 'tap'
import { book } from '../fixtures/booking-story.ts'
import { merge } from '../fixtures/meeting-story.ts'
import { person } from '../fixtures/people.ts'
import { roomOf } from '../fixtures/room-story.ts'
import { createStory, type Story } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'

const ada = person('Ada', 'Lovelace')
const MEETING = { meetingId: 'm', uri: 'leadlog:booking:1' }
const PATH = '/v1/meetings/m'

function booked(story: Story) {
  const { webhook } = book(story, ada, { startsAt: '2026-11-20T10:00:00.000Z', hasLink: false, ...MEETING })
  return roomOf(story, ada, MEETING, webhook)
}

void t.test('a room is opened, moved and closed; what was mailed is told', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const gateway = await testGateway(t)
  let told = 0
  const tell = async (): Promise<unknown> => {
    await gateway.tell(story.events.slice(told))
    told = story.events.length
    return (await gateway.get(PATH)).body
  }
  const room = booked(story)
  t.match(await tell(), { bookedHere: true, joinUrl: null, room: null, invitations: [] })
  room.open()
  room.invite('REQUEST', 0)
  t.match(await tell(), {
    joinUrl: 'https://zoom.example/j/900',
    platform: 'zoom',
    room: { state: 'opened', platformMeetingId: '900', hostEmail: 'sam@own.example', failure: null },
    invitations: [{ method: 'REQUEST', sequence: 0, recipients: 2, hasLink: true }]
  })
  room.move()
  t.match(await tell(), { room: { state: 'moved', joinUrl: 'https://zoom.example/j/900' } })
  t.match((await gateway.get('/v1/meetings')).body, { data: [{ bookedHere: true, joinUrl: /900$/ }] })
  room.close()
  room.invite('CANCEL', 2)
  t.match(await tell(), {
    joinUrl: null,
    room: { state: 'closed', closedBecause: 'canceled', joinUrl: null },
    invitations: [{ sequence: 0 }, { method: 'CANCEL', sequence: 2 }]
  })
})

void t.test(
  'a refusal says what to do until a link is set, and comes to the meeting that it turned out to be',
  async (t) => {
    const story = createStory('2026-11-18T09:00:00.000Z')
    const gateway = await testGateway(t)
    const room = booked(story)
    room.fail()
    merge(story, ada, { meetingId: 'whole', mergedMeetingId: 'm', uris: [MEETING.uri] })
    await gateway.tell(story.events)
    const told = story.events.length
    t.match((await gateway.get(PATH)).body, {
      id: 'whole',
      joinUrl: null,
      room: {
        state: 'failed',
        hostEmail: 'sam@own.example',
        failure: { doing: 'open', reason: 'not-connected', detail: /set a link by hand/ }
      }
    })
    room.link()
    await gateway.tell(story.events.slice(told))
    t.match((await gateway.get(PATH)).body, {
      id: 'whole',
      joinUrl: 'https://meet.example/by-hand',
      platform: 'link',
      room: { state: 'link', failure: null, platformMeetingId: null }
    })
  }
)

void t.test('the meetings that begin between two moments, the first moment included', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const gateway = await testGateway(t)
  for (const day of ['19', '20', '21'])
    book(story, ada, { startsAt: `2026-11-${day}T10:00:00.000Z`, meetingId: day, uri: day })
  await gateway.tell(story.events)
  const between = '/v1/meetings?from=2026-11-20T10:00:00.000Z&to=2026-11-21T10:00:00.000Z&sort=startsAt'
  t.match((await gateway.get(between)).body, { data: [{ id: '20', bookedHere: false }], nextCursor: null })
  t.match(await gateway.get('/v1/meetings?from=yesterday'), { status: 400 })
})
