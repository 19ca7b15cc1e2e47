import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSimulators, madeCounts, recordingSidIn, type Phone, type Settings } from '@leadlog/simulators'
import { eventually } from '@leadlog/testing'
import t, { type Test } from 'tap'
import { formFields, isFromTwilio, oneValueEach } from '../index.ts'
import { createTwilioClient, twilioCodeOf } from './index.ts'

const ACCOUNT = 'AC00000000000000000000000000000001'
const TOKEN = 'simulated-twilio-auth-token-0001'
const OURS = '+16465550100'
const MARCO = '+14155550142'
const DANA = '+14155550123'
const say = (text: string) => `<Response><Say>${text}</Say></Response>`

interface Asked {
  readonly path: string
  readonly fields: Readonly<Record<string, string>>
  readonly token: string | undefined
}

/** An app with Twilio's webhooks, and the simulated account that uses them. */
async function phone(t: Test, settings: Partial<Settings> = {}) {
  const asked: Asked[] = []
  const answers: Record<string, string | number | (() => string)> = {}
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const url = `${app}${request.url ?? ''}`
      const { 'x-twilio-signature': signature = '', 'content-type': contentType } = request.headers
      const signed = { method: request.method ?? '', url, contentType, body, signature: String(signature) }
      if (!isFromTwilio(signed, [TOKEN])) return response.writeHead(403).end()
      const path = (request.url ?? '').split('?')[0] ?? ''
      const token = request.headers['i-twilio-idempotency-token']
      asked.push({ path, fields: oneValueEach(formFields(body)), token: String(token) })
      const answer = answers[path]
      if (typeof answer === 'number') return response.writeHead(answer).end()
      if (answer === undefined) return response.writeHead(204).end()
      response.writeHead(200, { 'content-type': 'text/xml' }).end(typeof answer === 'string' ? answer : answer())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const app = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  const fast = {
    twilioCallsPerSecond: 1_000,
    twilioMessagesPerSecond: 1_000,
    twilioDeliveryMs: 1,
    twilioTimeScale: 5_000
  }
  const simulators = await createSimulators({ settings: { ...fast, ...settings } })
  const { state } = simulators
  const url = await simulators.app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => simulators.app.close())
  const twilio = createTwilioClient({
    accountSid: ACCOUNT,
    authTokens: [TOKEN],
    baseUrl: `${url}/twilio`,
    privateHosts: ['127.0.0.1']
  })
  t.teardown(() => twilio.close())
  return {
    app,
    twilio,
    state,
    answers,
    asked: (path: string) => asked.filter((one) => one.path === path).map(({ fields }) => fields),
    tokens: (path: string) => asked.filter((one) => one.path === path).map(({ token }) => token),
    is: (number: string, how: Omit<Phone, 'number'>) => state.twilioLine.phones.set(number, { number, ...how }),
    dial: (to: string, rest: Partial<Parameters<typeof twilio.createCall>[0]> = {}) =>
      twilio.createCall({
        to,
        from: OURS,
        url: `${app}/voice?dial=d1`,
        statusCallback: `${app}/status?dial=d1`,
        statusCallbackEvents: ['initiated', 'ringing', 'answered', 'completed'],
        timeoutSeconds: 20,
        ...rest
      }),
    ended: (sid: string) =>
      eventually(async () => {
        const call = await twilio.call(sid)
        return call.endedAt === null ? undefined : call
      }),
    quiet: () => state.twilioLine.callbacks.settled()
  }
}

