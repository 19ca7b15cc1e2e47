import {
  CallNotPlaced,
  CallPlaced,
  CallRequested,
  ConferenceOpened,
  ConferenceReported,
  derivedId,
  DialPlaced,
  ParticipantInvited,
  PersonErased,
  type ContactCheck
} from '@leadlog/contracts'
import { projectionSpec } from '@leadlog/testing'
import t from 'tap'
import { conferences } from '../conferences/conferences.projection.ts'
import { bookedLead } from '../fixtures/booking-story.ts'
import { OURS } from '../fixtures/call-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'
import { dials } from './dials.projection.ts'

const ada = person('Ada', 'Lovelace')
const SAM = 'sam@own.example'
const ADAS = '+14155550142'
const callId = derivedId('twilio-call', 'CA9')

const check: ContactCheck = {
  channel: 'call',
  purpose: 'service',
  suppressionId: 'hash',
  suppressionVersion: 1,
  result: 'suppressed',
  factId: 'fact',
  reason: 'opted-out',
  until: null,
  timeZones: [],
  timeZonesFrom: 'unknown',
  quietHours: { from: '21:00', until: '08:00' },
  checkedAt: '2026-11-18T09:00:00.000Z'
}

/** One call into a conference, and one that might not be placed. */
function twoDials() {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { webhook } = bookedLead(story, ada, { startsAt: '2026-11-20T10:00:00.000Z', hostEmail: SAM })
  const whose = { personId: ada.personId, leadId: ada.personId }
  const ask = (dialId: string) =>
    story.emit(
      CallRequested,
      dialId,
      {
        dialId,
        ...whose,
        to: ADAS,
        from: OURS,
        connect: { kind: 'conference', conferenceId: 'f1' },
        purpose: 'service',
        onMachine: { kind: 'talk' },
        ringSeconds: 30,
        placeBefore: story.now(),
        why: 'asked for it',
        requestedAt: story.now()
      },
      webhook
    )
  story.emit(ConferenceOpened, 'f1', { conferenceId: 'f1', name: 'Demo', openedAt: story.now() }, webhook)
  story.emit(ParticipantInvited, 'f1', { conferenceId: 'f1', dialId: 'd1', at: story.now() }, webhook)
  ask('d1')
  story.emit(DialPlaced, 'd1', { dialId: 'd1', callId, callSid: 'CA9', how: 'answered', at: story.now() }, webhook)
  const placed = { callId, dialId: 'd1', ...whose, callSid: 'CA9', from: OURS, to: ADAS, placedAt: story.now() }
  story.emit(CallPlaced, callId, placed, webhook)
  const news = (word: 'join' | 'hold' | 'unhold' | 'leave', sequence: number, hold: boolean) =>
    story.emit(
      ConferenceReported,
      'f1',
      {
        conferenceId: 'f1',
        conferenceSid: 'CF1',
        news: word,
        sequence,
        callSid: 'CA9',
        callId,
        muted: false,
        hold,
        reason: null,
        at: story.now()
      },
      webhook
    )
  news('unhold', 3, false)
  news('hold', 2, true)
  news('join', 1, false)
  ask('d2')
  const refused = { reason: 'suppressed' as const, code: null, check, at: story.now() }
  story.emit(CallNotPlaced, 'd2', { dialId: 'd2', ...whose, ...refused }, webhook)
  return { story, webhook, news }
}

void t.test('calls that were asked for, and conferences, for whoever may see the calls', async (t) => {
  const { story } = twoDials()
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  t.match((await gateway.get('/v1/dials')).body, { data: [{ id: 'd2' }, { id: 'd1' }] })
  t.match((await gateway.get('/v1/dials?state=not-placed&number=1 415 555 0142')).body, {
    data: [{ id: 'd2', reason: 'suppressed', proof: { factId: 'fact' }, callId: null, why: 'asked for it', by: String }]
  })
  t.match((await gateway.get('/v1/dials/d1')).body, { state: 'placed', callId, number: ADAS, reason: null })
  t.match(await gateway.get('/v1/dials/none'), { status: 404, body: { code: 'DIAL_UNKNOWN' } })
  t.match((await gateway.get(`/v1/conferences?ended=false&callId=${callId}`)).body, {
    data: [{ id: 'f1', name: 'Demo', state: 'open', dialIds: ['d1'], transferOf: null }]
  })
  t.same(((await gateway.get('/v1/conferences/f1')).body as { participants: unknown[] }).participants, [
    { callId, callSid: 'CA9', present: true, muted: false, hold: false }
  ])
  t.match(await gateway.get('/v1/conferences/none'), { status: 404, body: { code: 'CONFERENCE_UNKNOWN' } })

  const sam = await gateway.signedIn(SAM, 'user')
  const kim = await gateway.signedIn('kim@own.example', 'user')
  for (const path of ['/v1/dials/d1', '/v1/conferences/f1']) {
    t.equal((await sam.get(path)).status, 200, path)
    t.equal((await kim.get(path)).status, 404, path)
  }
})

void t.test('news in any order end alike; an erased person has no dials', (t) => {
  const { story, webhook, news } = twoDials()
  news('leave', 4, false)
  const rooms = projectionSpec(conferences).given(story.events)
  t.match(rooms.rows.get('f1'), {
    participants: { [callId]: { present: { value: false }, hold: { value: false } } },
    call_ids: [callId]
  })
  rooms.thenEvenTwice(Object.fromEntries(rooms.rows))
  const ids = { personId: ada.personId, leadId: ada.personId, meetingIds: [], crmWriteIds: [], callerIds: [] }
  const erased = { ...ids, erasureId: 'e1', callIds: [callId], dialIds: ['d1', 'd2'], eventIds: [] }
  story.emit(PersonErased, ada.personId, erased, webhook)
  t.equal(projectionSpec(dials).given(story.events).rows.size, 0)
  t.end()
})
