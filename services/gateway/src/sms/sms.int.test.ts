import { PersonErased } from '@leadlog/contracts'
import { projectionSpec } from '@leadlog/testing'
import t from 'tap'
import { bookedLead } from '../fixtures/booking-story.ts'
import { person } from '../fixtures/people.ts'
import { template, thread } from '../fixtures/sms-story.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'
import { suppressions } from '../suppressions/suppressions.projection.ts'
import { smsMessages } from './sms-messages.projection.ts'
import { smsThreads } from './sms-threads.projection.ts'

const SAM = 'sam@own.example'
const ADAS = '+14155550142'
const STRANGERS = '+14155550199'
const ada = person('Ada', 'Lovelace')

/** Ada, Sam's lead, got a message and wrote STOP while another one waited; a stranger wrote. */
function twoThreads() {
  const story = createStory('2026-11-18T09:00:00.000Z')
  bookedLead(story, ada, { startsAt: '2026-11-20T10:00:00.000Z', hostEmail: SAM })
  template(story)
  const strangers = thread(story, STRANGERS, null)
  const question = strangers.receive('Who is this?')
  const adas = thread(story, ADAS, ada.personId)
  const sent = adas.request('Your demo is on Friday.')
  adas.send(sent)
  adas.receive('Thanks')
  const ended = adas.request('See you.')
  adas.stop()
  return { story, adas, strangers, question, sent, ended }
}

void t.test('threads, their messages with why they went, suppressions and templates', async (t) => {
  const { story, adas, strangers, sent, ended } = twoThreads()
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  t.match((await gateway.get('/v1/sms-threads?expand=lead')).body, {
    data: [
      {
        id: adas.threadId,
        leadId: ada.personId,
        number: ADAS,
        lastMessage: { direction: 'out', text: 'See you.' },
        received: 1,
        sent: 2,
        waiting: 1,
        suppressed: { suppressionId: adas.callerId, reason: 'opted-out' },
        expanded: { lead: { name: 'Ada Lovelace' } }
      },
      { id: strangers.threadId, leadId: null, waiting: 0, suppressed: null }
    ]
  })
  const told = story.events.length
  adas.end(ended)
  await gateway.tell(story.events.slice(told))
  const messages = await gateway.get(`/v1/sms-threads/${adas.threadId}/messages?sort=at`)
  t.match(messages.body, {
    data: [
      { id: sent, direction: 'out', status: 'delivered', check: { result: 'allowed', timeZonesFrom: 'number' } },
      { direction: 'in', status: 'received', text: 'Thanks' },
      { id: ended, status: 'not-sent', notSent: { reason: 'suppressed' } }
    ],
    nextCursor: null
  })
  t.match((await gateway.get(`/v1/sms-threads/${adas.threadId}`)).body, { waiting: 0 })
  t.match(await gateway.get('/v1/sms-threads/none'), { status: 404, body: { code: 'SMS_THREAD_UNKNOWN' } })
  t.match(await gateway.get('/v1/sms-threads/none/messages'), { status: 404, body: { code: 'SMS_THREAD_UNKNOWN' } })
  for (const [query, ids] of [
    [`leadId=${ada.personId}`, [adas.threadId]],
    ['number=1 415 555 0199', [strangers.threadId]],
    ['ours=%2B19990000000', []]
  ] as const) {
    const { body } = await gateway.get(`/v1/sms-threads?${query}`)
    t.same(
      (body as { data: { id: string }[] }).data.map(({ id }) => id),
      ids,
      query
    )
  }
  t.match((await gateway.get('/v1/suppressions?channel=sms&reason=opted-out&active=true&number=14155550142')).body, {
    data: [{ id: adas.callerId, address: ADAS, facts: [{ channel: 'sms' }], history: [{ did: 'suppressed' }] }]
  })
  t.match((await gateway.get('/v1/suppressions?channel=call')).body, { data: [] })
  t.match((await gateway.get(`/v1/suppressions/${adas.callerId}?expand=lead`)).body, {
    active: true,
    expanded: { lead: { name: 'Ada Lovelace' } }
  })
  t.match(await gateway.get('/v1/suppressions/none'), { status: 404, body: { code: 'SUPPRESSION_UNKNOWN' } })
  t.match((await gateway.get('/v1/sms-templates')).body, {
    data: [{ id: 'reminder', versions: [{ version: 2, text: 'Text 2 of {{day}}' }, { version: 1 }] }]
  })
  t.match((await gateway.get(`/v1/leads/${ada.personId}/timeline?kind=sms`)).body, {
    data: [
      { title: 'Text message not sent' },
      { title: 'No text messages any more', detail: 'opted out' },
      { title: 'Text message to them', detail: 'See you.' },
      { title: 'Text message from them', detail: 'Thanks' },
      { title: 'Text message to them', detail: 'Your demo is on Friday.' }
    ]
  })
})

