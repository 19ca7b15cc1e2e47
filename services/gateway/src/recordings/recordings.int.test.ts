import {
  CallNotTranscribed,
  CallTranscribed,
  derivedId,
  PersonErased,
  RecordingDeleted,
  RecordingPlayed,
  RecordingStored,
  RecordingUnavailable,
  TransientError,
  type NewEvent
} from '@leadlog/contracts'
import { createFileStore, memoryBlobs } from '@leadlog/files'
import type { TransactRequest, TransactResult } from '@leadlog/event-log'
import { fakeClock, projectionSpec } from '@leadlog/testing'
import t from 'tap'
import type { Client } from '../auth/client.ts'
import { bookedLead } from '../fixtures/booking-story.ts'
import { call } from '../fixtures/call-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'
import { memoryVolatileStore } from '../sessions/volatile-store.ts'
import { testKeyring } from '../fixtures/test-keyring.ts'
import { recordings } from './recordings.projection.ts'

const SAM = 'sam@own.example'
const KIM = 'kim@own.example'
const ada = person('Ada', 'Lovelace')
const SOUND = Buffer.from(Array.from({ length: 2_000 }, (_, index) => index % 251))

/** Ada is Sam's lead; she called, and the call was recorded. */
async function recorded() {
  const story = createStory('2026-11-18T09:00:00.000Z')
  bookedLead(story, ada, { startsAt: '2026-11-20T10:00:00.000Z', hostEmail: SAM })
  const adas = call(story, 'CA1', '+14155550142', { personId: ada.personId, firstName: 'Ada' })
  adas.turn({ kind: 'started' }, { step: null, steps: [] })
  adas.end('completed', 30)
  const files = createFileStore(memoryBlobs(), testKeyring, 512)
  const recordingId = derivedId('twilio-recording', 'RE1')
  const written = await files.write({
    kind: 'recordings',
    owner: recordingId,
    keyId: ada.personId,
    content: (async function* () {
      yield SOUND
    })(),
    maxBytes: 10_000
  })
  const common = { recordingId, callId: adas.callId, personId: ada.personId, leadId: ada.personId, recordingSid: 'RE1' }
  const stored = {
    ...common,
    direction: 'inbound' as const,
    sales: true,
    source: 'DialVerb',
    file: written.name,
    contentType: 'audio/wav',
    sizeBytes: written.size,
    digest: written.digest,
    durationSeconds: 30,
    channels: 2,
    startedAt: '2026-11-18T09:00:00.000Z',
    storedAt: '2026-11-18T09:01:00.000Z'
  }
  return {
    story,
    files,
    common,
    stored,
    cause: adas.received,
    audio: `/v1/calls/${adas.callId}/recordings/${recordingId}/audio`
  }
}

type Told = Awaited<ReturnType<typeof recorded>>

const transcribed = ({ story, common, cause }: Told) =>
  story.emit(
    CallTranscribed,
    common.recordingId,
    {
      recordingId: common.recordingId,
      callId: common.callId,
      personId: common.personId,
      leadId: common.leadId,
      direction: 'inbound',
      sales: true,
      customer: null,
      language: 'english',
      segments: [{ startMs: 0, endMs: 900, speaker: 'customer', words: 'Hello' }],
      startedAt: '2026-11-18T09:00:00.000Z',
      endedAt: '2026-11-18T09:00:30.000Z',
      contentDigest: 'd',
      call: { provider: 'openai', model: 'whisper-1', calls: 2, audioSeconds: 60, costMicroUsd: 6_000, latencyMs: 40 }
    },
    cause
  )

