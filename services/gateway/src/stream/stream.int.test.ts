import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { PersonErased, type RecordedEvent } from '@leadlog/contracts'
import { eventually } from '@leadlog/testing'
import t from 'tap'
import { book, bookedLead, capture } from '../fixtures/booking-story.ts'
import { queueWrite, write } from '../fixtures/crm-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import type { Browser } from '../fixtures/browser.ts'
import { API_KEY, testGateway, type TestGateway } from '../fixtures/test-gateway.ts'

const STARTS_AT = '2026-11-20T10:00:00.000Z'
const ada = person('Ada', 'Lovelace')

interface Message {
  readonly event: string
  readonly data: { id?: string | null; position?: string }
  readonly id: string | undefined
}

/** Reads a stream as a browser would. */
async function follow(
  t: { teardown(handler: () => void): void },
  gateway: TestGateway,
  path = '',
  lastEventId = '',
  browser?: Browser
) {
  if (!gateway.app.server.listening) await gateway.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = gateway.app.server.address() as AddressInfo
  const leaving = new AbortController()
  t.teardown(() => leaving.abort())
  const headers = {
    ...(browser === undefined
      ? { authorization: `Bearer ${API_KEY}` }
      : { cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
    ...(lastEventId === '' ? {} : { 'last-event-id': lastEventId })
  }
  const answer = await fetch(`http://127.0.0.1:${port}/v1/stream${path}`, { headers, signal: leaving.signal })
  const messages: Message[] = []
  let ended = false
  const read = async (): Promise<void> => {
    let text = ''
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (text + chunk).split('\n\n')
      text = blocks.pop() ?? ''
      messages.push(...blocks.filter((block) => /^event: /m.test(block)).map(parse))
    }
  }
  void read()
    .catch(() => undefined)
    .finally(() => {
      ended = true
    })
  return { answer, messages, leave: () => leaving.abort(), ended: () => ended }
}

function parse(block: string): Message {
  const fields = new Map(block.split('\n').map((line) => [line.split(': ')[0], line.slice(line.indexOf(': ') + 2)]))
  const data = JSON.parse(fields.get('data') ?? '{}') as Message['data']
  return { event: fields.get('event') ?? '', data, id: fields.get('id') }
}

/** Tells of a part of a story, behind what was recorded in between. */
async function tellNext(gateway: TestGateway, events: readonly RecordedEvent[]): Promise<void> {
  const ends = new Map<string, number>()
  for (const { stream } of events) ends.set(stream, await gateway.log.lastSequence(stream))
  await gateway.tell(
    events.map((event) => {
      const sequence = (ends.get(event.stream) ?? 0) + 1
      ends.set(event.stream, sequence)
      return { ...event, sequence }
    })
  )
}

const told = (messages: readonly Message[], event: string) =>
  messages.filter((message) => message.event === event).map(({ data }) => data.id)

void t.test('clients hear of changes as soon as reads show them', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const gateway = await testGateway(t)
  const all = await follow(t, gateway)
  const some = await follow(t, gateway, '?topics=lead.changed')
  t.match(all.answer.headers.get('content-type'), /^text\/event-stream/)
  await eventually(() => all.messages.some(({ event }) => event === 'ready'))
  const { webhook, meetingId } = bookedLead(story, ada, { startsAt: STARTS_AT })
  await gateway.tell(story.events)
  await eventually(() => told(all.messages, 'lead.changed').includes(ada.personId))
  await eventually(() => told(all.messages, 'meeting.changed').includes(meetingId))
  await eventually(() => told(all.messages, 'received-event.changed').includes(webhook.id))
  await eventually(() => told(all.messages, 'timeline.changed').length > 0)
  t.same([...new Set(told(all.messages, 'timeline.changed'))], [ada.personId], 'by the lead whose timeline it is')
  await eventually(() => told(all.messages, 'crm-write.changed').length === 3)
  await eventually(() => told(some.messages, 'lead.changed').length > 0)
  t.same([...new Set(some.messages.map(({ event }) => event))], ['ready', 'lead.changed'])
})

void t.test('nothing is announced that cannot be read yet: facts may be applied before their webhook', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const gateway = await testGateway(t)
  const { webhook, meetingId } = bookedLead(story, ada, { startsAt: STARTS_AT })
  const client = await follow(t, gateway)
  await eventually(() => client.messages.some(({ event }) => event === 'ready'))
  const { facts = [], receipts = [] } = Object.groupBy(story.events, ({ stream }) =>
    stream === 'EVENTS' ? 'facts' : 'receipts'
  )
  await gateway.tell(facts)
  await eventually(() => told(client.messages, 'meeting.changed').includes(meetingId))
  await eventually(() => told(client.messages, 'crm-write.changed').length === 3)
  t.equal((await gateway.get(`/v1/received-events/${webhook.id}`)).status, 404)
  t.same(told(client.messages, 'received-event.changed'), [])
  await gateway.tell(receipts)
  await eventually(() => told(client.messages, 'received-event.changed').includes(webhook.id))
  t.equal((await gateway.get(`/v1/received-events/${webhook.id}`)).status, 200)
})

