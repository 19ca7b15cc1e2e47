import {
  ConnectZoom,
  isEvent,
  MeetingChangedAtZoom,
  MeetingRecordingReported,
  MeetingRecordingStored,
  MeetingRecordingUnavailable,
  MeetingRoomMoved,
  MeetingRoomOpened,
  WebhookIgnored,
  type EventDefinition,
  type EventOf
} from '@leadlog/contracts'
import { ingest } from '@leadlog/ingest'
import { openKeyring, parseMasterKey } from '@leadlog/keyring'
import { createLogger, startService } from '@leadlog/service'
import { readConfig } from '@leadlog/simulators'
import { eventually, type TestContext } from '@leadlog/testing'
import { createZoomClient } from '@leadlog/zoom'
import t from 'tap'
import { calendarBooking, DANA, openOffice, slot } from '../fixtures/office.ts'
import { standingBooking } from '../meeting/meeting.ts'
import { fetchFile } from './fetch-file.ts'

const MARCO = 'marco@northwind.example'
const GIB = 1024 ** 3
const WITHIN = { within: 60_000 }

/** An office whose Zoom sends webhooks, with a booking that has got a room. */
async function openedRoom(t: TestContext) {
  const { secrets } = readConfig({})
  const office = await openOffice(t)
  const logger = createLogger({ service: 'test', level: 'silent' })
  const environment = { ...office.environment, ZOOM_WEBHOOK_SECRET: secrets.zoomWebhookSecret, INGEST_PORT: '0' }
  const receiver = await startService(ingest, { logger, environment })
  t.teardown(() => receiver.stop())
  const meetingId = await office.tell('booked', MARCO, calendarBooking('A', MARCO, slot(2)))
  const zoom = office.environment['ZOOM_API_URL'] ?? ''
  const control = async (path: string, how: object) => {
    const answer = await fetch(new URL(`/_control/zoom/meetings/${await number()}/${path}`, zoom), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ingest: receiver.url, ...how })
    })
    if (answer.status !== 200) throw new TypeError(await answer.text())
  }
  const told = async <D extends EventDefinition>(definition: D): Promise<EventOf<D>[]> => {
    const found: EventOf<D>[] = []
    const untilSequence = await office.log.lastSequence('EVENTS')
    const request = { stream: 'EVENTS', fromSequence: 1, untilSequence, maxEvents: 500, maxWaitMs: 20 }
    for await (const { events } of office.log.batches({ ...request, signal: AbortSignal.timeout(10_000) })) {
      found.push(...events.filter((event): event is EventOf<D> => isEvent(event, definition)))
    }
    return found
  }
  const tellsOf = <D extends EventDefinition>(definition: D, count: number): Promise<EventOf<D>[]> =>
    eventually(async () => {
      const found = await told(definition)
      return found.length >= count ? found : undefined
    }, WITHIN)
  const number = async (): Promise<string> => (await tellsOf(MeetingRoomOpened, 1))[0]?.data.platformMeetingId ?? ''
  return { office, meetingId, zoom, control, told, tellsOf, number, logger }
}

