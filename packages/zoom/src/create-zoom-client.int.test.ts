import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCircuit, OutcomeUnknownError, singleFlightToken } from '@leadlog/outbound'
import type { TransientError } from '@leadlog/contracts'
import { createSimulators, readConfig, type FaultRule, type Simulators, type Settings } from '@leadlog/simulators'
import t, { type Test } from 'tap'
import {
  authorizationUrl,
  createZoomBudgets,
  createZoomClient,
  createZoomOauth,
  newPkce,
  type NewZoomMeeting,
  type ZoomClient,
  type ZoomOauth
} from './index.ts'

const { secrets } = readConfig({})
const HOST = 'dana.whitfield@leadlog.example'
const REDIRECT = 'https://leadlog.example.com/integrations/zoom/callback'
const clear = { seal: (text: string) => Promise.resolve(text), open: (text: string) => Promise.resolve(text) }

const demo: NewZoomMeeting = {
  marker: 'mtg_01',
  topic: 'Demo with Marco',
  startsAt: new Date('2026-11-18T16:00:00.250Z'),
  durationMinutes: 30,
  timezone: 'America/New_York',
  agenda: 'What they need',
  recordInCloud: true,
  waitingRoom: true
}

type Fault = Omit<FaultRule, 'vendor'>

async function account(
  t: Test,
  settings: Partial<Settings> = {}
): Promise<{
  zoom: ZoomClient
  oauth: ZoomOauth
  state: Simulators['state']
  url: string
  fail: (...rules: Fault[]) => void
}> {
  const { app, state } = await createSimulators({ settings })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => app.close())
  const oauth = createZoomOauth({
    baseUrl: `${url}/zoom`,
    clientId: secrets.zoomClientId,
    clientSecret: secrets.zoomClientSecret,
    privateHosts: ['127.0.0.1']
  })
  const budgets = createZoomBudgets('pro', { account: 'test', localShare: 1 })
  const zoom = createZoomClient({
    baseUrl: `${url}/zoom`,
    token: singleFlightToken({
      vendor: 'zoom',
      credentials: 'test',
      seal: clear,
      refresh: () => oauth.serverToken(secrets.zoomAccountId)
    }),
    budgets,
    circuit: createCircuit({ vendor: 'zoom' }),
    privateHosts: ['127.0.0.1'],
    timeoutMs: 5_000
  })
  t.teardown(async () => {
    budgets.close()
    await zoom.close()
    await oauth.close()
  })
  const fail = (...rules: Fault[]) => state.faults.set(rules.map((rule) => ({ vendor: 'zoom', ...rule })))
  return { zoom, oauth, state, url, fail }
}

void t.test('a meeting is made, found by its marker, changed and deleted', async (t) => {
  const { zoom, state } = await account(t)
  const made = await zoom.createMeeting(HOST, demo)
  t.match(made, { topic: demo.topic, durationMinutes: 30, startsAt: new Date('2026-11-18T16:00:00Z') })
  t.match(state.zoom.meetings.get(made.id), {
    agenda: 'Ref. mtg_01\n\nWhat they need',
    settings: { auto_recording: 'cloud', waiting_room: true },
    timezone: 'America/New_York'
  })
  t.strictSame((await zoom.findMeeting(HOST, 'mtg_01'))?.id, made.id)
  t.equal(await zoom.findMeeting(HOST, 'mtg_0'), null, 'a beginning of a marker is another marker')
  t.equal(await zoom.findMeeting('theo.brandt@leadlog.example', 'mtg_01'), null)
  await zoom.updateMeeting(made.id, { startsAt: new Date('2026-11-19T10:00:00Z') })
  t.match(await zoom.meeting(made.id), { startsAt: new Date('2026-11-19T10:00:00Z'), durationMinutes: 30 })
  await zoom.deleteMeeting(made.id)
  await zoom.deleteMeeting(made.id)
  t.equal(await zoom.meeting(made.id), null)
  await t.rejects(zoom.updateMeeting(made.id, { durationMinutes: 15 }), { code: 'ZOOM_3001' })
})

void t.test('a meeting is found behind many others', async (t) => {
  const { zoom, state } = await account(t, { zoomMeetingWritesPerDay: 1_000 })
  const wanted = await zoom.createMeeting(HOST, demo)
  const kept = state.zoom.meetings.get(wanted.id)
  for (let number = 0; number < 650 && kept !== undefined; number++) {
    const sid = String(70_000_000_000 + number)
    state.zoom.meetings.save({ ...kept, sid, agenda: `Ref. other_${number}` })
  }
  t.equal((await zoom.findMeeting(HOST, 'other_649'))?.id, '70000000649')
})

void t.test('what was done is told apart from what was not, and from what may have been', async (t) => {
  const { zoom, state, fail } = await account(t)
  fail({ route: 'POST /v2/users', kind: 'drop-after', count: 1 })
  await t.rejects(zoom.createMeeting(HOST, demo), OutcomeUnknownError)
  t.equal(state.zoom.meetings.list().length, 1, 'the answer was lost, not the meeting')
  t.ok(await zoom.findMeeting(HOST, demo.marker))
  fail({ route: 'POST /v2/users', kind: '500', count: 1 })
  await t.rejects(zoom.createMeeting(HOST, demo), OutcomeUnknownError)
  fail({ route: 'GET /v2/users', kind: '503', count: 1 })
  t.ok(await zoom.findMeeting(HOST, demo.marker), 'a read is repeated')
  await t.rejects(zoom.createMeeting('nobody@leadlog.example', demo), { code: 'ZOOM_1001' })
  await t.rejects(zoom.createMeeting(HOST, { ...demo, marker: 'a b' }), { code: 'ZOOM_MARKER_INVALID' })
  await t.rejects(zoom.meeting('../users'), { code: 'ZOOM_MEETING_ID_INVALID' })
})