void t.test('a client that comes back is told what it missed', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const gateway = await testGateway(t)
  const before = await follow(t, gateway)
  story.webhook({ externalId: 'seen' })
  await gateway.tell(story.events)
  await eventually(() => told(before.messages, 'received-event.changed').length === 1)
  before.leave()
  const lastEventId = before.messages.map(({ id }) => id).findLast((id) => id !== undefined) ?? ''
  t.match(lastEventId, /^\d+\.\d+\.\d+$/)
  const missed = story.webhook({ externalId: 'missed' })
  await gateway.tell(story.events.slice(1))
  const back = await follow(t, gateway, '', lastEventId)
  await eventually(() => back.messages.some(({ event }) => event === 'ready'))
  t.same(told(back.messages, 'received-event.changed'), [missed.id])
  t.notOk(back.messages.some(({ event }) => event === 'reset'))
})

void t.test('a client from before what is remembered must read everything anew', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  story.webhook({ externalId: 'old' })
  const first = await testGateway(t)
  await first.tell(story.events)
  const later = await follow(t, first, '', '0.0.0')
  await eventually(() => later.messages.some(({ event }) => event === 'ready'))
  t.notOk(
    later.messages.some(({ event }) => event === 'reset'),
    'this process saw everything from the beginning'
  )
  const second = await testGateway(t, { databaseUrl: first.url })
  const back = await follow(t, second, '', '0.0.0')
  await eventually(() => back.messages.some(({ event }) => event === 'ready'))
  t.equal(back.messages[0]?.event, 'reset')
  const bad = await follow(t, second, '', 'yesterday')
  t.equal(bad.answer.status, 400)
})

void t.test('a call that settles another event’s write tells of both events', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const [first, second] = ['one', 'two'].map((uri) => {
    const booking = book(story, ada, { startsAt: STARTS_AT, skipReading: true, uri, meetingId: uri })
    const [fact] = capture(story, ada, booking.booked)
    if (!fact) throw new Error('a lead was captured')
    return { webhook: booking.webhook, queued: queueWrite(story, ada, fact) }
  })
  if (!first || !second) throw new Error('there are two')
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const client = await follow(t, gateway, '?topics=received-event.changed')
  await eventually(() => client.messages.some(({ event }) => event === 'ready'))
  const before = story.events.length
  write(story, ada, [first.queued, second.queued])
  await gateway.tell(story.events.slice(before))
  await eventually(() => told(client.messages, 'received-event.changed').includes(second.webhook.id))
  t.ok(told(client.messages, 'received-event.changed').includes(first.webhook.id))
})

void t.test('a user hears of their own leads and of nobody else’s, also when they come back', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const gateway = await testGateway(t)
  const sam = await gateway.signedIn('sam@own.example', 'user')
  const own = await follow(t, gateway, '', '', sam)
  t.equal(own.answer.status, 200)
  const all = await follow(t, gateway)
  await eventually(() => [own, all].every(({ messages }) => messages.some(({ event }) => event === 'ready')))
  const [bob, cleo, dan] = [person('Bob', 'Babbage'), person('Cleo', 'Clarke'), person('Dan', 'Dahl')]
  const ofSam = { startsAt: STARTS_AT, hostEmail: 'Sam@Own.example' }
  const ofKim = { startsAt: STARTS_AT, hostEmail: 'kim@own.example' }
  const adas = bookedLead(story, ada, ofSam)
  const bobs = bookedLead(story, bob, { ...ofKim, uri: 'bob' })
  await tellNext(gateway, story.events)
  await eventually(() => told(own.messages, 'lead.changed').includes(ada.personId))
  await eventually(() => told(own.messages, 'meeting.changed').includes(adas.meetingId))
  await eventually(() => told(own.messages, 'crm-write.changed').length === 3)
  await eventually(() => told(all.messages, 'lead.changed').includes(bob.personId))
  const lastEventId = own.messages.map(({ id }) => id).findLast((id) => id !== undefined) ?? ''
  own.leave()

  const before = story.events.length
  bookedLead(story, cleo, { ...ofSam, uri: 'cleo' })
  bookedLead(story, dan, { ...ofKim, uri: 'dan' })
  await tellNext(gateway, story.events.slice(before))
  const back = await follow(t, gateway, '', lastEventId, sam)
  await eventually(() => back.messages.some(({ event }) => event === 'ready'))
  await eventually(() => told(back.messages, 'lead.changed').includes(cleo.personId))
  t.notOk(
    back.messages.some(({ event }) => event === 'reset'),
    'told of what was missed'
  )

  const others = new RegExp([bob.personId, dan.personId, bobs.meetingId].join('|'))
  t.notMatch(JSON.stringify([own.messages, back.messages]), others)
  t.same(
    [...new Set([...own.messages, ...back.messages].map(({ event }) => event))].toSorted(),
    ['crm-write.changed', 'lead.changed', 'meeting.changed', 'ready', 'timeline.changed'],
    'no webhook, no failure and no event'
  )
})

