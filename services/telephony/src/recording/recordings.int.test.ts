import { randomBytes } from 'node:crypto'
import {
  AssignNumber,
  CallerLinked,
  CallNotTranscribed,
  CallReceived,
  CallTranscribed,
  commandId,
  DeleteRecording,
  isEvent,
  LeadCaptured,
  MeddicExtracted,
  newEvent,
  PublishFlow,
  RecordingDeleted,
  RecordingPlayed,
  RecordingStored,
  SaveFlow,
  TwilioRecordingDeleted,
  type CommandData,
  type CommandDefinition,
  type EventDefinition,
  type EventOf,
  type FlowDocument,
  type RecordedEvent
} from '@leadlog/contracts'
import { enrichment } from '@leadlog/enrichment'
import { erasePerson, planErasure } from '@leadlog/erasure'
import { openEventLog } from '@leadlog/event-log'
import { fileConfig, openFileStore } from '@leadlog/files'
import { gateway } from '@leadlog/gateway'
import { ingest } from '@leadlog/ingest'
import { openKeyring, parseMasterKey } from '@leadlog/keyring'
import { createLogger, createMetrics, loadConfig, startService } from '@leadlog/service'
import { createSimulators, readConfig } from '@leadlog/simulators'
import { eventually, testDatabase, testNats } from '@leadlog/testing'
import t, { type Test } from 'tap'
import { telephony } from '../service.ts'
import { endRecordings } from './end-recordings.ts'
import { recordingOutcomes } from './recording.metrics.ts'

const OURS = '+16465550100'
const MARCO = '+14155550142'
const KEY = 'test-key-of-the-gateway'
/** Seconds of a call in one of the test. */
const TIME_SCALE = 200
const DAY_MS = 86_400_000

const flow: FlowDocument = {
  start: 'sales',
  language: 'en-US',
  fallbackNumber: null,
  sales: true,
  steps: [
    {
      id: 'sales',
      kind: 'dial',
      numbers: ['+14155550123'],
      timeoutSeconds: 20,
      record: true,
      next: 'bye',
      otherwise: 'bye'
    },
    { id: 'bye', kind: 'hangup' }
  ]
}

const talk = [
  { who: 'agent', text: 'Hello Marco, this is Dana. What made you look for something new?' },
  { who: 'caller', text: 'We lose about twelve hours a week because reports are put together by hand.' },
  { who: 'agent', text: 'Who decides about the budget for a tool like ours?' },
  { who: 'caller', text: 'Our chief financial officer signs the budget, and we also look at Salesforce.' },
  { who: 'agent', text: 'Then let us meet again next Tuesday with her and go through the numbers.' },
  { who: 'caller', text: 'Yes, please send the proposal by Friday so that she can read it before.' }
]

const customer = {
  email: 'marco@northwind.example',
  name: 'Marco Ellison',
  firstName: 'Marco',
  lastName: 'Ellison',
  timezone: null,
  phone: '(415) 555-0142'
}

async function office(t: Test) {
  const [nats, database] = await Promise.all([testNats(t), testDatabase(t)])
  const logger = createLogger({ service: 'test', level: 'silent' })
  const { secrets } = readConfig({})
  const simulators = await createSimulators({ secrets })
  const outside = await simulators.app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => simulators.app.close())
  const control = async (method: string, path: string, body: object) => {
    const request = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    return (await fetch(`${outside}/_control${path}`, request)).json() as Promise<{ sid?: string }>
  }
  await control('PATCH', '/settings', { twilioTimeScale: TIME_SCALE })
  const environment: Record<string, string> = {
    NATS_URL: nats.url,
    NATS_PREFIX: nats.prefix,
    DATABASE_URL: database.url,
    LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
    LEADLOG_API_KEY: KEY,
    OUTBOUND_PRIVATE_HOSTS: '127.0.0.1',
    TWILIO_API_URL: `${outside}/twilio`,
    TWILIO_ACCOUNT_SID: secrets.twilioAccountSid,
    TWILIO_AUTH_TOKEN: secrets.twilioAuthToken,
    OPENAI_API_URL: `${outside}/openai`,
    OPENAI_API_KEY: secrets.openaiApiKey,
    TELEPHONY_PORT: '0',
    INGEST_PORT: '0',
    ENRICHMENT_PORT: '0',
    GATEWAY_PORT: '0'
  }
  const receiver = await startService(ingest, { logger, environment })
  t.teardown(() => receiver.stop())
  environment['INGEST_URL'] = receiver.url
  const phone = await startService(telephony, { logger, environment })
  t.teardown(() => phone.stop())
  const reader = await startService(enrichment, { logger, environment })
  t.teardown(() => reader.stop())
  const api = await startService(gateway, { logger, environment })
  t.teardown(() => api.stop())
  const log = await openEventLog({
    servers: nats.url,
    prefix: nats.prefix,
    name: 'test',
    source: 'leadlog/crm',
    logger
  })
  t.teardown(() => log.close())
  const masterKey = parseMasterKey(environment['LEADLOG_MASTER_KEY'] ?? '')
  const keyring = await openKeyring({ connection: log.connection, prefix: nats.prefix, masterKey, logger })
  t.teardown(() => keyring.close())
  log.useCipher(keyring)

  const events = async (): Promise<readonly RecordedEvent[]> => {
    const last = await log.lastSequence('EVENTS')
    const found: RecordedEvent[] = []
    const request = { stream: 'EVENTS', fromSequence: 1, untilSequence: last, maxEvents: 500, maxWaitMs: 20 }
    for await (const batch of log.batches({ ...request, signal: AbortSignal.timeout(10_000) }))
      found.push(...batch.events)
    return found
  }
  return {
    log,
    keyring,
    environment,
    outside,
    secrets,
    /** The events of a kind, once there are so many. */
    told: async <D extends EventDefinition>(definition: D, count: number): Promise<EventOf<D>[]> =>
      eventually(async () => {
        const found = (await events()).filter((event): event is EventOf<D> => isEvent(event, definition))
        return found.length >= count ? found : undefined
      }),
    events,
    command: async <C extends CommandDefinition>(command: C, data: CommandData<C>) => {
      const id = commandId('user:test', command, JSON.stringify(data))
      await log.sendCommand({ command, id, data, actor: 'user:test' })
      return log.awaitOutcome(id, 10_000)
    },
    call: () =>
      control('POST', '/twilio/calls', {
        from: MARCO,
        to: OURS,
        voiceUrl: `${phone.url}/twilio/voice`,
        statusUrl: `${receiver.url}/webhooks/twilio/voice-status`,
        acts: [{ do: 'called', status: 'completed', seconds: 30, talk }],
        pace: 'live'
      }),
    get: (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      fetch(`${api.url}${path}`, { method, headers: { authorization: `Bearer ${KEY}`, ...headers } })
  }
}

