import {
  commandRegistry,
  MeetingNoteTaken,
  DiscoveryQuestionTicked,
  DiscoveryQuestionCleared,
  PersonErased,
  ZoomDisconnected,
  derivedId,
  type CommandDefinition
} from '@leadlog/contracts'
import t from 'tap'
import type { CommandPort } from '../commands/command-port.ts'
import { book, bookedLead } from '../fixtures/booking-story.ts'
import { testPersonIds } from '../fixtures/commands-away.ts'
import { hold, merge, qualify } from '../fixtures/meeting-story.ts'
import { connectZoom, contextOf, exchange, panelWith, start } from '../fixtures/panel-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { API_KEY, testGateway, type TestGateway } from '../fixtures/test-gateway.ts'

const SAM = 'sam@own.example'
const KIM = 'kim@own.example'
const [SAMS_ZOOM, KIMS_ZOOM] = ['zoom-sam', 'zoom-kim']
const UUID = '/nR0i/L9Q2mfrfXtEWMnGA=='
const TODAY = '2026-11-18T13:00:00.000Z'
const [ada, bob] = [person('Ada', 'Lovelace'), person('Bob', 'Babbage')]

/** Sam hosts Ada, Kim hosts Bob, and both have connected Zoom. */
function twoHosts() {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const adas = bookedLead(story, ada, { startsAt: TODAY, hostEmail: 'Sam@Own.example' })
  const bobs = bookedLead(story, bob, { startsAt: TODAY, hostEmail: KIM })
  connectZoom(story, SAM, SAMS_ZOOM)
  connectZoom(story, KIM, KIMS_ZOOM)
  return { story, adas, bobs }
}

/** Commands that are done at once; what was sent, and as whom. */
function commandsDone() {
  const sent: { command: string; data: unknown; actor: string; id: string }[] = []
  const log = {
    sendCommand: (given: { command: CommandDefinition; data: unknown; actor: string; id: string }) => {
      const { command, data, actor, id } = given
      const repeated = sent.some((one) => one.id === id)
      if (!repeated) sent.push({ command: command.name, data, actor, id })
      return Promise.resolve({ repeated })
    },
    awaitOutcome: (commandId: string) =>
      Promise.resolve({ commandId, outcome: 'done', eventSequence: 7, code: null, message: null })
  }
  return { sent, commands: { log, keyring: testPersonIds } as unknown as CommandPort }
}

async function panelOf(gateway: TestGateway, uid: string, mid?: string) {
  const { status, body } = await exchange(gateway, contextOf(gateway, uid, mid === undefined ? {} : { mid }))
  if (status !== 200) throw new Error(`no session: ${JSON.stringify(body)}`)
  return panelWith(gateway, body.token)
}

void t.test('a context becomes a session of the host, who finds the meeting that goes on', async (t) => {
  const { story, adas } = twoHosts()
  start(story, ada, adas.meetingId, UUID)
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  await gateway.signedIn(SAM, 'user')
  const panel = await panelOf(gateway, SAMS_ZOOM, UUID)
  t.match(await panel.get('/v1/panel'), {
    status: 200,
    body: { user: { email: SAM }, inMeeting: true, meetingId: adas.meetingId }
  })
  const elsewhere = await panelOf(gateway, SAMS_ZOOM, 'an instance that nobody told of')
  t.match((await elsewhere.get('/v1/panel')).body, { inMeeting: true, meetingId: null })
  const outside = await panelOf(gateway, SAMS_ZOOM)
  t.match((await outside.get('/v1/panel')).body, { inMeeting: false, meetingId: null })
  t.match((await outside.get('/v1/panel/meetings')).body, { data: [{ id: adas.meetingId }] })
  const days = '/v1/panel/meetings?from=2026-11-19T00:00:00.000Z&to=2026-11-20T00:00:00.000Z'
  t.same((await outside.get(days)).body, { data: [] })
  t.match(await outside.get(days.replace('2026-11-20', '2026-12-20')), { body: { code: 'QUERY_INVALID' } })
})

