import { randomBytes } from 'node:crypto'
import {
  CallAdvanced,
  CallEnded,
  CallPlaced,
  CallPriced,
  CallReceived,
  CallRecordingReported,
  CallStatusReported,
  isEvent,
  newEvent,
  SmsPriced,
  SmsRequested,
  SmsSent,
  type DataOf,
  type NewEvent
} from '@leadlog/contracts'
import { openEventLog } from '@leadlog/event-log'
import { ingest } from '@leadlog/ingest'
import { openKeyring, parseMasterKey } from '@leadlog/keyring'
import { createLogger, startService } from '@leadlog/service'
import { createSimulators } from '@leadlog/simulators'
import { eventually, testNats } from '@leadlog/testing'
import t from 'tap'
import { callIdOf, callRef } from '../call/call-ref.ts'
import { callOf } from '../call/call.ts'
import { telephony } from '../service.ts'
import { messageOf, messageRef } from '../sms/message.ts'

const TOKEN = 'simulated-twilio-auth-token-0001'
const ACCOUNT = 'AC00000000000000000000000000000001'
const OURS = '+16465550100'
const MARCO = '+14155550142'
const TWIML = '<Response><Say>Hello Marco.</Say></Response>'

void t.test('with every callback lost, calls, messages and recordings come to their ends all the same', async (t) => {
  const nats = await testNats(t)
  const { app, state } = await createSimulators({
    settings: { twilioCallsPerSecond: 1_000, twilioDeliveryMs: 1, twilioTimeScale: 1_000, twilioPricedAfterMs: 500 }
  })
  t.teardown(() => app.close())
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  const logger = createLogger({ service: 'telephony', level: 'silent' })
  const environment = {
    NATS_URL: nats.url,
    NATS_PREFIX: nats.prefix,
    LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
    TWILIO_AUTH_TOKEN: TOKEN,
    TWILIO_ACCOUNT_SID: ACCOUNT,
    TWILIO_API_URL: `${origin}/twilio`,
    OUTBOUND_PRIVATE_HOSTS: '127.0.0.1',
    TELEPHONY_FALLBACK_NUMBER: '+14155550111',
    TELEPHONY_POLL_AFTER_SECONDS: '1',
    TELEPHONY_PRICE_AFTER_SECONDS: '1',
    TELEPHONY_PORT: '0',
    INGEST_PORT: '0'
  }
  const receiver = await startService(ingest, { logger, environment })
  t.teardown(() => receiver.stop())
  const service = await startService(telephony, { logger, environment })
  t.teardown(() => service.stop())
  const { url: servers, prefix } = nats
  const log = await openEventLog({ servers, prefix, name: 'test', source: 'leadlog/test', logger })
  t.teardown(() => log.close())
  const masterKey = parseMasterKey(environment.LEADLOG_MASTER_KEY)
  const keyring = await openKeyring({ connection: log.connection, masterKey, prefix, logger })
  t.teardown(() => keyring.close())
  log.useCipher(keyring)
  const historyOf = async (sid: string) => (await log.load(callRef(callIdOf(sid)))).events
  const endOf = (sid: string) => eventually(async () => callOf(await historyOf(sid)).ended ?? undefined)
  const record = (id: string, ...events: NewEvent[]) =>
    log.transact({
      cause: { id, correlationId: id },
      handler: 'test',
      actor: 'service:telephony',
      load: [],
      decide: () => events
    })

  state.faults.set([{ vendor: 'twilio', route: 'CALLBACK', kind: 'lost' }])
  const statusUrl = `${receiver.url}/webhooks/twilio/voice-status`

  // Asked for three times, ever more seldom; so it begins first.
  const missingSid = `CA${'0'.repeat(32)}`
  await record(
    'a call that Twilio does not have',
    newEvent(CallPlaced, callIdOf(missingSid), {
      callId: callIdOf(missingSid),
      dialId: 'd0',
      personId: 'p0',
      leadId: null,
      callSid: missingSid,
      from: OURS,
      to: MARCO,
      placedAt: new Date().toISOString()
    })
  )

  await t.test('calls that come in', async (t) => {
    const voiceUrl = `${service.url}/twilio/voice`
    const sids = Array.from({ length: 6 }, (_, at) => {
      const { sid } = state.twilioLine.receiveCall({
        from: `+1415555014${at}`,
        to: OURS,
        voiceUrl,
        statusUrl,
        acts: []
      })
      return sid
    })
    for (const sid of sids) {
      t.match(await endOf(sid), { status: 'completed', direction: 'inbound' })
      const ends = (await historyOf(sid)).filter((event) => isEvent(event, CallEnded))
      t.equal(ends.length, 1)
      const { seconds } = state.twilio.calls.get(sid) ?? {}
      t.equal(callOf(await historyOf(sid)).ended?.durationSeconds, seconds)
    }
    t.match(state.twilioLine.callbacks.counts(), { sent: 0, lost: 6 })
  })

  await t.test('a callback that comes after all changes nothing', async (t) => {
    state.faults.set([])
    const [sid = ''] = state.twilio.calls.list().flatMap(({ sid, direction }) => (direction === 'inbound' ? [sid] : []))
    const call = state.twilio.calls.get(sid)
    const before = callOf(await historyOf(sid)).ended
    await state.twilioLine.callbacks.send(statusUrl, {
      AccountSid: ACCOUNT,
      CallSid: sid,
      CallStatus: 'completed',
      Direction: 'inbound',
      From: call?.from ?? '',
      To: OURS,
      CallbackSource: 'call-progress-events',
      SequenceNumber: '0',
      CallDuration: String(call?.seconds),
      Timestamp: new Date(call?.endedAt ?? '').toUTCString()
    })
    const report = await eventually(async () => {
      const known = callOf(await historyOf(sid)).report
      return known?.sequence === 0 ? known : undefined
    })
    t.match(report, { status: 'completed', durationSeconds: before?.durationSeconds })
    const { status, durationSeconds } = callOf(await historyOf(sid)).ended ?? {}
    t.strictSame({ status, durationSeconds }, { status: before?.status, durationSeconds: before?.durationSeconds })
    state.faults.set([{ vendor: 'twilio', route: 'CALLBACK', kind: 'lost' }])
  })

  await t.test('calls that we placed, reported once or never', async (t) => {
    for (const [answers, status] of [
      ['busy', 'busy'],
      ['no-answer', 'no-answer'],
      ['failed', 'failed'],
      ['person', 'completed']
    ] as const) {
      state.twilioLine.phones.set(MARCO, { number: MARCO, answers })
      const form = new URLSearchParams({ To: MARCO, From: OURS, Twiml: TWIML, Timeout: '20' })
      const made = await fetch(`${origin}/twilio/2010-04-01/Accounts/${ACCOUNT}/Calls.json`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}` },
        body: form
      })
      const { sid } = (await made.json()) as { sid: string }
      const callId = callIdOf(sid)
      const placedAt = new Date().toISOString()
      const placed = {
        callId,
        dialId: sid,
        personId: 'p1',
        leadId: null,
        callSid: sid,
        from: OURS,
        to: MARCO,
        placedAt
      }
      if (answers === 'person') {
        await record(`placed ${sid}`, newEvent(CallPlaced, callId, placed))
        t.match(await endOf(sid), { status, direction: 'outbound', personId: 'p1' })
        continue
      }
      const ringing: DataOf<typeof CallStatusReported> = {
        callId,
        personId: 'p1',
        leadId: null,
        callSid: sid,
        direction: 'outbound',
        number: MARCO,
        ours: OURS,
        status: 'ringing',
        sequence: 1,
        durationSeconds: null,
        reportedAt: new Date().toISOString()
      }
      await record(`reported ${sid}`, newEvent(CallStatusReported, callId, ringing))
      t.match(await endOf(sid), { status, direction: 'outbound', personId: 'p1' })
    }
  })

  await t.test('recordings of which nothing was heard', async (t) => {
    const sid = state.twilio.nextSid('CA')
    const callId = callIdOf(sid)
    state.twilio.recordings.save({
      sid: state.twilio.nextSid('RE'),
      callSid: sid,
      conferenceSid: null,
      status: 'completed',
      createdAt: new Date().toISOString(),
      updatedAt: new Date().toISOString(),
      startedAt: new Date().toISOString(),
      seconds: 12,
      channels: 1,
      source: 'RecordVerb',
      said: []
    })
    const names = { callId, personId: 'p2', leadId: null }
    await record(
      `call ${sid}`,
      newEvent(CallReceived, callId, {
        ...names,
        callSid: sid,
        from: MARCO,
        to: OURS,
        flow: null,
        variables: {},
        receivedAt: new Date().toISOString()
      }),
      newEvent(CallAdvanced, callId, {
        callId,
        personId: 'p2',
        turn: 1,
        input: null,
        steps: [{ step: 'voicemail', kind: 'voicemail', outcome: 'recorded' }],
        position: null,
        outcome: 'ended',
        at: new Date().toISOString()
      }),
      newEvent(CallEnded, callId, {
        ...names,
        direction: 'inbound',
        status: 'completed',
        durationSeconds: 20,
        endedAt: new Date().toISOString()
      })
    )
    const told = await eventually(async () =>
      (await historyOf(sid)).find((event) => isEvent(event, CallRecordingReported))
    )
    t.match(told.data, { status: 'completed', durationSeconds: 12, callSid: sid, source: 'RecordVerb', channels: 1 })
  })

  await t.test('a call of which Twilio says that there is none', async (t) => {
    const { endedAt, ...ended } = await endOf(missingSid)
    const [placed, ...rest] = await historyOf(missingSid)
    t.match(ended, { status: 'failed', direction: 'outbound', personId: 'p0', reason: 'unknown-at-twilio' })
    t.equal(endedAt, placed?.time, 'as of when it was last heard of')
    t.match(rest, [{ type: CallStatusReported.type, data: { number: MARCO } }, { type: CallEnded.type }])
  })

  await t.test('messages, and what they are charged', async (t) => {
    const form = new URLSearchParams({ To: MARCO, From: OURS, Body: 'Hello', StatusCallback: `${receiver.url}/x` })
    const made = await fetch(`${origin}/twilio/2010-04-01/Accounts/${ACCOUNT}/Messages.json`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${ACCOUNT}:${TOKEN}`).toString('base64')}` },
      body: form
    })
    const { sid } = (await made.json()) as { sid: string }
    const at = new Date().toISOString()
    const names = { messageId: 'm1', threadId: 't1', callerId: 'k1', personId: 'p3', leadId: null }
    await record(
      'message m1',
      newEvent(SmsRequested, 'm1', {
        ...names,
        from: OURS,
        to: MARCO,
        text: 'Hello',
        purpose: 'service',
        encoding: 'GSM-7',
        segments: 1,
        sendAt: null,
        expiresAt: at,
        template: null,
        inReplyTo: null,
        requestedAt: at
      }),
      newEvent(SmsSent, 'm1', { ...names, messageSid: sid, status: 'queued', segments: 1, at })
    )
    const report = await eventually(async () => {
      const known = messageOf((await log.load(messageRef('m1'))).events).report
      return known?.status === 'delivered' ? known : undefined
    })
    t.match(report, { status: 'delivered', errorCode: null })
    const priced = await eventually(async () => {
      const events = (await log.load(messageRef('m1'))).events.filter((event) => isEvent(event, SmsPriced))
      return events.length > 0 ? events : undefined
    })
    t.match(priced, [{ data: { messageSid: sid, price: '0.00790', currency: 'USD', segments: 1, personId: 'p3' } }])
  })

  await t.test('calls are charged some time after their end, each leg once', async (t) => {
    const charged = state.twilio.calls.list().filter(({ status }) => status === 'completed')
    t.ok(charged.some(({ parentCallSid }) => parentCallSid !== null))
    for (const { sid, parentCallSid, direction, seconds } of charged) {
      const prices = await eventually(async () => {
        const events = (await historyOf(parentCallSid ?? sid)).filter((event) => isEvent(event, CallPriced))
        const own = events.filter(({ data }) => data.callSid === sid)
        return own.length > 0 ? own : undefined
      })
      const dollars = Math.ceil((seconds ?? 0) / 60) * (direction === 'inbound' ? 0.0085 : 0.014)
      t.match(prices, [
        { data: { callSid: sid, price: dollars.toFixed(5), currency: 'USD', durationSeconds: seconds } }
      ])
      t.equal(prices.length, 1)
    }
    const failed = state.twilio.calls.list().filter(({ status }) => status === 'busy' || status === 'no-answer')
    t.equal(failed.length, 2)
    for (const { sid } of failed) t.notOk((await historyOf(sid)).some((event) => isEvent(event, CallPriced)))
  })
})