void t.test('a user sees the messages of their own leads', async (t) => {
  const { story, adas, strangers } = twoThreads()
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const sam = await gateway.signedIn(SAM, 'user')
  const idsOf = (body: unknown): string[] => (body as { data: { id: string }[] }).data.map(({ id }) => id)
  t.same(idsOf((await sam.get('/v1/sms-threads')).body), [adas.threadId])
  t.same(idsOf((await sam.get('/v1/suppressions')).body), [adas.callerId])
  t.equal((await sam.get(`/v1/sms-threads/${strangers.threadId}/messages`)).status, 404)
})

void t.test('messages come to a lead known later, with their thread, and leave with a corrected number', async (t) => {
  const { story, adas, strangers, question, sent } = twoThreads()
  strangers.stop()
  const others = thread(story, '+14155550188', null)
  const wrong = others.receive('Wrong number')
  others.attribute(wrong, ada.personId)
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const detailsFor = async ({ get }: Pick<typeof gateway, 'get'>) => {
    const { body } = await get(`/v1/leads/${ada.personId}/timeline?kind=sms`)
    return (body as { data: { detail: string }[] }).data.map(({ detail }) => detail)
  }
  const before = ['Wrong number', 'opted out', 'See you.', 'Thanks', 'Your demo is on Friday.']
  t.same(await detailsFor(gateway), before)

  const told = story.events.length
  strangers.attribute(question, ada.personId)
  others.attribute(wrong, null)
  adas.attribute(sent, null)
  await gateway.tell(story.events.slice(told))
  const sam = await gateway.signedIn(SAM, 'user')
  for (const reader of [gateway, sam]) {
    t.same(await detailsFor(reader), ['opted out', 'See you.', 'Thanks', 'Who is this?'])
  }
  t.match((await sam.get(`/v1/sms-threads/${strangers.threadId}`)).body, {
    leadId: ada.personId,
    suppressed: { suppressionId: strangers.callerId, reason: 'opted-out' }
  })
  t.match((await sam.get(`/v1/sms-threads/${strangers.threadId}/messages`)).body, {
    data: [{ id: question, leadId: ada.personId, status: 'received' }]
  })
  t.equal((await sam.get(`/v1/sms-threads/${others.threadId}`)).status, 404)
  t.match((await gateway.get(`/v1/sms-threads/${others.threadId}`)).body, { leadId: null })
})

void t.test('an erased person is gone, and still not written to', async (t) => {
  const { story, adas, strangers, sent } = twoThreads()
  const messageIds = story.events.flatMap(({ data }) => {
    const { threadId, messageId } = data as { threadId?: string; messageId?: string }
    return threadId === adas.threadId && messageId !== undefined ? [messageId] : []
  })
  const cause = story.webhook({ provider: 'twilio', eventType: 'sms', externalId: 'erasure' })
  const erased = {
    erasureId: 'x1',
    personId: ada.personId,
    leadId: ada.personId,
    meetingIds: [],
    crmWriteIds: [],
    callIds: [],
    callerIds: [adas.callerId],
    messageIds,
    threadIds: [adas.threadId],
    eventIds: []
  }
  story.emit(PersonErased, ada.personId, erased, cause)
  adas.send(sent)
  adas.attribute(sent, null)
  t.same([...projectionSpec(smsThreads).given(story.events).rows.keys()], [strangers.threadId])
  const left = [...projectionSpec(smsMessages).given(story.events).rows.values()]
  t.same(
    left.map(({ thread_id: id }) => id),
    [strangers.threadId]
  )
  t.match(projectionSpec(suppressions).given(story.events).rows.get(adas.callerId), {
    address: null,
    person_id: null,
    lead_id: null,
    active: true,
    facts: [{ channel: 'sms', reason: 'opted-out' }]
  })
})

void t.test('the read models come out the same when everything is told twice', async () => {
  const { story, strangers, question } = twoThreads()
  strangers.attribute(question, ada.personId)
  const messages = projectionSpec(smsMessages).given(story.events)
  messages.thenEvenTwice(Object.fromEntries(messages.rows))
  const threads = projectionSpec(smsThreads).given(story.events)
  threads.thenEvenTwice(Object.fromEntries(threads.rows))
  const closed = projectionSpec(suppressions).given(story.events)
  closed.thenEvenTwice(Object.fromEntries(closed.rows))
})