void t.test('whoever sees the meetings of all chooses among their own, however many there are before', async (t) => {
  const { story, adas } = twoHosts()
  for (let at = 0; at <= 200; at += 1)
    book(story, bob, { uri: `kims-${String(at)}`, startsAt: '2026-11-18T12:00:00.000Z', hostEmail: KIM })
  const carol = person('Carol', 'Shaw')
  // What took place stands for it, and who hosts is told by the booking that turned out to be the same.
  const { meetingId } = hold(story, carol, { meetingId: 'held', sessionId: 's', startedAt: TODAY }).data
  const booked = book(story, carol, { uri: 'carols', startsAt: TODAY, hostEmail: ' SAM@own.example' })
  merge(story, carol, { meetingId, mergedMeetingId: booked.meetingId, uris: [booked.uri] })
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  await gateway.signedIn(SAM, 'admin')
  const panel = await panelOf(gateway, SAMS_ZOOM)
  const { data } = (await panel.get('/v1/panel/meetings')).body as { data: { id: string }[] }
  t.same(data.map(({ id }) => id).sort(), [adas.meetingId, meetingId].sort())
})

void t.test('the panel shows the lead, what was read, the last meeting, the gaps and what to ask', async (t) => {
  const { story, adas } = twoHosts()
  const held = hold(story, ada, { meetingId: 'earlier', sessionId: 's', startedAt: '2026-11-10T10:00:00.000Z' })
  qualify(story, ada, held)
  hold(story, ada, { meetingId: 'later', sessionId: 'l', startedAt: '2026-11-18T15:00:00.000Z' })
  const cause = story.webhook({ externalId: 'panel' })
  const question = (
    definition: typeof DiscoveryQuestionTicked | typeof DiscoveryQuestionCleared,
    meetingId: string,
    question: string
  ) => story.emit(definition, meetingId, { meetingId, personId: ada.personId, question, at: story.now() }, cause)
  question(DiscoveryQuestionTicked, adas.meetingId, 'champion-who-gains')
  question(DiscoveryQuestionTicked, adas.meetingId, 'metrics-today')
  question(DiscoveryQuestionCleared, adas.meetingId, 'metrics-today')
  question(DiscoveryQuestionTicked, 'earlier', 'pain-why-now')
  story.emit(
    MeetingNoteTaken,
    adas.meetingId,
    {
      meetingId: adas.meetingId,
      personId: ada.personId,
      noteId: 'n',
      text: 'They decide in January.',
      takenAt: '2026-11-18T13:10:00.000Z'
    },
    cause
  )
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  await gateway.signedIn(SAM, 'user')
  const panel = await panelOf(gateway, SAMS_ZOOM)
  const { status, body } = await panel.get(`/v1/panel/meetings/${adas.meetingId}`)
  t.equal(status, 200)
  t.match(body, {
    meeting: { id: adas.meetingId, customer: { email: ada.customer.email } },
    lead: { name: 'Ada Lovelace', status: 'demo-booked', fields: { company: { value: 'Acme' } } },
    lastContact: { kind: 'meeting', at: '2026-11-18T15:30:00.000Z' },
    lastMeeting: { summary: 'They liked it.', endedAt: '2026-11-10T10:30:00.000Z' },
    notes: [{ text: 'They decide in January.', takenAt: '2026-11-18T13:10:00.000Z' }]
  })
  const { meddic } = body as {
    meddic: {
      part: string
      known: string | null
      hint: string | null
      questions: { id: string; tickedAt: string | null; askedBefore: string | null }[]
    }[]
  }
  const asked = (id: string) => meddic.flatMap(({ questions }) => questions).find((one) => one.id === id)
  t.equal(meddic.length, 9)
  t.match(asked('champion-who-gains'), { tickedAt: String, askedBefore: null })
  t.match(asked('metrics-today'), { tickedAt: null, askedBefore: null })
  t.match(asked('pain-why-now'), { tickedAt: null, askedBefore: String })
  t.match(
    meddic.find(({ part }) => part === 'identifiedPain'),
    { known: null, hint: 'slow reports; lost leads' }
  )
  t.match((await gateway.get(`/v1/leads/${ada.personId}/timeline?kind=note`)).body, {
    data: [{ title: 'Noted in the meeting', detail: 'They decide in January.', source: 'manual' }]
  })
})

