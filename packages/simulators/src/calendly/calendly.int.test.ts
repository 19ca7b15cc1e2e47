import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import type { Test } from 'tap'
import { parseJson } from '../json.ts'
import { recordSampleDay } from '../sample-day/record-sample-day.ts'
import { createSimulators } from '../simulators.ts'
import { calendlySignature } from './calendly-signature.ts'

const API = 'https://api.calendly.com'
const ORGANIZATION = encodeURIComponent(`${API}/organizations/0f1e2d3c-4b5a-4697-8879-6a5b4c3d2e1f`)

interface Webhook {
  event?: string
  payload?: Record<string, unknown>
}

const start = async (test: Test) => {
  const { app, state } = await createSimulators({ settings: { deliveryTimeScale: 1e9 } })
  test.teardown(() => app.close())
  const call = async (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => {
    const vendor = path.startsWith('/readai') ? 'readai' : 'calendly'
    const headers = { authorization: `Bearer simulated-${vendor}-token` }
    const answer = await app.inject({ method, url: path, headers, ...(body === undefined ? {} : { payload: body }) })
    return { status: answer.statusCode, headers: answer.headers, body: answer.body === '' ? undefined : answer.json() }
  }
  return { app, state, call }
}

/** A receiver that tells when it has got so many webhooks. */
const receiver = async (test: Test) => {
  const got: { signature: string | undefined; body: Webhook }[] = []
  let told: () => void = () => undefined
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const [signature] = [request.headers['calendly-webhook-signature']].flat()
      got.push({ signature, body: (parseJson(body) ?? {}) as Webhook })
      response.end('{}')
      told()
    })
  })
  test.teardown(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const wait = async (count: number) => {
    while (got.length < count) await new Promise<void>((resolve) => (told = resolve))
    return got
  }
  return { url: `http://127.0.0.1:${port}`, wait }
}

await t.test('subscriptions are made, listed, and removed, with the vendor errors', async (t) => {
  const { app, call } = await start(t)
  const subscription = {
    url: 'http://127.0.0.1:1/hook',
    events: ['invitee.created'],
    scope: 'organization',
    organization: 'x'
  }
  const made = await call('POST', '/calendly/webhook_subscriptions', subscription)
  t.match(made, {
    status: 201,
    body: { resource: { state: 'active', retry_started_at: null, callback_url: subscription.url } }
  })
  const id = made.body.resource.uri.split('/').at(-1)
  t.match(await call('POST', '/calendly/webhook_subscriptions', subscription), {
    status: 409,
    body: { message: 'Hook with this url already exists' }
  })
  t.match(await call('POST', '/calendly/webhook_subscriptions', { ...subscription, url: 'no url' }), {
    status: 400,
    body: { title: 'Invalid Argument', details: [{ parameter: 'url', message: 'must be a valid URL' }] }
  })
  t.match(await call('GET', '/calendly/webhook_subscriptions'), {
    body: { collection: { length: 1 }, pagination: { count: 1 } }
  })
  t.equal((await call('DELETE', `/calendly/webhook_subscriptions/${id}`)).status, 204)
  t.equal((await call('GET', `/calendly/webhook_subscriptions/${id}`)).status, 404)
  t.match((await app.inject('/calendly/users/me')).json(), { title: 'Unauthenticated' })
})

await t.test('bookings are listed by page, status and person, and found one by one', async (t) => {
  const { call, state } = await start(t)
  recordSampleDay(state, '2026-11-18')
  const list = (query: string) => call('GET', `/calendly/scheduled_events?organization=${ORGANIZATION}&${query}`)
  const first = await list('count=20')
  t.equal(first.body.collection.length, 20)
  const second = await list(`count=20&page_token=${first.body.pagination.next_page_token}`)
  t.match(second.body.pagination, { next_page_token: null, count: state.calendly.list().length - 20 })
  t.match(await list('status=canceled&count=100'), { body: { collection: { length: 6 } } })
  const [liam] = (await list('invitee_email=liam.oconnor@emeraldforge.example&status=active')).body.collection
  const path = liam.uri.replace(API, '/calendly')
  t.match((await call('GET', path)).body.resource, { uri: liam.uri, status: 'active', location: { type: 'zoom' } })
  const [invitee] = (await call('GET', `${path}/invitees`)).body.collection
  t.match(invitee, { name: "Liam O'Connor", old_invitee: String, event: liam.uri })
  t.equal((await call('GET', invitee.uri.replace(API, '/calendly'))).body.resource.uri, invitee.uri)
  t.match((await list('count=101')).body, { details: [{ parameter: 'count' }] })
  const token = first.body.pagination.next_page_token
  t.match(await list(`count=10&page_token=${token}`), { status: 400, body: { details: [{ parameter: 'page_token' }] } })
  t.match((await list('status=maybe')).body, { details: [{ parameter: 'status' }] })
  t.match((await list('min_start_time=noon')).body, { details: [{ parameter: 'min_start_time' }] })
  const later = (await list('min_start_time=2026-11-20T00:00:00Z&sort=start_time:desc&count=100')).body.collection
  const starts: string[] = later.map(({ start_time }: { start_time: string }) => start_time)
  t.ok(starts.length > 0 && starts.every((at) => at >= '2026-11-20'))
  t.strictSame(starts, [...starts].sort().reverse())
  const next = new URL(first.body.pagination.next_page)
  t.equal((await call('GET', `/calendly${next.pathname}${next.search}`)).body.pagination.next_page_token, null)
  t.match(await call('GET', '/calendly/scheduled_events?organization=another'), {
    status: 403,
    body: { title: 'Permission Denied' }
  })
  t.match((await list('count=1')).headers, { 'x-ratelimit-limit': '500', 'x-ratelimit-remaining': /^\d+$/ })
  t.match((await call('GET', '/calendly/sample_webhook_data?event=invitee.canceled')).body, {
    event: 'invitee.canceled'
  })
})