void t.test('whoever is called answers, is busy, lets it ring, is a machine, or hangs up at a step', async (t) => {
  const { app, state, answers, asked, is, dial, ended, quiet } = await phone(t)
  answers['/voice'] =
    `<Response><Gather action="/menu" actionOnEmptyResult="true"><Say>Press 1.</Say></Gather></Response>`
  answers['/menu'] = say('Thank you.')
  is(MARCO, { acts: [{ do: 'press', digits: '1' }] })
  const call = await dial(MARCO)
  t.match(await ended(call.sid), { status: 'completed', direction: 'outbound-api' })
  await quiet()
  t.match(asked('/menu'), [{ Digits: '1', CallStatus: 'in-progress', Direction: 'outbound-api' }])
  const told = asked('/status').sort((a, b) => Number(a['SequenceNumber']) - Number(b['SequenceNumber']))
  t.strictSame(
    told.map(({ CallStatus, SequenceNumber, CallSid }) => [SequenceNumber, CallStatus, CallSid]),
    ['initiated', 'ringing', 'in-progress', 'completed'].map((status, at) => [String(at), status, call.sid])
  )
  t.ok(Number(told.at(-1)?.['CallDuration']) > 0)
  for (const [answer, status] of [
    ['busy', 'busy'],
    ['no-answer', 'no-answer'],
    ['failed', 'failed']
  ] as const) {
    is(DANA, { answers: answer })
    t.match(await ended((await dial(DANA)).sid), { status, durationSeconds: 0, startedAt: null })
  }
  is(DANA, { answers: 'machine' })
  const machine = await dial(DANA, { machineDetection: 'DetectMessageEnd' })
  t.match(await ended(machine.sid), { answeredBy: 'machine_end_beep' })
  t.match(asked('/voice').at(-1), { AnsweredBy: 'machine_end_beep' })
  is(DANA, { acts: [{ do: 'hang-up' }] })
  const brief = await dial(DANA, { record: true, recordingStatusCallback: `${app}/recording` })
  await ended(brief.sid)
  t.equal(state.twilio.calls.get(brief.sid)?.endedBy, 'caller')
  await quiet()
  t.match(asked('/recording'), [{ RecordingStatus: 'completed', RecordingSource: 'OutboundAPI', CallSid: brief.sid }])
  t.match(madeCounts(state.twilio), { callsTo: { [MARCO]: 1, [DANA]: 5 }, dials: { d1: 6 } })
})

void t.test(
  'a call is ended, redirected and given other TwiML while it lasts, and one in the queue is taken back',
  async (t) => {
    const { app, twilio, state, answers, asked, dial, ended } = await phone(t, { twilioTimeScale: 1 })
    answers['/voice'] = '<Response><Pause length="120"/></Response>'
    answers['/other'] = '<Response><Pause length="120"/></Response>'
    state.twilioLine.phones.set(MARCO, { number: MARCO, ringSeconds: 0 })
    const answered = async (sid: string) =>
      eventually(async () => ((await twilio.call(sid)).status === 'in-progress' ? true : undefined))
    const call = await dial(MARCO)
    await answered(call.sid)
    await twilio.updateCall(call.sid, { url: `${app}/other` })
    await eventually(() => Promise.resolve(asked('/other').length === 1))
    await twilio.updateCall(call.sid, { twiml: '<Response><Say>Goodbye, Marco.</Say><Pause length="120"/></Response>' })
    await eventually(() => Promise.resolve(state.twilio.calls.get(call.sid)?.heard.includes('say: Goodbye, Marco.')))
    t.match(await twilio.updateCall(call.sid, { status: 'completed' }), { status: 'completed' })
    t.match(await ended(call.sid), { status: 'completed' })
    t.equal(state.twilio.calls.get(call.sid)?.endedBy, 'api')
    state.settings.twilioCallsPerSecond = 0.01
    await dial(MARCO)
    const queued = await dial(MARCO)
    t.equal((await twilio.call(queued.sid)).status, 'queued', 'one call a second: the others wait')
    await twilio.updateCall(queued.sid, { status: 'canceled' })
    t.match(await ended(queued.sid), { status: 'canceled' })
    const refused = await twilio.updateCall(queued.sid, { status: 'completed' }).catch((error: unknown) => error)
    t.equal(twilioCodeOf(refused), 21220)
  }
)