void t.test('an answer that is no meeting neither says that none was made nor that one is gone', async (t) => {
  const server = createServer((_, response) => response.end('{"status":"ok"}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const zoom = createZoomClient({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: { use: (call) => call({ value: 'token', expiresAt: new Date('2030-01-01'), details: {} }) },
    privateHosts: ['127.0.0.1']
  })
  t.teardown(() => zoom.close())
  await t.rejects(zoom.createMeeting(HOST, demo), OutcomeUnknownError)
  await t.rejects(zoom.meeting('84392028671'), { code: 'ZOOM_ANSWER_UNREADABLE' })
})

void t.test('limits: a second passes, a day is for the caller to decide', async (t) => {
  const { zoom, fail } = await account(t, { zoomMeetingWritesPerDay: 1 })
  await zoom.createMeeting(HOST, demo)
  const error = (await zoom.createMeeting(HOST, demo).catch((reason: unknown) => reason)) as TransientError
  t.match(error, { code: 'ZOOM_DAILY_LIMIT', countsAsAttempt: false })
  t.ok((error.retryAfterMs ?? 0) > 0 && (error.retryAfterMs ?? 0) <= 86_400_000)
  t.ok(await zoom.createMeeting('theo.brandt@leadlog.example', demo), 'others are not held up')
  fail({ route: 'GET /v2/users', kind: '429', count: 1, retryAfterSeconds: 7 })
  await t.rejects(zoom.user(HOST), { code: 'OUTBOUND_RATE_LIMITED', retryAfterMs: 7_000 })
})

void t.test('an access token that is refused is replaced once', async (t) => {
  const { zoom, state } = await account(t)
  await zoom.user(HOST)
  state.clock.advance(3_600_001)
  t.match(await zoom.user(HOST), { email: HOST, name: 'Dana Whitfield' })
})

void t.test('a user agrees with PKCE; the refresh token rotates; a copy of an old one ends the grant', async (t) => {
  const { oauth, url, state } = await account(t)
  const { verifier, challenge } = newPkce()
  const address = authorizationUrl({
    oauthUrl: `${url}/zoom`,
    clientId: secrets.zoomClientId,
    redirectUri: REDIRECT,
    state: 'state-1',
    challenge
  })
  const { headers } = await fetch(address, { redirect: 'manual' })
  const back = new URL(headers.get('location') ?? '')
  t.equal(back.searchParams.get('state'), 'state-1')
  const code = back.searchParams.get('code') ?? ''
  const first = await oauth.exchangeCode({ code, verifier, redirectUri: REDIRECT })
  await t.rejects(oauth.exchangeCode({ code, verifier, redirectUri: REDIRECT }), { code: 'ZOOM_GRANT_REFUSED' })
  const second = await oauth.refresh(first.refreshToken)
  t.not(second.refreshToken, first.refreshToken)
  await t.rejects(oauth.refresh(first.refreshToken), { code: 'ZOOM_GRANT_REFUSED' })
  await t.rejects(oauth.refresh(second.refreshToken), { code: 'ZOOM_GRANT_REFUSED' })
  t.match(state.zoomGrants.list(), [{ revoked: true, refreshes: 1 }])
  await oauth.revoke('unknown')
})

void t.test('participants and files of an instance, whatever its uuid looks like', async (t) => {
  const { zoom, state, url } = await account(t)
  const { id } = await zoom.createMeeting(HOST, demo)
  const run = await fetch(`${url}/_control/zoom/meetings/${id}/run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ minutes: 20, participants: [{ name: 'Marco' }], recordingBytes: 2_000 })
  })
  t.equal(run.status, 200)
  const meeting = state.zoom.meetings.get(id)
  const [instance] = meeting?.instances ?? []
  for (const uuid of ['/starts+with/slash==', 'two//slashes==', 'plain==']) {
    if (instance !== undefined) instance.uuid = uuid
    t.strictSame(await zoom.participants(uuid), [{ name: 'Marco', email: null }], uuid)
  }
  t.equal(await zoom.participants('unknown=='), null)
  const files = await zoom.recordings(id)
  t.match(files, [{ fileType: 'MP4', size: 2_000 }, { fileType: 'M4A' }])
  const token = (await createToken(url)) ?? ''
  const { body, contentType } = await zoom.download(files[0]?.downloadUrl ?? '', token)
  let size = 0
  for await (const chunk of body) size += (chunk as Buffer).length
  t.equal(size, 2_000)
  t.equal(contentType, 'video/mp4')
  await t.rejects(zoom.download('https://zoom.us.evil.example/x', token), { code: 'ZOOM_DOWNLOAD_REFUSED' })
  await t.rejects(zoom.download('https://zoomgov.us/x', token), { code: 'ZOOM_DOWNLOAD_REFUSED' }, 'not of Zoom')
  await t.rejects(zoom.download('http://zoom.us/x', token), { code: 'ZOOM_DOWNLOAD_REFUSED' })
  await t.rejects(zoom.download(files[0]?.downloadUrl ?? '', 'wrong'), { code: 'ZOOM_124' })
})

async function createToken(url: string): Promise<string | undefined> {
  const oauth = createZoomOauth({
    baseUrl: `${url}/zoom`,
    clientId: secrets.zoomClientId,
    clientSecret: secrets.zoomClientSecret,
    privateHosts: ['127.0.0.1']
  })
  const { value } = await oauth.serverToken(secrets.zoomAccountId)
  await oauth.close()
  return value
}