await t.test('a subscription gets what customers do, signed with its own key', async (t) => {
  const { call } = await start(t)
  const { url, wait } = await receiver(t)
  const events = ['invitee.created', 'invitee.canceled', 'invitee_no_show.created']
  await call('POST', '/calendly/webhook_subscriptions', {
    url: `${url}/hook`,
    events,
    scope: 'user',
    signing_key: 'own key'
  })
  const person = { email: 'ada@abara.example', name: 'Ada Abara', answers: { 'Company name': 'Abara' } }
  const booked = await call('POST', '/_control/calendly/bookings', person)
  t.equal(booked.status, 202)
  await wait(1)
  const moved = await call('POST', `/_control/calendly/bookings/${booked.body.id}/reschedule`, { createdFirst: true })
  await wait(3)
  await call('POST', `/_control/calendly/bookings/${moved.body.id}/no-show`, {})
  const [created, second, canceled, noShow] = await wait(4)
  t.match(created?.body, { event: 'invitee.created', payload: { email: person.email, old_invitee: null } })
  t.match([second?.body.event, canceled?.body.event], ['invitee.created', 'invitee.canceled'])
  t.equal(canceled?.body.payload?.new_invitee, second?.body.payload?.uri)
  t.equal(second?.body.payload?.old_invitee, canceled?.body.payload?.uri)
  t.match(noShow?.body, { event: 'invitee_no_show.created', payload: { no_show: { uri: String } } })
  const [, seconds] = /^t=(\d+)/.exec(created?.signature ?? '') ?? []
  const expected = calendlySignature(JSON.stringify(created?.body), 'own key', new Date(Number(seconds) * 1000))
  t.equal(created?.signature, expected['Calendly-Webhook-Signature'])
  t.equal((await call('POST', '/_control/calendly/bookings/nobody/cancel', {})).status, 404)
})

await t.test('Read.ai lists meetings under the names of its API, ten at a time', async (t) => {
  const { app, call, state } = await start(t)
  recordSampleDay(state, '2026-11-18')
  const first = (await call('GET', '/readai/v1/meetings?limit=10&expand[]=transcript')).body
  t.match(first, { has_more: true, data: { length: 10 } })
  t.match(first.data[0], {
    id: String,
    start_time_ms: Number,
    platform_id: /^\d+$/,
    transcript: { turns: [{ text: String }] }
  })
  const rest = (await call('GET', `/readai/v1/meetings?cursor=${first.data.at(-1).id}`)).body
  t.match(rest, { has_more: false, data: { length: state.readai.list().length - 10 } })
  t.notOk('transcript' in rest.data[0])
  const noon = Date.parse('2026-11-18T12:00:00Z')
  const afternoon = (await call('GET', `/readai/v1/meetings?start_time_ms.gte=${noon}`)).body.data
  t.ok(afternoon.length > 0 && afternoon.every((meeting: { start_time_ms: number }) => meeting.start_time_ms >= noon))
  t.equal((await call('GET', `/readai/v1/meetings/${first.data[0].id}?expand[]=summary`)).body.id, first.data[0].id)
  t.equal((await call('GET', '/readai/v1/meetings?limit=11')).status, 422)
  t.strictSame((await app.inject('/readai/v1/meetings')).json(), { detail: 'Not authenticated' })
})

await t.test('a whole day is sent from here to ingest, and a held meeting too', async (t) => {
  const { call, state } = await start(t)
  const { url, wait } = await receiver(t)
  const sent = await call('POST', '/_control/deliveries', {
    ingest: url,
    what: 'sample-day',
    misbehave: { duplicate: 0.2, seed: 's' }
  })
  t.match(sent, { status: 202, body: { sending: 64 } })
  const got = await wait(65)
  t.ok(got.length > 64)
  const held = await call('POST', '/_control/readai/meetings', {
    ingest: url,
    email: 'a@a.example',
    name: 'Ada A',
    minutes: 9
  })
  t.equal(held.status, 202)
  t.match(state.readai.get(held.body.id), { participants: [{ name: 'Dana Whitfield' }, { email: 'a@a.example' }] })
  t.equal((await call('POST', '/_control/deliveries', { ingest: url, what: 'sample-day', mispelt: 1 })).status, 400)
})

await t.test('a sender can be told to lose deliveries, which the API still knows', async (t) => {
  const { call, state } = await start(t)
  const { url, wait } = await receiver(t)
  t.equal((await call('POST', '/_control/deliveries/lose', { count: 2, provider: 'readai' })).status, 200)
  await call('POST', '/_control/deliveries', { ingest: url, what: 'sample-day' })
  const got = await wait(62)
  t.equal(got.length, 62)
  const lost = state.deliveries.attempts().filter(({ status }) => status === 'lost')
  t.strictSame(
    lost.map(({ provider, nextInSeconds }) => [provider, nextInSeconds]),
    [
      ['readai', null],
      ['readai', null]
    ]
  )
  t.ok(state.readai.list().length > 0)
})