void t.test('what opens a file is over: who acts for the host opens it; what is too large is not kept', async (t) => {
  const { office, zoom, control, told, tellsOf, logger } = await openedRoom(t)
  const { settings, zoomGrants } = office.state
  const run = (how: object) =>
    control('run', { minutes: 20, participants: [{ name: 'Marco Ellison' }], recordingBytes: 400_000, ...how })

  settings.zoomDownloadTokenSeconds = 0
  await run({})
  const sizes = (await tellsOf(MeetingRecordingStored, 2)).map(({ data }) => data.sizeBytes)
  t.strictSame(sizes.sort(), [100_000, 400_000], 'by the account, since nobody is connected')

  const { url } = await office.command(ConnectZoom, { email: DANA })
  const asked = await fetch(`${String(url)}&login_hint=${DANA}`, { redirect: 'manual' })
  const back = new URL(asked.headers.get('location') ?? '')
  await fetch(`${office.url()}/zoom/callback${back.search}`, { redirect: 'manual' })
  await run({})
  const stored = (await tellsOf(MeetingRecordingStored, 4)).slice(2)
  t.strictSame(stored.map(({ data }) => data.sizeBytes).sort(), [100_000, 400_000], 'by the host')
  t.strictSame(await told(MeetingRecordingUnavailable), [])

  await t.test('after a day the token is not even tried', async (t) => {
    const keyring = await openKeyring({
      connection: office.log.connection,
      masterKey: parseMasterKey(office.environment['LEADLOG_MASTER_KEY'] ?? ''),
      logger
    })
    t.teardown(() => keyring.close())
    const client = createZoomClient({
      baseUrl: zoom,
      privateHosts: ['127.0.0.1'],
      token: { use: () => Promise.reject(new TypeError('not asked for')) }
    })
    t.teardown(() => client.close())
    settings.zoomDownloadTokenSeconds = 86_400
    const [reported] = await told(MeetingRecordingReported)
    const { webhookId = '', fileId = '' } = reported?.data ?? {}
    let downloads = 0
    const fetchAt = (hours: number) =>
      fetchFile(
        { webhookId, fileId, attempt: 1, now: new Date(Date.now() + hours * 3_600_000) },
        {
          log: office.log,
          webhooks: keyring,
          zoomAccess: null,
          download: (address, token) => {
            downloads += 1
            return client.download(address, token)
          }
        }
      )
    t.match(await fetchAt(25), { reason: 'expired' })
    t.equal(downloads, 0)
    const fetched = await fetchAt(23)
    t.match(fetched, { contentLength: 400_000 })
    if ('body' in fetched) fetched.body.destroy()
    settings.zoomDownloadTokenSeconds = 0
    t.match(await fetchAt(23), { reason: 'refused' }, 'Zoom knows better when it is over')
  })

  await t.test('where a host took the permission back, nobody opens anything', async () => {
    settings.zoomDownloadTokenSeconds = 0
    zoomGrants.revokeUser(office.state.zoom.user(DANA)?.id ?? '')
    await run({})
    const gaps = await tellsOf(MeetingRecordingUnavailable, 2)
    t.ok(gaps.every(({ data }) => data.reason === 'refused'))
  })

  settings.zoomDownloadTokenSeconds = 86_400
  const text = 'word '.repeat(1024 ** 2)
  await run({ recordingBytes: 65 * GIB, transcript: [{ speaker: 'Marco Ellison', text }] })
  const tooLarge = (await tellsOf(MeetingRecordingUnavailable, 5)).slice(2)
  t.strictSame(tooLarge.map(({ data }) => `${data.kind} ${data.reason}`).sort(), [
    'audio too-large',
    'transcript too-large',
    'video too-large'
  ])
  t.equal((await told(MeetingRecordingStored)).length, 4)
})

void t.test('a meeting is changed in Zoom itself: it is told, and what was agreed stays', async (t) => {
  const { office, meetingId, control, told, tellsOf, number } = await openedRoom(t)
  const [opened] = await tellsOf(MeetingRoomOpened, 1)
  const agreed = opened?.data.startsAt ?? ''
  const ignored = async () => (await told(WebhookIgnored)).map(({ data }) => data.reason)
  const zoomTime = (time: string) => time.replace('.000Z', 'Z')

  await control('change', { topic: 'Something else' })
  await eventually(async () => (await ignored()).includes('time-unchanged'), WITHIN)
  const later = new Date(Date.parse(agreed) + 3_600_000).toISOString()
  await control('change', { startsAt: zoomTime(later) })
  const [moved] = await tellsOf(MeetingChangedAtZoom, 1)
  t.match(moved?.data, { meetingId, platformMeetingId: await number(), change: 'moved', startsAt: later })

  const next = slot(3)
  await office.tell('moved', MARCO, calendarBooking('B', MARCO, next, { previousUri: 'A' }))
  await tellsOf(MeetingRoomMoved, 1)
  const { startTime } = office.state.zoom.meetings.get(await number()) ?? {}
  t.equal(startTime, zoomTime(next.startsAt), 'what is agreed anew goes to Zoom')
  await control('change', { startsAt: zoomTime(later) })
  await tellsOf(MeetingChangedAtZoom, 2)
  await control('change', { startsAt: zoomTime(next.startsAt) })
  await eventually(async () => (await ignored()).includes('nothing-new'), WITHIN)

  await control('delete', {})
  const changes = await tellsOf(MeetingChangedAtZoom, 3)
  t.match(changes[2]?.data, { meetingId, change: 'deleted', startsAt: null })
  t.match(standingBooking(await office.meeting(meetingId)), {
    canceled: null,
    facts: { startsAt: next.startsAt, endsAt: next.endsAt }
  })
})