void t.test('a recorded call is kept, played, written down, read, and deleted', async (t) => {
  const { log, keyring, environment, outside, secrets, told, events, command, call, get } = await office(t)
  await log.transact({
    cause: { id: 'webhook1', correlationId: 'webhook1' },
    handler: 'test',
    actor: 'service:crm',
    load: [],
    decide: () => [
      newEvent(LeadCaptured, 'marco', {
        leadId: 'marco',
        personId: 'marco',
        customer,
        origin: 'calendly',
        capturedAt: '2026-11-18T10:00:00Z'
      })
    ]
  })
  await told(CallerLinked, 1)
  await command(SaveFlow, { flowId: 'sales', name: 'Sales', document: flow })
  await command(PublishFlow, { flowId: 'sales', draft: 1 })
  await command(AssignNumber, { number: OURS, flowId: 'sales' })
  // The process that answers hears of the flow a moment after it is published.
  for (let calls = 1; ; calls += 1) {
    await call()
    if ((await told(CallReceived, calls)).at(-1)?.data.flow !== null) break
  }
  const [stored] = await told(RecordingStored, 1)
  if (!stored) throw new TypeError('Nothing was stored')
  const { callId, recordingId, recordingSid, file, sizeBytes, digest } = stored.data
  const audio = `/v1/calls/${callId}/recordings/${recordingId}/audio`

  await t.test('the sound of Twilio is what is played, whole and in parts, and a play is noted once', async (t) => {
    t.match(stored.data, { leadId: 'marco', personId: 'marco', sales: true, channels: 2, contentType: 'audio/wav' })
    t.match(digest, /^[0-9a-f]{64}$/)
    const media = `${outside}/twilio/2010-04-01/Accounts/${secrets.twilioAccountSid}/Recordings/${recordingSid}.wav?RequestedChannels=2`
    const basic = Buffer.from(`${secrets.twilioAccountSid}:${secrets.twilioAuthToken}`).toString('base64')
    const original = Buffer.from(
      await (await fetch(media, { headers: { authorization: `Basic ${basic}` } })).arrayBuffer()
    )
    t.equal(sizeBytes, original.length)
    await eventually(async () => (await get(audio, {}, 'HEAD')).status === 200)
    const head = await get(audio, {}, 'HEAD')
    t.equal(head.headers.get('content-length'), String(sizeBytes))
    t.equal((await events()).filter((event) => isEvent(event, RecordingPlayed)).length, 0, 'asking is not playing')
    const part = await get(audio, { range: `bytes=${sizeBytes - 600_000}-${sizeBytes - 5}` })
    t.equal(part.status, 206)
    t.equal(part.headers.get('content-range'), `bytes ${sizeBytes - 600_000}-${sizeBytes - 5}/${sizeBytes}`)
    t.match(Object.fromEntries(part.headers), {
      'accept-ranges': 'bytes',
      'cache-control': 'no-store',
      'content-type': 'audio/wav'
    })
    t.ok(Buffer.from(await part.arrayBuffer()).equals(original.subarray(sizeBytes - 600_000, sizeBytes - 4)))
    const whole = await get(audio)
    t.equal(whole.status, 200)
    t.ok(Buffer.from(await whole.arrayBuffer()).equals(original))
    const beyond = await get(audio, { range: `bytes=${sizeBytes}-` })
    t.equal(beyond.status, 416)
    t.equal(beyond.headers.get('content-range'), `bytes */${sizeBytes}`)
    t.equal((await fetch((await get(audio)).url)).status, 401)
    t.equal((await get(`/v1/calls/other/recordings/${recordingId}/audio`)).status, 404)
    t.match(
      (await told(RecordingPlayed, 1)).map(({ data, actor }) => ({ ...data, actor })),
      [{ recordingId, callId, userId: null, keyId: 'default', actor: 'api-key:default' }]
    )
    const entry = await eventually(async () => {
      const { data } = (await (await get('/v1/security-log')).json()) as { data: { text: string }[] }
      return data.find(({ text }) => text.startsWith('listened to recording'))
    })
    t.ok(entry)
  })

  await t.test('what was said is on the timeline, told apart by who spoke, and read for the lead', async (t) => {
    const [transcribed] = await told(CallTranscribed, 1)
    t.strictSame(
      transcribed?.data.segments.map(({ speaker, words }) => [speaker, words]),
      talk.map(({ who, text }) => [who === 'caller' ? 'customer' : 'us', text])
    )
    t.match(transcribed?.data.call, { provider: 'openai', model: 'whisper-1', calls: 2, costMicroUsd: Number })
    const [reading] = await told(MeddicExtracted, 1)
    t.match(reading?.data, {
      personId: 'marco',
      callId,
      meetingId: callId,
      kind: 'meddic',
      quality: { speakerCount: 2 }
    })
    t.not(reading?.data.meddic.economicBuyer, '', 'the rules found who signs')
    const entry = await eventually(async () => {
      const { data } = (await (await get('/v1/leads/marco/timeline')).json()) as {
        data: { title: string; detail: string | null }[]
      }
      return data.find(({ title }) => title === 'What was said')
    })
    t.match(entry?.detail, /^We: Hello Marco.* They: We lose about twelve hours/)
    const { data } = (await (await get(`/v1/calls/${callId}/recordings`)).json()) as { data: unknown[] }
    t.match(data, [{ id: recordingId, state: 'stored', audioUrl: audio, transcript: { state: 'transcribed' } }])
    t.equal(((await (await get('/v1/meetings')).json()) as { data: unknown[] }).data.length, 0, 'a call is no meeting')
  })

  const settings = loadConfig(fileConfig, environment)
  const files = openFileStore({ settings, log, keyring, replicas: 1 })

  await t.test('after its time the sound is deleted, here and at Twilio, and what was said stays', async (t) => {
    const metrics = createMetrics('test', [recordingOutcomes])
    const end = (now: Date) =>
      endRecordings({ log, files, retentionDays: 90, recordings: metrics.counter(recordingOutcomes), now })
    t.strictSame(await end(new Date(Date.now() + 89 * DAY_MS)), { recordings: 0, orphans: 0 })
    t.strictSame(await end(new Date(Date.now() + 91 * DAY_MS)), { recordings: 1, orphans: 0 })
    t.strictSame(await end(new Date(Date.now() + 91 * DAY_MS)), { recordings: 0, orphans: 0 })
    t.match(
      (await told(RecordingDeleted, 1)).map(({ data }) => data),
      [{ recordingId, reason: 'retention' }]
    )
    await told(TwilioRecordingDeleted, 1)
    await t.rejects(files.open(file, 'marco'), { code: 'FILES_UNKNOWN' })
    const gone = await eventually(async () => {
      const answer = await get(audio)
      return answer.status === 410 ? answer : undefined
    })
    t.match(await gone?.json(), { code: 'RECORDING_DELETED' })
    t.match(await command(DeleteRecording, { recordingId, reason: 'it was asked for' }), {
      outcome: 'refused',
      code: 'TELEPHONY_RECORDING_DELETED'
    })
  })

  await t.test('with an erased person the sound goes, and the certificate says how many', async (t) => {
    await call()
    const [, second] = await told(RecordingStored, 2)
    await told(CallTranscribed, 2)
    const parts = { log, keyring, pool: null, signal: new AbortController().signal }
    const whom = { personId: 'marco', email: null, number: null }
    const plan = await planErasure(parts, whom)
    t.match(plan.recordings, [{ recordingId: second?.data.recordingId }])
    const { certificate } = await erasePerson(parts, {
      ...whom,
      reason: 'request 4711',
      actor: 'user:test',
      now: () => new Date(),
      // Nobody has a CRM here.
      crmWaitMs: 1_000
    })
    await told(RecordingDeleted, 2)
    t.match(certificate.findings.recordings, { found: 1 })
    t.match((await told(RecordingDeleted, 2)).at(-1)?.data, { reason: 'erasure' })
    t.strictSame(await files.list('recordings'), [])
    await t.rejects(files.open(second?.data.file ?? '', 'marco'), { code: 'FILES_UNKNOWN' })
    t.equal(
      (await get(`/v1/calls/${second?.data.callId ?? ''}/recordings/${second?.data.recordingId ?? ''}/audio`)).status,
      404
    )
    t.equal((await events()).filter((event) => isEvent(event, CallNotTranscribed)).length, 0)
  })
})
