import {
  CallPlaced,
  CallTransferCompletionRequested,
  CallTransferMoved,
  CallTransferProgressed,
  CallTransferRequested,
  derivedId,
  PersonErased,
  type StepVisit
} from '@leadlog/contracts'
import { projectionSpec } from '@leadlog/testing'
import t from 'tap'
import { bookedLead } from '../fixtures/booking-story.ts'
import { call, OURS, publishFlow } from '../fixtures/call-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'
import { calls } from './calls.projection.ts'

const STARTS_AT = '2026-11-20T10:00:00.000Z'
const SAM = 'sam@own.example'
const ADAS = '+14155550142'
const STRANGERS = '+14155550199'
const ada = person('Ada', 'Lovelace')
const adaWithName = { personId: ada.personId, firstName: 'Ada' }

const said: StepVisit[] = [{ step: 'greeting', kind: 'say', outcome: 'said' }]
const chose: StepVisit[] = [{ step: 'menu', kind: 'menu', outcome: '1' }]

/** Ada is Sam's lead and waits in a queue; a stranger called and is gone. */
function twoCalls() {
  const story = createStory('2026-11-18T09:00:00.000Z')
  bookedLead(story, ada, { startsAt: STARTS_AT, hostEmail: SAM })
  publishFlow(story)
  const strangers = call(story, 'CA2', STRANGERS, null)
  strangers.turn({ kind: 'started' }, { step: 'menu', steps: said })
  strangers.end('completed', 4)
  const adas = call(story, 'CA1', ADAS, adaWithName)
  adas.turn({ kind: 'started' }, { step: 'menu', steps: said })
  adas.turn({ kind: 'digits', digits: '1' }, { step: 'help', steps: chose })
  return { story, adas, strangers }
}

void t.test('a live call tells where it is, an ended one what was said and done, turn by turn', async (t) => {
  const { story, adas, strangers } = twoCalls()
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const told = story.events.length

  const live = await gateway.get('/v1/calls?live=true&expand=lead')
  t.match(live.body, {
    data: [
      {
        id: adas.callId,
        status: 'in-progress',
        live: true,
        leadId: ada.personId,
        number: ADAS,
        ours: OURS,
        flow: { flowId: 'reception', version: 1, name: 'Reception' },
        step: { id: 'help', kind: 'queue', queue: 'support', since: String },
        overdueAt: String,
        expanded: { lead: { name: 'Ada Lovelace' } }
      }
    ],
    nextCursor: null
  })
  t.match((await gateway.get('/v1/calls?live=false&sort=startedAt')).body, {
    data: [{ id: strangers.callId, status: 'completed', leadId: null, durationSeconds: 4, overdueAt: null }]
  })
  for (const [query, ids] of [
    ['status=completed', [strangers.callId]],
    [`leadId=${ada.personId}`, [adas.callId]],
    ['flowId=reception&direction=inbound', [adas.callId, strangers.callId]],
    ['flowId=other', []],
    ['direction=outbound', []],
    [`number=${encodeURIComponent(ADAS)}`, [adas.callId]],
    ['number=1 415 555 0199', [strangers.callId]]
  ] as const) {
    const { body } = await gateway.get(`/v1/calls?${query}`)
    t.same(
      (body as { data: { id: string }[] }).data.map(({ id }) => id),
      ids,
      query
    )
  }
  t.match(await gateway.get('/v1/calls?live=maybe'), { status: 400, body: { code: 'QUERY_INVALID' } })
  t.match(await gateway.get('/v1/calls/none'), { status: 404, body: { code: 'CALL_UNKNOWN' } })

  adas.record('RE1', 'completed')
  adas.record('RE1', 'in-progress')
  adas.end('completed', 61)
  await gateway.tell(story.events.slice(told))
  const detail = await gateway.get(`/v1/calls/${adas.callId}`)
  t.match(detail.body, {
    status: 'completed',
    live: false,
    durationSeconds: 61,
    recordingCount: 1,
    recordings: [{ recordingSid: 'RE1', status: 'completed', durationSeconds: 7 }],
    turns: [
      {
        turn: 1,
        input: { kind: 'started' },
        waitsAt: 'menu',
        said: [
          { kind: 'say', text: 'Hello Ada.' },
          { kind: 'say', text: 'For help press 1.' }
        ]
      },
      {
        turn: 2,
        input: { kind: 'digits', digits: '1' },
        steps: chose,
        waitsAt: 'help',
        said: [
          { kind: 'queue', text: 'support' },
          { kind: 'say', text: 'Please hold.' }
        ]
      }
    ]
  })
  const { events } = detail.body as { events: { id: string; type: string }[] }
  t.equal(events[0]?.id, adas.received.id, 'its trace can be shown')
  t.equal(
    (await gateway.get(`/v1/calls/${adas.callId}`, { 'if-none-match': String(detail.headers['etag']) })).status,
    304
  )
  t.match((await gateway.get(`/v1/leads/${ada.personId}?expand=calls`)).body, {
    expanded: { calls: { data: [{ id: adas.callId, step: { id: 'help' } }] } }
  })
  const timeline = await gateway.get(`/v1/leads/${ada.personId}/timeline?kind=call`)
  t.match(timeline.body, {
    data: [
      { title: 'Call ended: completed', callId: adas.callId },
      { title: `Called ${OURS}`, callId: adas.callId }
    ]
  })
})