void t.test('a row that is gone is told of without its name', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const gateway = await testGateway(t)
  const { meetingId, webhook } = bookedLead(story, ada, { startsAt: STARTS_AT, hostEmail: 'kim@own.example' })
  await tellNext(gateway, story.events)
  const sam = await gateway.signedIn('sam@own.example', 'user')
  const own = await follow(t, gateway, '', '', sam)
  await eventually(() => own.messages.some(({ event }) => event === 'ready'))
  const erased = story.emit(
    PersonErased,
    ada.personId,
    {
      erasureId: 'e1',
      personId: ada.personId,
      leadId: ada.personId,
      meetingIds: [meetingId],
      crmWriteIds: [],
      callIds: [],
      callerIds: [],
      eventIds: []
    },
    webhook
  )
  await tellNext(gateway, [erased])
  await eventually(() => told(own.messages, 'lead.changed').length > 0)
  await eventually(() => told(own.messages, 'meeting.changed').length > 0)
  t.same([...new Set(own.messages.map(({ data }) => data.id))], [undefined, null], 'nobody is named')
})

void t.test('of who may what hear admins only', async (t) => {
  const gateway = await testGateway(t)
  const people = ['user', 'manager', 'admin'] as const
  const heard = await Promise.all(
    people.map(async (role) => {
      const browser = await gateway.signedIn(`${role}@own.example`, role)
      return follow(t, gateway, '?topics=user.changed,security-log.changed,lead.changed', '', browser)
    })
  )
  await eventually(() => heard.every(({ messages }) => messages.some(({ event }) => event === 'ready')))
  const { users } = gateway.access
  const id = users.idOf('new@own.example')
  const invite = { do: 'invite', id, email: 'new@own.example', name: null, role: 'user' } as const
  await users.run(id, invite, { actor: 'service:gateway', requestId: 'r-1' })
  const [ofUser, ofManager, ofAdmin] = heard.map(({ messages }) => messages)
  await eventually(() => told(ofAdmin ?? [], 'user.changed').includes(id))
  await eventually(() => told(ofAdmin ?? [], 'security-log.changed').length > 0)
  const story = createStory('2026-11-18T09:00:00.000Z')
  bookedLead(story, ada, { startsAt: STARTS_AT, hostEmail: 'user@own.example' })
  await tellNext(gateway, story.events)
  await eventually(() => [ofUser, ofManager].every((messages) => told(messages ?? [], 'lead.changed').length > 0))
  for (const messages of [ofUser, ofManager])
    t.same([...new Set(messages?.map(({ event }) => event))], ['ready', 'lead.changed'])
})

void t.test('a stream ends with the session, and with the role, that allowed it', async (t) => {
  const gateway = await testGateway(t, { deps: { streamCheckMs: 5 } })
  const sam = await gateway.signedIn('sam@own.example', 'user')
  const mia = await gateway.signedIn('mia@own.example', 'manager')
  const [ofSam, ofMia] = [await follow(t, gateway, '', '', sam), await follow(t, gateway, '', '', mia)]
  await eventually(() => [ofSam, ofMia].every(({ messages }) => messages.some(({ event }) => event === 'ready')))
  t.equal((await sam.post('/v1/sign-out')).status, 204)
  await eventually(() => ofSam.ended())
  t.notOk(ofMia.ended(), 'the other goes on')
  const { users } = gateway.access
  const doing = { actor: 'service:gateway', requestId: 'r-1' } as const
  await users.run(users.idOf('mia@own.example'), { do: 'change-role', role: 'user', by: null }, doing)
  await eventually(() => ofMia.ended())
  t.equal((await follow(t, gateway, '', '', mia)).answer.status, 200, 'she comes back for what she may see now')
  t.equal((await follow(t, gateway, '', '', sam)).answer.status, 401)
})

void t.test('stopping ends the streams and waits for nobody', async (t) => {
  const gateway = await testGateway(t)
  const client = await follow(t, gateway)
  await eventually(() => client.messages.some(({ event }) => event === 'ready'))
  const closed = once(gateway.app.server, 'close')
  await gateway.app.close()
  await closed
  await eventually(() => client.ended())
  t.ok(client.ended())
})
