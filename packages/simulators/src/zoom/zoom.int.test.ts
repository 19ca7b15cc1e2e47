import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import t from 'tap'
import type { Test } from 'tap'
import { readConfig } from '../config.ts'
import { createSimulators } from '../simulators.ts'
import type { SimulatorOptions } from '../simulators.ts'
import { zoomSignature } from './zoom-signature.ts'

const { secrets } = readConfig({})
const basic = `Basic ${Buffer.from(`${secrets.zoomClientId}:${secrets.zoomClientSecret}`).toString('base64')}`
const HOST = 'dana.whitfield@leadlog.example'
const REDIRECT = 'https://leadlog.example.com/callback'

const start = async (test: Test, options: SimulatorOptions = {}) => {
  const { app, state } = await createSimulators(options)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  test.teardown(() => app.close())
  const token = async (form: Record<string, string>, authorization = basic) => {
    const body = new URLSearchParams(form)
    const answer = await fetch(`${url}/zoom/oauth/token`, { method: 'POST', headers: { authorization }, body })
    return { status: answer.status, body: (await answer.json()) as Record<string, string> }
  }
  const server = async () =>
    (await token({ grant_type: 'account_credentials', account_id: secrets.zoomAccountId })).body.access_token ?? ''
  const api = async (method: string, path: string, bearer: string, body?: unknown) => {
    const answer = await fetch(`${url}/zoom/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    const text = await answer.text()
    return {
      status: answer.status,
      headers: answer.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
    }
  }
  const agree = async (challenge?: string): Promise<string> => {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: secrets.zoomClientId,
      redirect_uri: REDIRECT,
      state: 's1',
      ...(challenge === undefined ? {} : { code_challenge: challenge, code_challenge_method: 'S256' })
    })
    const answer = await fetch(`${url}/zoom/oauth/authorize?${query.toString()}`, { redirect: 'manual' })
    const target = new URL(answer.headers.get('location') ?? '')
    test.equal(target.searchParams.get('state'), 's1')
    return target.searchParams.get('code') ?? ''
  }
  return { url, state, token, server, api, agree }
}

const sample = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../samples/zoom.${name}.json`, import.meta.url), 'utf8'))

await t.test('signs as the vendor documents', async (t) => {
  const body =
    '{"event":"meeting.started","event_ts":1795017605123,"payload":{"account_id":"A1","object":{"id":"84392028671","uuid":"4nR0i/L9Q2mfrfXtEWMnGA=="}}}'
  t.strictSame(zoomSignature(body, 'zoom_secret_token_0001', new Date(1_795_017_605_000)), {
    'x-zm-request-timestamp': '1795017605',
    'x-zm-signature': 'v0=0b34c8c43799f957978ccd67b8b6ccb69f6b0da53a26e66cd8a2567f4d9c374f'
  })
})

await t.test('a code needs its verifier; a used refresh token takes the whole grant back', async (t) => {
  const { token, agree, api } = await start(t)
  const verifier = 'a-verifier-of-forty-three-characters-or-more-00'
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const redeem = (code: string, more: Record<string, string>) =>
    token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, ...more })
  t.match(await redeem(await agree(challenge), {}), { status: 400, body: { error: 'invalid_grant' } })
  const code = await agree(challenge)
  const first = await redeem(code, { code_verifier: verifier })
  t.strictSame(Object.keys(first.body).sort(), Object.keys(sample('oauth.token.user') as object).sort())
  t.match(await redeem(code, { code_verifier: verifier }), { status: 400, body: { error: 'invalid_grant' } })

  const refresh = (refreshToken = '') => token({ grant_type: 'refresh_token', refresh_token: refreshToken })
  const second = await refresh(first.body.refresh_token)
  t.equal((await api('GET', '/users/me', second.body.access_token ?? '')).status, 200)
  t.match(await refresh(first.body.refresh_token), { status: 400, body: { error: 'invalid_grant' } })
  t.match(await refresh(second.body.refresh_token), { status: 400 }, 'the next one went with it')
  t.match(await api('GET', '/users/me', second.body.access_token ?? ''), { status: 401, body: { code: 124 } })
  t.match(await token({ grant_type: 'refresh_token' }, 'Basic eA=='), {
    status: 400,
    body: { error: 'invalid_client' }
  })
})