void t.test('a note and a tick are sent as the host, once per key', async (t) => {
  const { story, adas } = twoHosts()
  const { sent, commands } = commandsDone()
  const gateway = await testGateway(t, { deps: { commands } })
  await gateway.tell(story.events)
  await gateway.signedIn(SAM, 'user')
  const panel = await panelOf(gateway, SAMS_ZOOM)
  const notes = `/v1/panel/meetings/${adas.meetingId}/notes`
  const done = { status: 200, body: { state: 'done', after: 7 } }
  t.match(await panel.post(notes, { text: 'They decide in January.' }, 'key-1'), done)
  t.match(await panel.post(notes, { text: 'They decide in January.' }, 'key-1'), done)
  const questions = `/v1/panel/meetings/${adas.meetingId}/questions`
  t.match(await panel.post(questions, { question: 'pain-why-now', ticked: true }, 'key-2'), done)
  t.match(await panel.post(questions, { question: 'pain-why-now', ticked: false }, 'key-3'), done)
  const actor = `user:${gateway.access.users.idOf(SAM)}`
  const { meetingId } = adas
  t.match(sent, [
    {
      command: 'TakeMeetingNote',
      data: { meetingId, customerEmail: ada.customer.email, text: 'They decide in January.' },
      actor
    },
    { command: 'TickDiscoveryQuestion', data: { meetingId, question: 'pain-why-now' }, actor },
    { command: 'ClearDiscoveryQuestion', data: { meetingId, question: 'pain-why-now' }, actor }
  ])
  t.equal(sent.length, 3)
  for (const { command, data } of sent) t.ok(commandRegistry.find('meetings', command), JSON.stringify(data))
  t.match(await panel.post(notes, { text: 'x' }), { status: 400, body: { code: 'IDEMPOTENCY_KEY_MISSING' } })
  for (const body of [{ text: ' \n ' }, { text: 'x'.repeat(4_001) }, { text: 'x', meetingId: 'y' }, {}])
    t.equal((await panel.post(notes, body, 'key-4')).status, 400)
  t.equal((await panel.post(questions, { question: 'no-such', ticked: true }, 'key-5')).status, 400)
  t.equal(sent.length, 3)
})

void t.test('attack: another’s lead is not there, for reading and for notes', async (t) => {
  const { story, bobs } = twoHosts()
  const { sent, commands } = commandsDone()
  const gateway = await testGateway(t, { deps: { commands } })
  await gateway.tell(story.events)
  await gateway.signedIn(SAM, 'user')
  const panel = await panelOf(gateway, SAMS_ZOOM)
  const unknown = { status: 404, body: { code: 'MEETING_UNKNOWN' } }
  t.match(await panel.get(`/v1/panel/meetings/${bobs.meetingId}`), unknown)
  t.match(await panel.post(`/v1/panel/meetings/${bobs.meetingId}/notes`, { text: 'x' }, 'k'), unknown)
  const question = { question: 'pain-why-now', ticked: true }
  t.match(await panel.post(`/v1/panel/meetings/${bobs.meetingId}/questions`, question, 'k'), unknown)
  t.notMatch(JSON.stringify((await panel.get('/v1/panel/meetings')).body), bobs.meetingId)
  t.same(sent, [])
})