void t.test(
  'sales people see the calls of their own leads, and find them by number; flows are for who reads all',
  async (t) => {
    const { story, adas, strangers } = twoCalls()
    const gateway = await testGateway(t)
    await gateway.tell(story.events)
    const sam = await gateway.signedIn(SAM, 'user')
    const kim = await gateway.signedIn('kim@own.example', 'user')
    const max = await gateway.signedIn('max@own.example', 'manager')

    const listed = async (who: Pick<typeof sam, 'get'>, path: string) =>
      ((await who.get(path)).body as { data: { id: string }[] }).data.map(({ id }) => id)
    t.same(await listed(sam, '/v1/calls'), [adas.callId])
    t.same(await listed(kim, '/v1/calls'), [])
    t.same(await listed(max, '/v1/calls'), [adas.callId, strangers.callId])
    t.equal((await kim.get(`/v1/calls/${adas.callId}`)).status, 404)
    t.match((await sam.get(`/v1/calls/${adas.callId}`)).body, {
      step: { queue: 'support' },
      turns: [{ said: [{ text: 'Hello Ada.' }, {}] }, {}]
    })
    t.same(await listed(sam, '/v1/search?q=415555&kind=call'), [adas.callId])
    t.same(await listed(kim, '/v1/search?q=415555&kind=call'), [])
    t.same(new Set(await listed(max, '/v1/search?q=4155550&kind=call')), new Set([adas.callId, strangers.callId]))
    t.same(await listed(max, '/v1/search?q=lovelace&kind=call'), [])
    t.match((await max.get('/v1/search?q=%2B1 415 555 0142')).body, {
      data: [{ kind: 'call', title: ADAS, detail: 'Ada Lovelace', highlights: [{ field: 'phone' }] }]
    })
    for (const path of ['/v1/flows', '/v1/flows/reception', '/v1/flows/reception/versions/1', '/v1/phone-numbers']) {
      t.match(await sam.get(path), { status: 403, body: { code: 'NOT_ALLOWED' } }, path)
      t.equal((await max.get(path)).status, 200, path)
    }
  }
)

void t.test(
  'a call comes to a lead who becomes known later, with its timeline, and goes when the number was a mistake',
  async (t) => {
    const { story, adas, strangers } = twoCalls()
    const gateway = await testGateway(t)
    const late = call(story, 'CA4', '+14155550133', null)
    for (const one of [strangers, late]) one.attribute(ada.personId)
    await gateway.tell(story.events)
    const told = story.events.length
    const ofAda = async (who: { get(path: string): Promise<{ body: unknown }> }) => {
      const { body } = await who.get(`/v1/leads/${ada.personId}/timeline?kind=call`)
      return (body as { data: { callId: string }[] }).data.map(({ callId }) => callId)
    }
    t.same(await ofAda(gateway), [late.callId, adas.callId, strangers.callId, strangers.callId], 'each came, one ended')
    strangers.attribute(null)
    await gateway.tell(story.events.slice(told))
    t.same(await ofAda(gateway), [late.callId, adas.callId])
    const sam = await gateway.signedIn(SAM, 'user')
    const kim = await gateway.signedIn('kim@own.example', 'user')
    t.same(await ofAda(sam), [late.callId, adas.callId], 'to whoever minds the lead, too')
    t.match((await sam.get(`/v1/calls?leadId=${ada.personId}`)).body, {
      data: [{ id: late.callId }, { id: adas.callId }]
    })
    t.equal((await sam.get(`/v1/calls/${strangers.callId}`)).status, 404)
    t.equal((await kim.get(`/v1/calls/${late.callId}`)).status, 404)
  }
)

