import { MeetingRecordingPlayed, type NewEvent } from '@leadlog/contracts'
import type { TransactRequest, TransactResult } from '@leadlog/event-log'
import { createFileStore, memoryBlobs } from '@leadlog/files'
import { fakeClock } from '@leadlog/testing'
import t from 'tap'
import { zoomInstance } from '../fixtures/attendance-story.ts'
import { bookedLead } from '../fixtures/booking-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'
import { testKeyring } from '../fixtures/test-keyring.ts'
import { memoryVolatileStore } from '../sessions/volatile-store.ts'

const ada = person('Ada', 'Lovelace')
const STARTS_AT = '2026-11-20T10:00:00.000Z'
const FILM = Buffer.from(Array.from({ length: 2_000 }, (_, index) => index % 251))

void t.test('whoever sees the meeting plays its recording, in parts; each play is noted once', async (t) => {
  const story = createStory('2026-11-20T10:20:00.000Z')
  const { booked } = bookedLead(story, ada, { startsAt: STARTS_AT, hostEmail: 'sam@own.example' })
  const { meetingId } = booked.data
  const instance = zoomInstance(story, ada, meetingId, 'u1==', STARTS_AT)
  const reported = instance.record()
  const { recordingId } = reported.data
  const media = `/v1/meetings/${meetingId}/recordings/${recordingId}/media`
  const files = createFileStore(memoryBlobs(), testKeyring, 512)
  const content = (async function* () {
    yield FILM
  })()
  const file = await files.write({
    kind: 'meeting-recordings',
    owner: recordingId,
    keyId: ada.personId,
    content,
    maxBytes: 10_000
  })
  const clock = fakeClock('2026-11-20T12:00:00.000Z')
  const played: NewEvent[] = []
  const transact = async (request: TransactRequest): Promise<TransactResult> => {
    const events = request.decide([])
    if (Array.isArray(events)) played.push(...(events as NewEvent[]))
    return { events: [], repeated: false }
  }
  const plays = { log: { transact }, plays: memoryVolatileStore(() => clock.now().getTime()), now: () => clock.now() }
  const gateway = await testGateway(t, { deps: { files, plays } })
  await gateway.tell(story.events)
  const before = story.events.length
  const waiting = await gateway.get(media)
  t.match(waiting, { status: 404, body: { code: 'RECORDING_UNAVAILABLE' } }, 'it is still fetched')
  t.notMatch(waiting.body, { detail: /sound/ }, 'it is a film')
  instance.store(reported, file)
  await gateway.tell(story.events.slice(before))
  const sam = await gateway.signedIn('sam@own.example', 'user')
  const kim = await gateway.signedIn('kim@own.example', 'user')

  const part = await sam.request('GET', media, undefined, { range: 'bytes=500-1100' })
  t.match(part, { status: 206, headers: { 'content-range': 'bytes 500-1100/2000', 'content-type': 'video/mp4' } })
  await sam.request('GET', media, undefined, { range: 'bytes=0-9' })
  t.strictSame(
    played.map(({ definition, data }) => [definition.type, (data as { meetingId: string }).meetingId]),
    [[MeetingRecordingPlayed.type, meetingId]]
  )
  t.equal((await kim.get(media)).status, 404, 'another’s lead is not there')
  t.equal((await kim.get(`/v1/meetings/${meetingId}/transcript`)).status, 404)
  t.match((await sam.get(`/v1/meetings/${meetingId}`)).body, {
    recordings: [{ kind: 'video', state: 'stored', mediaUrl: media, sizeBytes: 2_000 }]
  })
  t.equal(played.length, 1, 'another is not noted')

  await files.remove(file.name)
  const gone = await sam.get(media)
  t.match(gone, { status: 410, body: { code: 'RECORDING_DELETED' } })
  t.notMatch(gone.body, { detail: /sound/ })
})