void t.test(
  'attack: the token of the panel opens nothing but the panel, and nothing else opens the panel',
  async (t) => {
    const { story } = twoHosts()
    const gateway = await testGateway(t)
    await gateway.tell(story.events)
    const admin = await gateway.signedIn(SAM, 'admin')
    const { body } = await exchange(gateway, contextOf(gateway, SAMS_ZOOM))
    const authorization = `Bearer ${body.token}`
    for (const { method, url, access } of gateway.routes) {
      if (!url.startsWith('/v1/') || method === 'HEAD' || access === 'open' || access === 'panel') continue
      const answer = await gateway.app.inject({
        method: method as 'GET',
        path: url.replaceAll(/:\w+/g, 'x1'),
        headers: { authorization }
      })
      t.match([answer.statusCode, answer.json<{ code: string }>().code], [403, 'PANEL_ONLY'], `${method} ${url}`)
    }
    const cookie = `leadlog-session=${body.token}`
    const asCookie = await gateway.app.inject({ path: '/v1/me', headers: { cookie } })
    t.equal(asCookie.statusCode, 401, 'as a cookie')
    t.match(await admin.get('/v1/panel'), { status: 403, body: { code: 'PANEL_NEEDED' } })
    t.match(await gateway.get('/v1/panel', { authorization: `Bearer ${API_KEY}` }), { status: 403 })
    for (const token of ['llp_', `llp_${'x'.repeat(43)}`, `${body.token}x`, body.token.slice(0, -1)])
      t.match(await panelWith(gateway, token).get('/v1/panel'), { status: 401, body: { code: 'API_KEY_WRONG' } })
  }
)

void t.test('attack: a context that is late, tampered with, foreign, or of another’s Zoom', async (t) => {
  const { story } = twoHosts()
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  await gateway.signedIn(SAM, 'user')
  const context = contextOf(gateway, SAMS_ZOOM)
  gateway.clock.advance(120_000)
  t.match(await exchange(gateway, context), { status: 401, body: { code: 'ZOOM_CONTEXT_EXPIRED' } })
  const fresh = contextOf(gateway, SAMS_ZOOM)
  const bytes = Buffer.from(fresh, 'base64')
  bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40)
  t.match(await exchange(gateway, bytes.toString('base64')), { status: 401, body: { code: 'ZOOM_CONTEXT_TAMPERED' } })
  t.match(await exchange(gateway, contextOf(gateway, SAMS_ZOOM, { aud: 'another-app' })), {
    status: 401,
    body: { code: 'ZOOM_CONTEXT_FOREIGN' }
  })
  t.match(await exchange(gateway, contextOf(gateway, 'zoom-nobody')), {
    status: 403,
    body: { code: 'PANEL_HOST_UNKNOWN', detail: /Settings, Integrations/ }
  })
  t.match(await exchange(gateway, contextOf(gateway, KIMS_ZOOM)), {
    status: 403,
    body: { code: 'PANEL_USER_UNKNOWN', detail: /invite you/ }
  })
  const foreign = await gateway
    .browser()
    .request('POST', '/v1/panel/sessions', { context: fresh }, { origin: 'https://evil.example' })
  t.match(foreign, { status: 403, body: { code: 'ORIGIN_FOREIGN' } })
  t.equal((await exchange(gateway, fresh)).status, 200)
})

void t.test('attack: a context that comes again ends the session of before, and not for ever', async (t) => {
  const { story } = twoHosts()
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  await gateway.signedIn(SAM, 'user')
  const context = contextOf(gateway, SAMS_ZOOM)
  const first = await exchange(gateway, context)
  t.equal((await panelWith(gateway, first.body.token).get('/v1/panel')).status, 200)
  const otherAlphabet = context.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  const second = await exchange(gateway, otherAlphabet)
  t.equal((await panelWith(gateway, first.body.token).get('/v1/panel')).status, 401, 'the first has ended')
  t.equal((await panelWith(gateway, second.body.token).get('/v1/panel')).status, 200)
  const statuses: number[] = []
  for (let turn = 0; turn < 9; turn += 1) statuses.push((await exchange(gateway, context)).status)
  t.same([...new Set(statuses)], [200, 429])
  const other = await exchange(gateway, contextOf(gateway, SAMS_ZOOM))
  t.equal(other.status, 200, 'another context is another')
})