await t.test('meetings are made, listed, changed and deleted, and outlive a restart', async (t) => {
  const { state, server, api } = await start(t)
  const bearer = await server()
  const made = await api('POST', `/users/${HOST}/meetings`, bearer, sample('api.create_meeting.request'))
  t.equal(made.status, 201)
  const documented = Object.keys(sample('api.create_meeting.response') as object)
  const known = ['h323_password', 'pstn_password', 'encrypted_password']
  t.strictSame(
    documented.filter((name) => !known.includes(name) && !(name in made.body)),
    []
  )
  const { id } = made.body
  t.equal(
    (await api('PATCH', `/meetings/${String(id)}`, bearer, { duration: 45, agenda: 'x'.repeat(400) })).status,
    204
  )
  const listed = (await api('GET', `/users/${HOST}/meetings?page_size=1`, bearer)).body
  t.match(listed, { total_records: 1, next_page_token: '', meetings: [{ id, duration: 45 }] })
  t.equal((listed.meetings as { agenda: string }[])[0]?.agenda.length, 250)
  t.match(await api('GET', '/users/me', bearer), { status: 404 }, 'the account is nobody')
  t.match(await api('POST', '/users/nobody@x.example/meetings', bearer, {}), { status: 404, body: { code: 1001 } })
  t.match(await api('POST', `/users/${HOST}/meetings`, bearer, { start_time: 'soon' }), {
    status: 400,
    body: sample('api.error.300') as Record<string, unknown>
  })
  const remembered = state.zoom.remembered()
  const { state: next } = await start(t)
  for (const { kind, value } of remembered) next.zoom.restore(kind, value)
  t.equal(next.zoom.meetings.get(String(id))?.duration, 45)
  t.equal((await api('DELETE', `/meetings/${String(id)}`, bearer)).status, 204)
  t.match(await api('GET', `/meetings/${String(id)}`, bearer), { status: 404, body: { code: 3001 } })
})

await t.test('limits by class and by user are as documented', async (t) => {
  let now = new Date('2026-11-18T23:30:00Z')
  const settings = { zoomLightPerSecond: 2, zoomMeetingWritesPerDay: 1 }
  const { server, api } = await start(t, { clock: () => now, settings })
  const bearer = await server()
  const ask = () => api('GET', `/users/${HOST}`, bearer)
  t.equal((await ask()).headers.get('x-ratelimit-remaining'), '1')
  await ask()
  const third = await ask()
  t.match(third.body, sample('api.error.429.qps'))
  t.equal(third.headers.get('x-ratelimit-type'), 'QPS')
  t.equal(third.headers.get('x-ratelimit-category'), 'Light')
  now = new Date('2026-11-18T23:30:02Z')
  const write = () => api('POST', `/users/${HOST}/meetings`, bearer, { topic: 'x' })
  t.equal((await write()).status, 201)
  const refused = await write()
  t.match(refused.body, sample('api.error.429.daily'))
  t.equal(refused.headers.get('retry-after'), '2026-11-19T00:00:00Z')
  now = new Date('2026-11-19T00:00:01Z')
  t.equal((await write()).status, 201)
})

