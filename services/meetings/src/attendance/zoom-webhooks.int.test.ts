import { randomBytes } from 'node:crypto'
import {
  isEvent,
  LeadStatusChanged,
  MeddicExtracted,
  MeetingAttendanceCorrected,
  MeetingBooked,
  MeetingNotAttended,
  MeetingRecordingDeleted,
  MeetingRecordingStored,
  MeetingStarted,
  MeetingTranscribed,
  newEvent,
  ParticipantJoined,
  PersonErased,
  WebhookIgnored,
  ZoomWebhookNoted,
  type EventDefinition,
  type EventOf
} from '@leadlog/contracts'
import { crm } from '@leadlog/crm'
import { enrichment } from '@leadlog/enrichment'
import { planErasure } from '@leadlog/erasure'
import { openEventLog } from '@leadlog/event-log'
import { fileConfig, openFileStore } from '@leadlog/files'
import { ingest } from '@leadlog/ingest'
import { openKeyring, parseMasterKey } from '@leadlog/keyring'
import { createLogger, loadConfig, startService } from '@leadlog/service'
import { createSimulators, readConfig } from '@leadlog/simulators'
import { eventually, testNats } from '@leadlog/testing'
import t, { type Test } from 'tap'
import { meetings } from '../service.ts'

const DANA = 'dana.whitfield@leadlog.example'
const START = '2026-11-18T16:00:00.000Z'
const MARCO = { email: 'marco@northwind.example', name: 'Marco Ellison', firstName: 'Marco', lastName: 'Ellison' }

const talk = [
  { speaker: 'Dana Whitfield', text: 'Hello Marco, what made you look for something new?' },
  { speaker: 'Marco Ellison', text: 'We lose about twelve hours a week because reports are put together by hand.' },
  { speaker: 'Dana Whitfield', text: 'Who decides about the budget for a tool like ours?' },
  { speaker: 'Marco Ellison', text: 'Our chief financial officer signs the budget, and we also look at Salesforce.' },
  { speaker: 'Dana Whitfield', text: 'Then let us meet again next Tuesday with her and go through the numbers.' },
  { speaker: 'Marco Ellison', text: 'Yes, please send the proposal by Friday so that she can read it before.' }
]

async function office(t: Test) {
  const nats = await testNats(t)
  const logger = createLogger({ service: 'test', level: 'silent' })
  const { secrets } = readConfig({})
  const simulators = await createSimulators({ secrets })
  const outside = await simulators.app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => simulators.app.close())
  const environment: Record<string, string> = {
    NATS_URL: nats.url,
    NATS_PREFIX: nats.prefix,
    LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
    OUTBOUND_PRIVATE_HOSTS: '127.0.0.1',
    ZOOM_WEBHOOK_SECRET: secrets.zoomWebhookSecret,
    ZOOM_API_URL: `${outside}/zoom`,
    OWN_DOMAINS: 'leadlog.example',
    INGEST_PORT: '0',
    MEETINGS_PORT: '0',
    CRM_PORT: '0',
    ENRICHMENT_PORT: '0'
  }
  const receiver = await startService(ingest, { logger, environment })
  t.teardown(() => receiver.stop())
  for (const service of [
    await startService(meetings, { logger, environment }),
    await startService(crm, { logger, environment }),
    await startService(enrichment, { logger, environment })
  ]) {
    t.teardown(() => service.stop())
  }
  const log = await openEventLog({
    servers: nats.url,
    prefix: nats.prefix,
    name: 'test',
    source: 'leadlog/meetings',
    logger
  })
  t.teardown(() => log.close())
  const masterKey = parseMasterKey(environment['LEADLOG_MASTER_KEY'] ?? '')
  const keyring = await openKeyring({ connection: log.connection, prefix: nats.prefix, masterKey, logger })
  t.teardown(() => keyring.close())
  log.useCipher(keyring)
  const post = async (path: string, body: object | URLSearchParams, authorization = '') => {
    const isForm = body instanceof URLSearchParams
    const answer = await fetch(`${outside}${path}`, {
      method: 'POST',
      headers: { authorization, ...(isForm ? {} : { 'content-type': 'application/json' }) },
      body: isForm ? body : JSON.stringify(body)
    })
    return (await answer.json()) as Record<string, unknown>
  }
  const basic = Buffer.from(`${secrets.zoomClientId}:${secrets.zoomClientSecret}`).toString('base64')
  const granted = await post(
    '/zoom/oauth/token',
    new URLSearchParams({ grant_type: 'account_credentials', account_id: secrets.zoomAccountId }),
    `Basic ${basic}`
  )
  const made = await post(
    `/zoom/v2/users/${DANA}/meetings`,
    { topic: 'Demo', start_time: START.replace('.000', ''), duration: 30 },
    `Bearer ${String(granted['access_token'])}`
  )
  const number = String(made['id'])
  const told = <D extends EventDefinition>(definition: D, count: number): Promise<EventOf<D>[]> =>
    eventually(async () => {
      const found: EventOf<D>[] = []
      const untilSequence = await log.lastSequence('EVENTS')
      const request = { stream: 'EVENTS', fromSequence: 1, untilSequence, maxEvents: 500, maxWaitMs: 20 }
      if (untilSequence > 0) {
        for await (const { events } of log.batches({ ...request, signal: AbortSignal.timeout(10_000) })) {
          found.push(...events.filter((event): event is EventOf<D> => isEvent(event, definition)))
        }
      }
      return found.length >= count ? found : undefined
    })
  return {
    log,
    keyring,
    environment,
    number,
    told,
    run: (how: object) => post(`/_control/zoom/meetings/${number}/run`, { ingest: receiver.url, ...how }),
    record: (id: string, events: Parameters<typeof log.transact>[0]['decide']) =>
      log.transact({
        cause: { id, correlationId: id },
        handler: 'test',
        actor: 'service:meetings',
        load: [],
        decide: events
      })
  }
}

