import { randomBytes } from 'node:crypto'
import t, { type Test } from 'tap'
import {
  AssignNumber,
  CallAdvanced,
  CallAttributed,
  CallEnded,
  CallerLinked,
  CallFellBack,
  CallReceived,
  CallRecordingReported,
  commandId,
  isEvent,
  LeadCaptured,
  LeadDetailsChanged,
  newEvent,
  PersonErased,
  PublishFlow,
  RollBackFlow,
  SaveFlow,
  type CommandData,
  type CommandDefinition,
  type FlowDocument,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { openEventLog, type EventLog } from '@leadlog/event-log'
import { ingest } from '@leadlog/ingest'
import { openKeyring, parseMasterKey } from '@leadlog/keyring'
import { createLogger, startService, type RunningService } from '@leadlog/service'
import { runCall, twilioSignature, type CallScript } from '@leadlog/simulators'
import { eventually, isolatedNats } from '@leadlog/testing'
import { callIdOf, callRef } from './call/call-ref.ts'
import { conferenceIdOf, conferenceRef } from './conference/room.ts'
import { reception } from '@leadlog/call-flow/fixtures/reception'
import { telephony } from './service.ts'

const TOKEN = '12345678901234567890123456789012'
const OURS = '+16465550100'
const MARCO = '+14155550142'
/** The reception at any time of day. */
const flow: FlowDocument = { ...reception, start: 'greeting', steps: reception.steps.slice(1) }

interface Phone {
  readonly log: EventLog
  readonly destroyKey: (personId: string) => Promise<boolean>
  readonly url: () => string
  readonly ingestUrl: string
  readonly restart: () => Promise<void>
  readonly command: <C extends CommandDefinition>(
    command: C,
    data: CommandData<C>
  ) => Promise<Readonly<Record<string, unknown>>>
  readonly call: (seed: string, acts: CallScript['acts'], rest?: Partial<CallScript>) => ReturnType<typeof runCall>
  readonly history: (callSid: string) => Promise<readonly RecordedEvent[]>
  readonly kill: () => Promise<void>
  readonly revive: () => Promise<void>
}

async function phone(t: Test): Promise<Phone> {
  const nats = await isolatedNats(t)
  const logger = createLogger({ service: 'telephony', level: 'silent' })
  const environment = {
    NATS_URL: nats.url,
    LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
    TWILIO_AUTH_TOKEN: TOKEN,
    TELEPHONY_FALLBACK_NUMBER: '+14155550111',
    TELEPHONY_PORT: '0',
    INGEST_PORT: '0'
  }
  const start = (): Promise<RunningService> => startService(telephony, { logger, environment })
  let service = await start()
  t.teardown(() => service.stop())
  const receiver = await startService(ingest, { logger, environment })
  t.teardown(() => receiver.stop())
  const log = await openEventLog({ servers: nats.url, name: 'test', source: 'leadlog/crm', logger })
  t.teardown(() => log.close())
  const masterKey = parseMasterKey(environment.LEADLOG_MASTER_KEY)
  const keyring = await openKeyring({ connection: log.connection, masterKey, logger })
  t.teardown(() => keyring.close())
  log.useCipher(keyring)
  let commands = 0
  return {
    log,
    destroyKey: (personId) => keyring.destroyKey(personId),
    url: () => service.url,
    ingestUrl: receiver.url,
    restart: async () => {
      await service.stop()
      service = await start()
    },
    command: async (command, data) => {
      commands += 1
      const id = commandId('user:test', command, String(commands))
      await log.sendCommand({ command, id, data, actor: 'user:test' })
      const outcome = await log.awaitOutcome(id, 10_000)
      if (outcome === null) throw new TypeError(`${command.name} was not done in time`)
      return outcome.outcome === 'done' ? { ...outcome.result } : { code: outcome.code, message: outcome.message }
    },
    call: (seed, acts, rest = {}) =>
      runCall(
        {
          from: MARCO,
          to: OURS,
          voiceUrl: `${service.url}/twilio/voice`,
          fallbackUrl: `${service.url}/twilio/voice/fallback`,
          statusUrl: `${receiver.url}/webhooks/twilio/voice-status`,
          acts,
          ...rest
        },
        { accountSid: 'AC00000000000000000000000000000001', authToken: TOKEN, seed, now: () => new Date() }
      ),
    history: async (callSid) => (await log.load(callRef(callIdOf(callSid)))).events,
    kill: () => nats.kill(),
    revive: () => nats.restart()
  }
}

async function post(url: string, fields: Record<string, string>, signature?: string) {
  const form = new URLSearchParams(fields)
  const answer = await fetch(url, {
    method: 'POST',
    body: form,
    headers: { 'x-twilio-signature': signature ?? twilioSignature(TOKEN, url, form) }
  })
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() }
}