void t.test('a conference: dialled into, muted, held, left and ended, with what is told of it', async (t) => {
  const { app, twilio, state, answers, asked, dial, ended, quiet } = await phone(t, { twilioTimeScale: 10 })
  const events = 'start end join leave mute hold modify'
  const room = `statusCallback="/conference" statusCallbackEvent="${events}" record="record-from-start" recordingStatusCallback="/recording"`
  answers['/voice'] =
    `<Response><Dial action="/after"><Conference ${room} participantLabel="customer">room-1</Conference></Dial></Response>`
  answers['/after'] = say('Goodbye.')
  answers['/hold'] = say('One moment.')
  const customer = await dial(MARCO)
  const conference = await eventually(async () => (await twilio.conferences({ friendlyName: 'room-1' }))[0])
  const agent = await twilio.addParticipant('room-1', {
    to: DANA,
    from: OURS,
    label: 'agent',
    statusCallback: `${app}/status`,
    statusCallbackEvents: ['answered', 'completed'],
    conferenceStatusCallback: `${app}/conference`,
    conferenceStatusCallbackEvents: ['start', 'end', 'join', 'leave'],
    timeoutSeconds: 20,
    startConferenceOnEnter: true,
    endConferenceOnExit: true
  })
  t.match(agent, { status: 'queued', label: 'agent', conferenceSid: conference.sid })
  const all = await eventually(async () => {
    const there = await twilio.participants(conference.sid)
    return there.length === 2 && there.every(({ status }) => status === 'connected') ? there : undefined
  })
  t.strictSame(all.map(({ label }) => label).sort(), ['agent', 'customer'])
  t.match(await twilio.updateParticipant(conference.sid, customer.sid, { muted: true }), { muted: true })
  t.match(await twilio.updateParticipant(conference.sid, customer.sid, { hold: true, holdUrl: `${app}/hold` }), {
    hold: true
  })
  await twilio.updateParticipant(conference.sid, customer.sid, { hold: false, muted: false })
  await twilio.removeParticipant(conference.sid, agent.callSid)
  await twilio.removeParticipant(conference.sid, agent.callSid)
  t.match(await ended(customer.sid), { status: 'completed' })
  await ended(agent.callSid)
  await quiet()
  t.match(await twilio.conferences({ friendlyName: 'room-1', status: 'completed' }), [{ sid: conference.sid }])
  t.strictSame(
    asked('/conference')
      .sort((a, b) => Number(a['SequenceNumber']) - Number(b['SequenceNumber']))
      .map(({ StatusCallbackEvent, ParticipantLabel }) => [StatusCallbackEvent, ParticipantLabel].join(' ').trim()),
    [
      'participant-join customer',
      'participant-join agent',
      'conference-start',
      'participant-mute customer',
      'participant-hold customer',
      'participant-unmute customer',
      'participant-unhold customer',
      'participant-leave agent',
      'participant-leave customer',
      'conference-end'
    ]
  )
  t.match(asked('/after'), [{ DialCallStatus: 'completed', CallSid: customer.sid }])
  t.ok(state.twilio.calls.get(customer.sid)?.heard.includes('hold say: One moment.'))
  const [recording] = await twilio.recordings({ conferenceSid: conference.sid })
  t.match(recording, { source: 'Conference', channels: 1, conferenceSid: conference.sid })
  t.match(asked('/recording'), [{ ConferenceSid: conference.sid, RecordingStatus: 'completed' }])
})