void t.test(
  'what Zoom tells before and after the booking is known: no-show, correction, recordings, transcript',
  async (t) => {
    const { log, keyring, environment, number, told, run, record } = await office(t)
    const personId = 'marco'
    await run({
      minutes: 20,
      participants: [{ name: 'Dana Whitfield', email: DANA }, { name: 'Read.ai meeting notes' }]
    })
    const waiting = await told(WebhookIgnored, 6)
    t.ok(waiting.every(({ data }) => data.reason === 'zoom-meeting-unknown'))
    await record('calendly-1', () => [
      newEvent(MeetingBooked, 'm1', {
        meetingId: 'm1',
        personId,
        bookingUri: 'A',
        previousBookingUri: null,
        customer: { ...MARCO, phone: null, timezone: null },
        title: 'Demo',
        startsAt: START,
        endsAt: '2026-11-18T16:30:00.000Z',
        bookedAt: '2026-11-10T10:00:00.000Z',
        location: { kind: 'zoom', joinUrl: null, platformMeetingId: number },
        host: { name: 'Dana Whitfield', email: DANA },
        guests: [],
        answers: [],
        tracking: {}
      })
    ])
    const [missed] = await told(MeetingNotAttended, 1)
    t.match(missed?.data, { meetingId: 'm1', bookingUri: 'A', startsAt: START })
    t.match((await told(ParticipantJoined, 2)).map(({ data }) => data.side).sort(), ['notetaker', 'ours'])
    const [statusBefore] = (await told(LeadStatusChanged, 2)).slice(-1)
    t.equal(statusBefore?.data.to, 'demo-no-show')

    await run({
      startsAt: '2026-11-18T16:25:00Z',
      minutes: 2,
      participants: [
        { name: 'Dana Whitfield', email: DANA },
        { name: 'Marco Ellison', joinsAfter: 1 }
      ],
      recordingBytes: 700_000,
      transcript: talk,
      misbehave: { seed: 7, reorder: true, duplicate: 0.5 }
    })
    const [corrected] = await told(MeetingAttendanceCorrected, 1)
    t.match(corrected?.data, { verdict: 'attended', bookingUri: 'A' })
    t.equal((await told(LeadStatusChanged, 3)).at(-1)?.data.to, 'demo-complete')
    t.equal((await told(MeetingStarted, 2)).length, 2, 'each instance once')
    t.ok((await told(ZoomWebhookNoted, 12)).every(({ data }) => data.meetingId === 'm1' || data.meetingId === null))

    const stored = await told(MeetingRecordingStored, 2)
    t.strictSame(stored.map(({ data }) => [data.kind, data.contentType, data.sizeBytes]).sort(), [
      ['audio', 'audio/mp4', 175_000],
      ['video', 'video/mp4', 700_000]
    ])
    const settings = loadConfig(fileConfig, environment)
    const files = openFileStore({ settings, log, keyring, replicas: 1 })
    const [first] = stored
    const kept = await files.open(first?.data.file ?? '', personId)
    t.equal(kept.size, first?.data.sizeBytes)
    const [transcribed] = await told(MeetingTranscribed, 1)
    t.strictSame(
      transcribed?.data.transcript.map(({ speaker, words }) => ({ speaker, text: words })),
      talk
    )
    const [read] = await told(MeddicExtracted, 1)
    t.match(read?.data, { meetingId: 'm1', personId, observedAt: transcribed?.data.startedAt })

    await t.test('recordings go with their person', async (t) => {
      const signal = AbortSignal.timeout(30_000)
      const plan = await planErasure(
        { log, keyring, pool: null, signal },
        { personId, email: MARCO.email, number: null }
      )
      t.equal(plan.recordings.length, 2)
      t.ok(
        plan.rawWebhooks.filter(({ provider }) => provider === 'zoom').length >= 12,
        'and so does what Zoom told of them'
      )
      await keyring.destroyKey(personId)
      await record('erasure', () => [
        newEvent(PersonErased, personId, {
          ...{ erasureId: 'e1', personId, leadId: personId, meetingIds: ['m1'], crmWriteIds: [], callIds: [] },
          ...{ callerIds: [], eventIds: [], recordingIds: [...plan.traces.recordingIds] }
        })
      ])
      const deleted = await told(MeetingRecordingDeleted, 2)
      t.ok(deleted.every(({ data }) => data.reason === 'erasure'))
      t.strictSame(await files.list('meeting-recordings'), [])
    })
  }
)