void t.test('whoever sees the call hears it, in parts; each play is noted once, before the first byte', async (t) => {
  const told = await recorded()
  const { story, files, common, stored, audio, cause } = told
  story.emit(RecordingStored, common.recordingId, stored, cause)
  transcribed(told)
  const clock = fakeClock('2026-11-18T12:00:00.000Z')
  const played: NewEvent[] = []
  const transact = async (request: TransactRequest): Promise<TransactResult> => {
    const events = request.decide([])
    if ('events' in events || !Array.isArray(events)) throw new TypeError('A play is never refused')
    played.push(...(events as NewEvent[]))
    return { events: [], repeated: false }
  }
  const plays = { log: { transact }, plays: memoryVolatileStore(() => clock.now().getTime()), now: () => clock.now() }
  const gateway = await testGateway(t, { deps: { files, plays } })
  await gateway.tell(story.events)
  const sam = await gateway.signedIn(SAM, 'user')
  const kim = await gateway.signedIn(KIM, 'user')
  const part = await sam.request('GET', audio, undefined, { range: 'bytes=500-1100' })
  t.match(part, { status: 206, headers: { 'content-range': 'bytes 500-1100/2000', 'content-length': '601' } })
  await sam.request('GET', audio, undefined, { range: 'bytes=0-9' })
  await sam.get(audio)
  t.equal((await kim.get(audio)).status, 404, 'another’s lead is not there')
  t.strictSame((await kim.get(audio.replace(/\/[^/]+\/audio$/, ''))).body, { data: [] })
  t.match((await sam.get(audio.replace(/\/[^/]+\/audio$/, ''))).body, {
    data: [
      {
        state: 'stored',
        audioUrl: audio,
        sizeBytes: 2_000,
        transcript: { state: 'transcribed', segments: [{ words: 'Hello' }], costMicroUsd: 6_000 }
      }
    ]
  })
  t.equal(played.length, 1)
  clock.advance(14 * 60_000)
  await sam.request('GET', audio, undefined, { range: 'bytes=0-9' })
  clock.advance(14 * 60_000)
  await sam.request('GET', audio, undefined, { range: 'bytes=0-9' })
  t.equal(played.length, 1, 'who goes on within a quarter of an hour plays the same')
  clock.advance(16 * 60_000)
  await sam.get(audio)
  t.equal(played.length, 2)
  t.ok(played.every((event) => event.definition.type === RecordingPlayed.type))
})

void t.test('a key needs to read what is personal; without a note nothing is heard', async (t) => {
  const { story, files, stored, common, audio, cause } = await recorded()
  story.emit(RecordingStored, common.recordingId, stored, cause)
  const client: Client = {
    actor: 'api-key:k1',
    via: 'key',
    scopes: new Set(['read']),
    commandServices: new Set(),
    reads: { reads: 'all' },
    session: null
  }
  const reader = await testGateway(t, { deps: { files }, client })
  await reader.tell(story.events)
  t.match(await reader.get(audio), { status: 403, body: { code: 'NOT_ALLOWED' } })
  const away = () => Promise.reject(new TransientError('EVENT_LOG_UNAVAILABLE', 'away'))
  const plays = { log: { transact: away }, plays: reader.deps.plays.plays, now: () => new Date() }
  const deaf = await testGateway(t, { deps: { files, plays } })
  await deaf.tell(story.events)
  t.match(await deaf.get(audio), { status: 503, body: { code: 'RECORDINGS_UNAVAILABLE' } })
})

void t.test('what is not there says why', async (t) => {
  const { story, files, stored, common, audio, cause } = await recorded()
  const at = '2026-11-18T10:00:00.000Z'
  story.emit(RecordingUnavailable, common.recordingId, { ...common, reason: 'failed', detail: null, at }, cause)
  const gateway = await testGateway(t, { deps: { files } })
  await gateway.tell(story.events)
  t.match(await gateway.get(audio), { status: 404, body: { code: 'RECORDING_UNAVAILABLE' } })
  const told = story.events.length
  story.emit(RecordingStored, common.recordingId, stored, cause)
  const { recordingSid: _recordingSid, ...notTold } = common
  story.emit(
    CallNotTranscribed,
    common.recordingId,
    {
      ...notTold,
      reason: 'not-configured',
      code: null,
      detail: null
    },
    cause
  )
  story.emit(
    RecordingDeleted,
    common.recordingId,
    {
      ...common,
      reason: 'request',
      note: 'asked for',
      deletedAt: at
    },
    cause
  )
  await gateway.tell(story.events.slice(told))
  t.match(await gateway.get(audio), { status: 410, body: { code: 'RECORDING_DELETED' } })
  t.match((await gateway.get(audio.replace(/\/[^/]+\/audio$/, ''))).body, {
    data: [{ state: 'deleted', deletedBecause: 'request', audioUrl: null, transcript: { state: 'not-configured' } }]
  })
})

void t.test('the rows are the same however the events come, and go with their person', async (t) => {
  const told = await recorded()
  const { story, stored, common, cause } = told
  story.emit(RecordingStored, common.recordingId, stored, cause)
  transcribed(told)
  const spec = projectionSpec(recordings)
  const given = spec.given(story.events)
  given.thenEvenTwice(Object.fromEntries(given.rows))
  t.match(given.rows.get(common.recordingId), { state: 'stored', transcript: { state: 'transcribed' } })
  const ids = { personId: ada.personId, leadId: ada.personId, meetingIds: [], crmWriteIds: [], callerIds: [] }
  const recordingIds = [common.recordingId]
  story.emit(PersonErased, ada.personId, { ...ids, erasureId: 'e1', callIds: [], recordingIds, eventIds: [] }, cause)
  const deletedAt = '2026-11-18T11:00:00.000Z'
  story.emit(RecordingDeleted, common.recordingId, { ...common, reason: 'erasure', note: null, deletedAt }, cause)
  t.equal(spec.given(story.events).rows.size, 0)
})