void t.test(
  'recordings have the length of the call, the words beside them, and go when they are deleted',
  async (t) => {
    const { app, twilio, state, answers, asked, is, dial, ended, quiet } = await phone(t)
    answers['/voice'] =
      `<Response><Dial record="record-from-answer-dual" recordingStatusCallback="${app}/recording"><Number>${DANA}</Number></Dial></Response>`
    is(DANA, {
      talkSeconds: 12,
      talk: [
        { who: 'agent', text: 'Hello Marco, this is Dana.' },
        { who: 'caller', text: 'We lose two hours a day to copying.' }
      ]
    })
    const call = await dial(MARCO)
    await ended(call.sid)
    await quiet()
    const told = asked('/recording')
    t.match(told, [
      { RecordingStatus: 'completed', RecordingDuration: '12', RecordingChannels: '2', CallSid: call.sid }
    ])
    const address = told[0]?.['RecordingUrl'] ?? ''
    const sid = told[0]?.['RecordingSid'] ?? ''
    t.match(await twilio.recording(sid), { durationSeconds: 12, source: 'DialVerb', callSid: call.sid })
    t.strictSame(
      state.twilio.recordings.get(sid)?.said.map(({ who, text }) => `${who}: ${text}`),
      ['agent: Hello Marco, this is Dana.', 'caller: We lose two hours a day to copying.']
    )
    const wav = await twilio.recordingMedia(`${address}.wav`)
    t.match(wav, { status: 200, contentType: 'audio/x-wav' })
    const sound = Buffer.concat(await wav.body.toArray())
    t.equal(sound.toString('latin1', 0, 4), 'RIFF')
    t.equal(sound.length, wav.contentLength)
    const data = sound.indexOf('data')
    t.equal(sound.readUInt32LE(data + 4), 12 * 8_000 * 2 * 2, 'twelve seconds of two channels')
    t.ok(
      sound.subarray(data + 8).some((byte) => byte !== 0),
      'that are not silent'
    )
    t.equal(recordingSidIn(sound), sid)
    const part = await twilio.recordingMedia(`${address}.wav`, 'bytes=100-199')
    t.match(part, { status: 206, contentRange: `bytes 100-199/${sound.length}`, contentLength: 100 })
    t.strictSame(Buffer.concat(await part.body.toArray()), sound.subarray(100, 200))
    const mp3 = await twilio.recordingMedia(address)
    t.equal(mp3.contentType, 'audio/mpeg')
    const packed = Buffer.concat(await mp3.body.toArray())
    t.equal(packed.toString('latin1', 0, 3), 'ID3')
    t.equal(recordingSidIn(packed), sid)
    const frames = mp3Frames(packed)
    t.ok(Math.abs(frames * (576 / 8_000) - 12) < 0.5, `${frames} frames are twelve seconds`)
    t.match(await twilio.recordingMedia('https://elsewhere.example/x').catch((error: unknown) => error), {
      code: 'TWILIO_SID_INVALID'
    })
    await twilio.deleteRecording(sid)
    await twilio.deleteRecording(sid)
    t.equal(twilioCodeOf(await twilio.recordingMedia(address).catch((error: unknown) => error)), 20404)
  }
)

/** Frames of MPEG 2.5, layer III, one after the other. */
function mp3Frames(file: Buffer): number {
  const size = file.subarray(6, 10).reduce((sum, byte) => sum * 128 + byte, 0)
  const bitrates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
  let frames = 0
  for (let at = 10 + size; at + 4 <= file.length; frames += 1) {
    if (file.readUInt16BE(at) >> 5 !== 0x7ff) throw new Error(`no frame at ${at}`)
    const head = file.readUInt8(at + 2)
    at += Math.floor((72 * (bitrates[head >> 4] ?? 0) * 1_000) / 8_000) + ((head >> 1) & 1)
  }
  return frames
}

void t.test('messages go as fast as their number may, and tell where they end', async (t) => {
  const { app, twilio, state, asked, is, quiet } = await phone(t, { twilioMessagesPerSecond: 20 })
  const send = (to: string, body: string, id: string) =>
    twilio.sendMessage({ to, from: OURS, body, statusCallback: `${app}/sms-status?message=${id}` })
  is(DANA, { sms: 'undelivered' })
  const one = await send(MARCO, 'Your demo is at three.', 'm1')
  const two = await send(DANA, 'x'.repeat(400), 'm2')
  t.equal(two.segments, 3)
  t.match(
    await eventually(async () => {
      const message = await twilio.message(two.sid)
      return message.status === 'undelivered' ? message : undefined
    }),
    { errorCode: 30003 }
  )
  t.match(await twilio.message(one.sid), { status: 'delivered', errorCode: null })
  await quiet()
  t.strictSame(
    asked('/sms-status')
      .map(({ MessageSid, MessageStatus }) => [MessageSid === one.sid ? 1 : 2, MessageStatus].join(' '))
      .sort(),
    ['1 delivered', '1 queued', '1 sent', '2 queued', '2 sent', '2 undelivered']
  )
  const began = performance.now()
  const more = await Promise.all(Array.from({ length: 10 }, (_, at) => send(MARCO, 'Hello', `n${at}`)))
  await eventually(() =>
    Promise.resolve(more.every(({ sid }) => state.twilio.messages.get(sid)?.status === 'delivered'))
  )
  t.ok(performance.now() - began > 400, 'ten messages at twenty a second')
  t.match(madeCounts(state.twilio), { messages: { m1: 1, m2: 1, n9: 1 }, messagesTo: { [MARCO]: 11 } })
})