void t.test('calls, from a draft of a flow to the end of the log', async (t) => {
  const { log, url, destroyKey, ingestUrl, restart, command, call, history, kill, revive } = await phone(t)
  const incoming = { CallSid: 'CA0001', CallStatus: 'ringing', Direction: 'inbound', From: MARCO, To: OURS }

  await t.test('a flow is drafted, checked, published and assigned', async (t) => {
    t.match(await command(PublishFlow, { flowId: 'reception', draft: 1 }), { code: 'TELEPHONY_FLOW_UNKNOWN' })
    const broken = { ...flow, start: 'nowhere' }
    const draft = await command(SaveFlow, { flowId: 'reception', name: 'Reception', document: broken })
    t.match(draft, { draft: 1, issues: [{ code: 'START_MISSING' }] })
    t.match(await command(PublishFlow, { flowId: 'reception', draft: 1 }), { code: 'TELEPHONY_FLOW_INVALID' })
    t.match(await command(AssignNumber, { number: OURS, flowId: 'reception' }), {
      code: 'TELEPHONY_FLOW_NOT_PUBLISHED'
    })
    t.match(await command(SaveFlow, { flowId: 'reception', name: 'Reception', document: flow }), {
      draft: 2,
      issues: []
    })
    t.match(
      await command(SaveFlow, { flowId: 'reception', name: 'Mine', document: broken, basedOnDraft: 1 }),
      { code: 'TELEPHONY_FLOW_DRAFT_STALE' },
      'two editors: the second is told, and nothing is overwritten'
    )
    t.match(await command(SaveFlow, { flowId: 'reception', name: 'Reception', document: flow, basedOnDraft: 1 }), {
      draft: 2
    })
    t.match(await command(PublishFlow, { flowId: 'reception', draft: 1 }), { code: 'TELEPHONY_FLOW_DRAFT_STALE' })
    t.match(await command(PublishFlow, { flowId: 'reception', draft: 2 }), { version: 1 })
    t.match(await command(PublishFlow, { flowId: 'reception', draft: 2 }), { version: 1 }, 'once')
    t.match(await command(AssignNumber, { number: '555', flowId: null }), { code: 'TELEPHONY_NUMBER_INVALID' })
    t.match(await command(AssignNumber, { number: OURS, flowId: 'reception' }), { flowId: 'reception' })
  })

  await t.test('a lead is greeted by name, and has the call', async (t) => {
    const customer = {
      email: 'm@n.example',
      name: 'Marco Ellison',
      firstName: 'Marco',
      lastName: 'Ellison',
      timezone: null,
      phone: '(415) 555-0142'
    }
    const captured = {
      leadId: 'lead1',
      personId: 'lead1',
      customer,
      origin: 'calendly' as const,
      capturedAt: '2026-11-18T10:00:00Z'
    }
    await log.transact({
      cause: { id: 'webhook1', correlationId: 'webhook1' },
      handler: 'test',
      actor: 'service:crm',
      load: [],
      decide: () => [newEvent(LeadCaptured, 'lead1', captured)]
    })
    await eventually(async () => {
      const { events } = await log
        .batches({
          stream: 'EVENTS',
          fromSequence: 1,
          maxEvents: 500,
          maxWaitMs: 20,
          subjects: ['evt.telephony.caller.>'],
          signal: AbortSignal.timeout(5_000)
        })
        [Symbol.asyncIterator]()
        .next()
        .then(({ value }) => value ?? { events: [] })
      return events.some((event: RecordedEvent) => isEvent(event, CallerLinked))
    })
    const record = await call('known', [
      { do: 'press', digits: '1' },
      { do: 'called', status: 'completed', seconds: 90 }
    ])
    t.strictSame(record.problems, [])
    t.strictSame(record.heard, [
      'say: Hello Marco, about your demo on a day of your choice:',
      'say: For sales press 1, for support press 2.',
      'dial: +14155550123',
      'say: Goodbye.',
      'hangup'
    ])
    const ended = await eventually(async () => (await history(record.sid)).find((event) => isEvent(event, CallEnded)))
    t.match(ended?.data, { leadId: 'lead1', personId: 'lead1', status: 'completed', direction: 'inbound' })
    t.ok(
      record.requests.every(({ status }) => status === 200),
      'the callback was taken too'
    )
  })

  await t.test('strangers, silence, wrong keys, and a hang-up at each step', async (t) => {
    const stranger = await call(
      'stranger',
      [
        { do: 'press', digits: '9' },
        { do: 'silence' },
        { do: 'silence' },
        { do: 'speak', text: 'Call me', seconds: 7, thenHangUp: true }
      ],
      { from: 'anonymous' }
    )
    t.strictSame(stranger.problems, [])
    t.equal(stranger.endedBy, 'caller')
    t.match(stranger.heard[0], 'Hello there')
    t.equal(stranger.heard.filter((heard) => heard === 'say: That was neither 1 nor 2.').length, 2)
    const advanced = (await history(stranger.sid)).filter((event) => isEvent(event, CallAdvanced))
    t.match(advanced.at(-1)?.data, { outcome: 'ended', steps: [{ step: 'voicemail', outcome: 'recorded' }] })
    const support: CallScript['acts'] = [
      { do: 'press', digits: '2' },
      { do: 'press', digits: '12345#' }
    ]
    for (const acts of [[], support.slice(0, 1), support, [{ do: 'press' as const, digits: '1' }]]) {
      const gone = await call(`gone ${JSON.stringify(acts)}`, [...acts, { do: 'hang-up' }])
      t.match({ ...gone, acts }, { problems: [], endedBy: 'caller' })
    }
    const held = await call('held', [...support, { do: 'wait', seconds: 600, then: 'answered' }, { do: 'silence' }])
    t.match(held, { problems: [], endedBy: 'flow' })
    t.ok(held.heard.includes('say: All of us are talking. Please hold, account 12345.'))
    t.ok(held.heard.includes('say: Please leave a message after the beep.'), 'after a minute the queue is left')
  })

  await t.test('a repeated request is answered the same, also after a restart in mid-call', async (t) => {
    const first = await post(`${url()}/twilio/voice`, incoming)
    t.match(first, { status: 200, type: /^text\/xml/, body: /<Gather/ })
    t.equal((await post(`${url()}/twilio/voice`, { ...incoming, CallStatus: 'in-progress' })).body, first.body)
    await restart()
    const pressed = { ...incoming, CallStatus: 'in-progress', Digits: '2' }
    const second = await post(`${url()}/twilio/voice/continue?turn=2`, pressed)
    t.match(second.body, 'account number')
    t.equal((await post(`${url()}/twilio/voice/continue?turn=2`, { ...pressed, Digits: '1' })).body, second.body)
    const events = await history('CA0001')
    t.strictSame(
      events.map(({ type }) => type),
      [CallReceived.type, CallAdvanced.type, CallAdvanced.type]
    )
  })

  await t.test('a call whose answer never came goes on at the fallback address', async (t) => {
    const call = { ...incoming, CallSid: 'CA0101' }
    const never = (path: string, code = '11205') => ({ ErrorCode: code, ErrorUrl: `${url()}${path}` })
    const fallback = (fields: Readonly<Record<string, string>>) =>
      post(`${url()}/twilio/voice/fallback`, { ...call, CallStatus: 'in-progress', ...fields })
    t.match((await fallback(never('/twilio/voice'))).body, 'For sales press 1', 'not even the first one came')
    const asked = await fallback(never('/twilio/voice/continue?turn=2'))
    t.match(asked.body, /turn=3.*For sales press 1/s, 'what was pressed is lost')
    t.match((await fallback({ ...never('/twilio/voice/continue?turn=3'), Digits: '2' })).body, 'account number')
    const repeated = await fallback(never('/twilio/voice/continue?turn=3'))
    t.match(repeated.body, /turn=4.*account number/s, 'it was taken, only the answer was lost')
    const number = '<Number>+14155550199'
    t.match(
      (await fallback(never('/twilio/voice/continue?turn=4', '12100'))).body,
      number,
      'a wrong answer comes again'
    )
    await fallback(never('/twilio/voice/continue?turn=4'))
    await fallback(never('/twilio/voice/continue?turn=5'))
    t.match((await fallback(never('/twilio/voice/continue?turn=6'))).body, number, 'a fourth time is not tried')
  })

  await t.test('a running call stays in its version; new ones take the newest', async (t) => {
    const brief: FlowDocument = { ...flow, start: 'bye', steps: flow.steps.filter(({ id }) => id === 'bye') }
    await command(SaveFlow, { flowId: 'reception', name: 'Reception', document: brief })
    t.match(await command(PublishFlow, { flowId: 'reception', draft: 3 }), { version: 2 })
    t.match((await post(`${url()}/twilio/voice/continue?turn=3`, { ...incoming, Digits: '1234' })).body, '<Enqueue')
    await eventually(async () => (await call(`brief ${randomBytes(4).toString('hex')}`, [])).heard.length === 2)
    const back = await command(RollBackFlow, { flowId: 'reception', toVersion: 1, reason: 'too brief' })
    t.match(back, { version: 1 })
    await eventually(async () =>
      (await call(`back ${randomBytes(4).toString('hex')}`, [{ do: 'hang-up' }])).heard[0]?.startsWith(
        'say: Hello Marco'
      )
    )
  })

  await t.test('only Twilio is answered, and everybody who calls is', async (t) => {
    t.match(await post(`${url()}/twilio/voice`, incoming, 'bm90IGEgc2lnbmF0dXJl'), {
      status: 403,
      body: /SIGNATURE_INVALID/
    })
    t.match(await post(`${url()}/twilio/voice/fallback`, incoming, 'bm90IGEgc2lnbmF0dXJl'), { status: 403 })
    t.match(await post(`${url()}/twilio/voice`, { From: MARCO }), { status: 400, body: /CallSid/ })
    t.match(await post(`${url()}/twilio/voice`, { ...incoming, CallSid: 'CA0002', To: '+16465550177' }), {
      status: 200,
      body: /<Number>\+14155550111</
    })
    t.match((await history('CA0002')).at(-1), { type: CallFellBack.type, data: { reason: 'NUMBER_HAS_NO_FLOW' } })
    t.match(await post(`${url()}/twilio/voice/continue?turn=9`, incoming), {
      status: 200,
      body: /<Number>\+14155550199</
    })
    const asked = await post(`${url()}/twilio/voice/fallback`, { ...incoming, CallSid: 'CA0003', ErrorCode: '11200' })
    t.match(asked, { status: 200, body: /<Number>\+14155550111</ })
    t.match((await history('CA0003')).at(-1)?.data, { reason: 'TWILIO_11200', number: '+14155550111' })
    const recording = { CallSid: 'CA0001', RecordingSid: 'RE1', RecordingStatus: 'completed', RecordingDuration: '34' }
    t.match(await post(`${ingestUrl}/webhooks/twilio/recording`, recording), { status: 200 })
    const reported = () => history('CA0001').then((all) => all.find((event) => isEvent(event, CallRecordingReported)))
    t.match((await eventually(reported))?.data, { recordingSid: 'RE1', status: 'completed', durationSeconds: 34 })
    // Recordings of conferences name no call.
    const told = (field: string, fields: Record<string, string>) =>
      post(`${ingestUrl}/webhooks/twilio/${field}`, { ConferenceSid: 'CF1', ...fields })
    const join = { StatusCallbackEvent: 'participant-join', SequenceNumber: '1', FriendlyName: 'sales' }
    t.match(await told('conference', { ...join, CallSid: 'CA0001' }), { status: 200 })
    const room = conferenceRef(conferenceIdOf('sales', 'CF1'))
    await eventually(async () => (await log.load(room)).events.at(0))
    const ofRoom = { RecordingSid: 'RE2', RecordingStatus: 'completed', RecordingSource: 'Conference' }
    t.match(await told('recording', { ...ofRoom, ConferenceSid: 'CF2', RecordingSid: 'RE3' }), { status: 200 })
    t.match(await told('recording', ofRoom), { status: 200 })
    const kept = () =>
      history('CA0001').then((all) =>
        all.find((event) => isEvent(event, CallRecordingReported) && event.data.source === 'Conference')
      )
    t.match((await eventually(kept))?.data, { callSid: 'CA0001', recordingSid: 'RE2', status: 'completed' })
    t.equal(
      await log.getLast('DEAD_LETTERS', 'dead.telephony.follow-twilio'),
      null,
      'of an unknown one nothing is made'
    )
    t.match(await post(`${ingestUrl}/webhooks/twilio/elsewhere`, incoming), { status: 404 })
    t.match(await post(`${ingestUrl}/webhooks/twilio/sms`, { MessageSid: 'SM1', Body: 'STOP' }), {
      status: 200,
      body: /"duplicate":false/
    })
    t.match(await post(`${ingestUrl}/webhooks/twilio/sms`, { MessageSid: 'SM1', Body: 'STOP' }), {
      status: 200,
      body: /"duplicate":true/
    })
    t.match(await post(`${ingestUrl}/webhooks/twilio/sms`, { Body: 'STOP' }), { status: 400, body: /MessageSid/ })
  })

  await t.test(
    'calls come to a lead known later, leave with a corrected number, and an erased caller is answered',
    async (t) => {
      const number = '+14155550177'
      const record = (name: string, event: NewEvent) =>
        log.transact({
          cause: { id: name, correlationId: name },
          handler: 'test',
          actor: 'service:crm',
          load: [],
          decide: () => [event]
        })
      const ringing = (callSid: string) =>
        post(`${url()}/twilio/voice`, { ...incoming, CallSid: callSid, From: number })
      const leadsOf = async (callSid: string) =>
        (await history(callSid)).flatMap((event) => (isEvent(event, CallAttributed) ? [event.data.leadId] : []))
      await ringing('CA0201')
      const rosa = { email: 'r@n.example', name: 'Rosa', firstName: 'Rosa', lastName: null, timezone: null }
      const ids = { leadId: 'lead2', personId: 'lead2' }
      const captured = { ...ids, origin: 'calendly' as const, capturedAt: '2026-11-18T10:00:00Z' }
      await record('rosa', newEvent(LeadCaptured, 'lead2', { ...captured, customer: { ...rosa, phone: number } }))
      await eventually(async () => (await leadsOf('CA0201')).includes('lead2'))
      t.match((await ringing('CA0202')).body, 'Hello Rosa')

      const corrected = { ...ids, customer: { ...rosa, phone: '+14155550178' }, changed: ['phone' as const] }
      await record('corrected', newEvent(LeadDetailsChanged, 'lead2', corrected))
      for (const callSid of ['CA0201', 'CA0202']) {
        await eventually(async () => (await leadsOf(callSid)).at(-1) === null)
      }
      await record(
        'right after all',
        newEvent(LeadDetailsChanged, 'lead2', { ...corrected, customer: { ...rosa, phone: number } })
      )
      await eventually(async () => (await leadsOf('CA0202')).at(-1) === 'lead2')

      const [first] = await history('CA0201')
      const callerId = (first?.data as { personId: string }).personId
      for (const key of ['lead2', callerId]) t.ok(await destroyKey(key))
      const none = { meetingIds: [], crmWriteIds: [], eventIds: [], callIds: [] }
      await record(
        'erased',
        newEvent(PersonErased, 'lead2', { ...ids, ...none, erasureId: 'e1', callerIds: [callerId] })
      )
      t.match((await ringing('CA0203')).body, 'Hello there')
      t.match((await history('CA0203'))[0]?.data, { leadId: null, personId: callerId, from: number }, 'under a new key')
      t.match((await history('CA0201'))[0]?.data, { from: '[erased]' })
      await eventually(async () => (await leadsOf('CA0202')).at(-1) === null)
      t.same(await leadsOf('CA0203'), [], 'the number is nobody’s')
    }
  )

  await t.test('with the log away callers are put through to somebody', async (t) => {
    await kill()
    t.match(await post(`${url()}/twilio/voice`, { ...incoming, CallSid: 'CA0004' }), {
      status: 200,
      body: /<Number>\+14155550111</
    })
    t.match(await post(`${url()}/twilio/voice/fallback`, { ...incoming, CallSid: 'CA0005' }), {
      status: 200,
      body: /<Dial/
    })
    await revive()
  })
})