void t.test('a session ends with its hour, its user, its Zoom, and by hand from the list', async (t) => {
  const { story } = twoHosts()
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const sam = await gateway.signedIn(SAM, 'user')
  await gateway.signedIn(KIM, 'user')
  const admin = await gateway.signedIn('mia@own.example', 'admin')
  const statusOf = async (panel: ReturnType<typeof panelWith>) => (await panel.get('/v1/panel')).status

  const old = await panelOf(gateway, SAMS_ZOOM)
  gateway.clock.advance(3_600_000)
  t.equal(await statusOf(old), 401, 'after an hour')

  const listed = await panelOf(gateway, SAMS_ZOOM)
  const { data } = (await sam.get('/v1/me/sessions')).body as { data: { id: string; device: string }[] }
  const inZoom = data.find(({ device }) => device === 'Zoom')
  t.equal((await sam.request('DELETE', `/v1/me/sessions/${inZoom?.id ?? ''}`)).status, 204)
  t.equal(await statusOf(listed), 401, 'ended from the list')

  const kims = await panelOf(gateway, KIMS_ZOOM)
  const kimId = gateway.access.users.idOf(KIM)
  t.equal((await admin.request('PATCH', `/v1/users/${kimId}`, { disabled: true })).status, 200)
  t.equal(await statusOf(kims), 401, 'a disabled user')
  t.match(await exchange(gateway, contextOf(gateway, KIMS_ZOOM)), { body: { code: 'PANEL_USER_DISABLED' } })

  const last = await panelOf(gateway, SAMS_ZOOM)
  const told = story.events.length
  const hostId = derivedId('zoom-host', SAM)
  const cause = story.webhook({ externalId: 'gone' })
  story.emit(ZoomDisconnected, hostId, { hostId, email: SAM, because: 'refused-by-zoom', at: story.now() }, cause)
  // Who came in meanwhile stands in the same stream.
  const behind = await gateway.log.lastSequence('EVENTS')
  await gateway.tell(
    story.events.slice(told).map((event) => (event.stream === 'EVENTS' ? { ...event, sequence: behind + 1 } : event))
  )
  t.equal(await statusOf(last), 401, 'a disconnected Zoom')
  const log = await admin.get(`/v1/security-log?after=${String(await gateway.log.lastSequence('EVENTS'))}`)
  t.match(JSON.stringify(log.body), /opened the panel in Zoom/)
})

void t.test('without a Zoom app it says who can change that', async (t) => {
  const gateway = await testGateway(t, { access: { zoom: { app: null, findHost: () => Promise.resolve(null) } } })
  t.match(await exchange(gateway, contextOf(gateway, SAMS_ZOOM)), {
    status: 503,
    body: { code: 'PANEL_NOT_SET_UP', detail: /ZOOM_CLIENT_ID/ }
  })
})

void t.test('of somebody who was erased nothing is left in the panel', async (t) => {
  const { story, adas } = twoHosts()
  const cause = story.webhook({ externalId: 'panel' })
  const { personId } = ada
  const { meetingId } = adas
  start(story, ada, meetingId, UUID)
  const taken = { meetingId, personId, noteId: 'n', text: 'They decide in January.', takenAt: story.now() }
  const note = story.emit(MeetingNoteTaken, meetingId, taken, cause)
  const asked = { meetingId, personId, question: 'pain-why-now', at: story.now() }
  story.emit(DiscoveryQuestionTicked, meetingId, asked, cause)
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const tables = ['discovery_questions', 'meeting_instances'] as const
  const rows = async () =>
    Promise.all(
      tables.map(async (table) => (await gateway.deps.db.selectFrom(`gateway.${table}`).selectAll().execute()).length)
    )
  t.same(await rows(), [1, 1])
  const told = story.events.length
  story.emit(
    PersonErased,
    personId,
    {
      erasureId: 'e1',
      personId,
      leadId: personId,
      meetingIds: [meetingId],
      crmWriteIds: [],
      callIds: [],
      callerIds: [],
      eventIds: [note.id]
    },
    cause
  )
  await gateway.tell(story.events.slice(told))
  t.same(await rows(), [0, 0])
})