void t.test('a call writes to whoever is called; silence after the beep leaves an absent recording', async (t) => {
  const { twilio, answers, asked, dial, ended, quiet } = await phone(t)
  answers['/voice'] =
    '<Response><Sms statusCallback="/sms-status?message=m1">See you at three.</Sms><Record recordingStatusCallback="/recording" recordingStatusCallbackEvent="completed absent"/></Response>'
  const call = await dial(MARCO)
  await ended(call.sid)
  const [message] = await eventually(async () => {
    const sent = await twilio.listMessages({ to: MARCO, from: OURS })
    return sent[0]?.status === 'delivered' ? sent : undefined
  })
  t.match(message, { body: 'See you at three.' })
  await quiet()
  t.match(asked('/recording'), [{ RecordingStatus: 'absent', RecordingDuration: '0', CallSid: call.sid }])
  t.match(await twilio.recordings({ callSid: call.sid }), [{ status: 'absent', durationSeconds: null }])
})

void t.test('STOP, START and HELP from a telephone', async (t) => {
  const { app, twilio, state, answers, asked } = await phone(t)
  const write = (body: string) => state.twilioLine.messages.receive({ from: MARCO, to: OURS, body, url: `${app}/sms` })
  const send = () => twilio.sendMessage({ to: MARCO, from: OURS, body: 'Hello', statusCallback: `${app}/sms-status` })
  answers['/sms'] = '<Response><Message>We answer within the hour.</Message></Response>'
  await write('When is my demo?')
  t.match(asked('/sms'), [{ Body: 'When is my demo?', SmsStatus: 'received', NumMedia: '0', NumSegments: '1' }])
  t.match(await twilio.listMessages({ to: MARCO }), [
    { body: 'We answer within the hour.', direction: 'outbound-reply' }
  ])
  await write(' stop ')
  t.notOk(asked('/sms')[1]?.['OptOutType'])
  t.equal(twilioCodeOf(await send().catch((error: unknown) => error)), 21610)
  state.settings.twilioAdvancedOptOut = true
  await write('START')
  t.match(asked('/sms')[2], { OptOutType: 'START' })
  t.ok(await send())
  await write('help')
  t.match(asked('/sms')[3], { OptOutType: 'HELP' })
})

void t.test(
  'callbacks are lost, repeated and late where the rules say so; addresses say what is repeated',
  async (t) => {
    const { app, state, answers, asked, tokens, dial, ended, quiet } = await phone(t)
    answers['/voice'] = say('Hello.')
    state.faults.set([
      { vendor: 'twilio', route: 'CALLBACK', kind: 'lost', after: 1, count: 1 },
      { vendor: 'twilio', route: 'CALLBACK', kind: 'repeated', after: 1, count: 1 },
      { vendor: 'twilio', kind: '429', route: 'GET /nowhere' }
    ])
    await ended((await dial(MARCO)).sid)
    await quiet()
    t.equal(asked('/status').length, 4, 'four less one lost, and one twice')
    t.match(state.twilioLine.callbacks.counts(), { sent: 4, lost: 1, repeated: 1 })
    state.faults.set([{ vendor: 'twilio', route: 'CALLBACK', kind: 'late', count: 1, delayMs: 100 }])
    const before = asked('/status').length
    await ended((await dial(MARCO)).sid)
    await quiet()
    t.equal(asked('/status').at(-1)?.['CallStatus'], 'initiated', 'the first came last')
    t.equal(asked('/status').length, before + 4)
    state.faults.set([])
    answers['/broken'] = 500
    await ended((await dial(MARCO, { url: `${app}/broken#rc=2&rp=5xx`, fallbackUrl: `${app}/voice` })).sid)
    t.equal(asked('/broken').length, 3)
    t.equal(new Set(tokens('/broken')).size, 1, 'repetitions have the same token')
    t.match(asked('/voice').at(-1), { ErrorCode: '11200', ErrorUrl: `${app}/broken#rc=2&rp=5xx` })
    await ended((await dial(MARCO, { url: `${app}/broken` })).sid)
    t.equal(asked('/broken').length, 4, 'a 500 alone is not repeated')
  }
)