await t.test('a meeting takes place: its events have the documented shape, its files are downloaded', async (t) => {
  const { url, state, server, api } = await start(t)
  const { id } = (await api('POST', `/users/${HOST}/meetings`, await server(), { topic: 'Demo', duration: 30 })).body
  const answer = await fetch(`${url}/_control/zoom/meetings/${String(id)}/run`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      startsAt: '2026-11-18T16:00:00Z',
      minutes: 28,
      participants: [
        { name: 'Dana Whitfield', email: HOST },
        { name: 'Marco Ellison', joinsAfter: 2 }
      ],
      recordingBytes: 1_000,
      transcript: [{ speaker: 'Marco Ellison', text: 'We need it by June.' }]
    })
  })
  type Sent = {
    event: string
    download_token?: string
    payload: { object: { recording_files?: { file_size: number; download_url: string }[] } }
  }
  const { events } = (await answer.json()) as { events: Sent[] }
  t.strictSame(
    events.map(({ event }) => event),
    [
      'meeting.started',
      'meeting.participant_joined',
      'meeting.participant_joined',
      'meeting.participant_left',
      'meeting.participant_left',
      'meeting.ended',
      'recording.completed',
      'recording.transcript_completed'
    ]
  )
  for (const [index, name] of [
    [0, 'meeting.started'],
    [6, 'recording.completed'],
    [7, 'recording.transcript_completed']
  ] as const) {
    const documented = sample(name) as Sent
    t.strictSame(Object.keys(events[index] ?? {}).sort(), Object.keys(documented).sort(), name)
    const missing = Object.keys(documented.payload.object).filter(
      (key) =>
        !(key in (events[index]?.payload.object ?? {})) &&
        !['password', 'recording_play_passcode', 'on_prem'].includes(key)
    )
    t.strictSame(missing, [], name)
  }
  const told = events[7]
  const file = told?.payload.object.recording_files?.[0]
  const download = (token: string) => fetch(file?.download_url ?? '', { headers: { authorization: `Bearer ${token}` } })
  t.equal((await download('wrong')).status, 401)
  const bytes = await (await download(told?.download_token ?? '')).text()
  t.equal(Buffer.byteLength(bytes), file?.file_size)
  t.match(bytes, /^WEBVTT\r\n\r\n1\r\n00:00:00.000 --> 00:00:20.000\r\nMarco Ellison: We need it by June\./)
  state.clock.advance(86_400_000)
  t.equal((await download(told?.download_token ?? '')).status, 401, 'it was good for a day')
  t.equal((await download((told?.download_token ?? '').replace(/^\d+/, String(Date.now() + 86_400_000)))).status, 401)
  t.equal((await download(await server())).status, 200, 'who may act for the account needs none')
})

await t.test('somebody changes and deletes a meeting in Zoom: what is told of it', async (t) => {
  const { url, server, api } = await start(t)
  const bearer = await server()
  const made = { topic: 'Demo', duration: 30, start_time: '2026-11-18T16:00:00Z' }
  const { id, uuid } = (await api('POST', `/users/${HOST}/meetings`, bearer, made)).body
  const control = async (what: string, body: object) => {
    const answer = await fetch(`${url}/_control/zoom/meetings/${String(id)}/${what}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body)
    })
    return { status: answer.status, body: (await answer.json()) as { event?: Record<string, unknown> } }
  }
  const ids = { id, uuid }
  const { body: changed } = await control('change', { startsAt: '2026-11-19T16:00:00Z', by: 'theo@x.example' })
  t.match(changed.event, {
    event: 'meeting.updated',
    payload: {
      operator: 'theo@x.example',
      object: { ...ids, start_time: '2026-11-19T16:00:00Z' },
      old_object: { ...ids, start_time: '2026-11-18T16:00:00Z' }
    }
  })
  const { object } = changed.event?.['payload'] as { object: object }
  t.strictSame(Object.keys(object).sort(), ['host_id', 'id', 'start_time', 'uuid'], 'what stayed is not told')
  t.match(await api('GET', `/meetings/${String(id)}`, bearer), { body: { start_time: '2026-11-19T16:00:00Z' } })
  t.equal((await control('change', { startsAt: 'soon' })).status, 400)
  t.match((await control('delete', {})).body.event, {
    event: 'meeting.deleted',
    payload: { operator: HOST, object: { ...ids, topic: 'Demo', start_time: '2026-11-19T16:00:00Z' } }
  })
  t.equal((await api('GET', `/meetings/${String(id)}`, bearer)).status, 404)
  t.equal((await control('delete', {})).status, 404)
})