void t.test('a call that we placed can be ended by the name of its dial', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { webhook } = bookedLead(story, ada, { startsAt: STARTS_AT })
  const callId = derivedId('twilio-call', 'CA9')
  const ids = { callId, dialId: 'dial-1', personId: ada.personId, leadId: ada.personId, callSid: 'CA9' }
  story.emit(CallPlaced, callId, { ...ids, from: OURS, to: ADAS, placedAt: story.now() }, webhook)
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  t.match((await gateway.get('/v1/calls?direction=outbound')).body, {
    data: [{ id: callId, dialId: 'dial-1', live: true, status: 'queued', number: ADAS, ours: OURS, flow: null }]
  })
})

void t.test('a call that is handed over tells to whom, and how far that is', (t) => {
  const { story, adas } = twoCalls()
  const spec = projectionSpec(calls)
  const { callId, received } = adas
  const at = story.now()
  const ids = { transferId: 't1', conferenceId: 'f1', dialId: 'd1' }
  const asked = { turn: 3, to: '+14155550177', why: 'the contract', agentCallSid: null }
  story.emit(CallTransferRequested, callId, { callId, personId: ada.personId, ...ids, ...asked, at }, received)
  const transfer = () => spec.given(story.events).rows.get(callId)?.transfer
  t.match(transfer(), { ...ids, to: '+14155550177', why: 'the contract', stage: 'moving', completionRequested: false })
  const of = (transferId: string) => ({ callId, transferId, at: story.now() })
  story.emit(CallTransferMoved, callId, { ...of('t1'), agentCallSid: 'CA7' }, received)
  story.emit(CallTransferProgressed, callId, { ...of('t1'), stage: 'introducing' }, received)
  story.emit(CallTransferProgressed, callId, { ...of('t0'), stage: 'over' }, received)
  story.emit(CallTransferCompletionRequested, callId, of('t1'), received)
  t.match(transfer(), { stage: 'introducing', completionRequested: true }, 'whatever is heard of an earlier one')
  const given = spec.given(story.events)
  given.thenEvenTwice(Object.fromEntries(given.rows))
  t.end()
})

void t.test('any order of reports ends alike, and an erased person has no calls', async (t) => {
  const { story, adas } = twoCalls()
  const spec = projectionSpec(calls)
  adas.report('ringing', { sequence: 1 })
  t.match(spec.given(story.events).rows.get(adas.callId), { status: 'in-progress', live: true })
  adas.report('completed', { sequence: 3, durationSeconds: 9 })
  adas.report('in-progress', { sequence: 2 })
  t.match(spec.given(story.events).rows.get(adas.callId), { status: 'completed', live: false })
  const lost = call(story, 'CA3', ADAS, adaWithName, null)
  lost.fallBack('NUMBER_HAS_NO_FLOW')
  t.match(spec.given(story.events).rows.get(lost.callId), { fell_back: { reason: 'NUMBER_HAS_NO_FLOW' }, live: true })
  const given = spec.given(story.events)
  given.thenEvenTwice(Object.fromEntries(given.rows))

  const ids = { personId: ada.personId, leadId: ada.personId, meetingIds: [], crmWriteIds: [], callerIds: [] }
  const erased = { ...ids, erasureId: 'e1', callIds: [adas.callId, lost.callId], eventIds: [] }
  story.emit(PersonErased, ada.personId, erased, adas.received)
  const left = spec.given(story.events).rows
  t.same(
    [...left.values()].map(({ number }) => number),
    [STRANGERS]
  )
  t.notOk(left.has(derivedId('twilio-call', 'CA1')))
})
