import { TransientError, type PayloadRevealed } from '@leadlog/contracts'
import type { RecordRequest } from '@leadlog/event-log'
import t from 'tap'
import { book, bookedLead } from '../fixtures/booking-story.ts'
import { discard, failOnce, giveUp, resolve, retryInVain } from '../fixtures/failure-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'
import { countOpenDeadLetters } from './dead-letters.queries.ts'

const STARTS_AT = '2026-11-20T10:00:00.000Z'
const ada = person('Ada', 'Lovelace')

void t.test('a dead letter tells what failed, why, for whom, and the attempts before', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { firstWrite, webhook, meetingId } = bookedLead(story, ada, { startsAt: STARTS_AT })
  const other = book(story, person('Bob', 'Babbage'), { startsAt: STARTS_AT })
  if (!firstWrite) throw new Error('a write was queued')
  failOnce(story, firstWrite, 1)
  failOnce(story, other.booked, 1)
  failOnce(story, firstWrite, 2)
  const dead = giveUp(story, firstWrite, 3)
  const otherDead = giveUp(story, other.booked, 2)
  const gateway = await testGateway(t)
  await gateway.tell(story.events)

  t.match((await gateway.get('/v1/dead-letters')).body, {
    data: [{ id: otherDead.id }, { id: dead.id }],
    nextCursor: null
  })
  t.match((await gateway.get(`/v1/dead-letters?receivedEventId=${webhook.id}`)).body, { data: [{ id: dead.id }] })
  t.same((await gateway.get('/v1/dead-letters?service=crm')).body, { data: [], nextCursor: null })
  t.match((await gateway.get(`/v1/dead-letters/${dead.id}`)).body, {
    state: 'open',
    service: 'crm-sync',
    handler: 'write-records',
    reason: 'attempts-exhausted',
    code: 'ZOHO_UNAVAILABLE',
    message: 'Zoho answered 503',
    attempts: 3,
    stream: 'EVENTS',
    sequence: firstWrite.sequence,
    eventId: firstWrite.id,
    subject: `crm-sync.record.${ada.personId}`,
    receivedEventId: webhook.id,
    lead: { id: ada.personId, name: 'Ada Lovelace' },
    meetingId,
    failedAttemptLog: [{ attempt: 1 }, { attempt: 2 }]
  })
  t.match((await gateway.get(`/v1/dead-letters/${otherDead.id}`)).body, { lead: null, failedAttemptLog: { length: 1 } })
  t.match(await gateway.get('/v1/dead-letters/none'), { status: 404, body: { code: 'DEAD_LETTER_UNKNOWN' } })
})

void t.test('what operators did is told: who, when, why; lists go by state, groups by kind of failure', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const webhooks = ['one', 'two', 'three'].map((externalId) => story.webhook({ externalId }))
  const letters = webhooks.map((webhook) => giveUp(story, webhook, 3))
  const [first, second, third] = letters
  if (!first || !second || !third) throw new Error('three were given up')
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const group = { fingerprint: first.data.fingerprint, service: 'crm-sync', handler: 'write-records' }
  t.match((await gateway.get('/v1/dead-letters/groups')).body, {
    data: [
      {
        ...group,
        count: 3,
        firstAt: first.time,
        lastAt: third.time,
        code: 'ZOHO_UNAVAILABLE',
        sampleIds: [third.id, second.id, first.id]
      }
    ],
    truncated: false
  })
  const told = story.events.length
  const inVain = retryInVain(story, first)
  const wentThrough = resolve(story, first)
  discard(story, second, 'a test of ours')
  await gateway.tell(story.events.slice(told))

  t.match((await gateway.get(`/v1/dead-letters/${first.id}`)).body, {
    state: 'resolved',
    deadLetterSequence: first.sequence,
    closedAt: wentThrough.time,
    closedBy: wentThrough.actor,
    retries: 2,
    lastRetry: { at: inVain.time, code: 'ZOHO_UNAVAILABLE' }
  })
  t.match((await gateway.get(`/v1/dead-letters/${second.id}`)).body, {
    state: 'discarded',
    discardReason: 'a test of ours',
    retries: 0
  })
  const listed = async (state: string) =>
    ((await gateway.get(`/v1/dead-letters?state=${state}`)).body as { data: { id: string }[] }).data.map(({ id }) => id)
  t.same(await listed('open'), [third.id])
  t.same(await listed('resolved'), [first.id])
  t.same(await listed('discarded'), [second.id])
  t.match(await gateway.get('/v1/dead-letters?state=closed'), { status: 400, body: { code: 'QUERY_INVALID' } })
  t.match((await gateway.get('/v1/dead-letters/groups')).body, {
    data: [{ ...group, count: 1, sampleIds: [third.id] }]
  })
  t.match((await gateway.get('/v1/dead-letters/groups?state=all')).body, { data: [{ count: 3, retries: 2 }] })
  t.same((await gateway.get('/v1/dead-letters/groups?service=crm')).body, { data: [], truncated: false })
  t.same(await countOpenDeadLetters(gateway.deps.db), [{ service: 'crm-sync', handler: 'write-records', count: 1 }])
})

void t.test('a webhook leaves "failed" when its dead letter is closed, and the ledger closes', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { webhook, firstWrite } = bookedLead(story, ada, { startsAt: STARTS_AT })
  const useless = story.webhook({ externalId: 'useless' })
  if (!firstWrite) throw new Error('a write was queued')
  const letters = [giveUp(story, firstWrite, 3), giveUp(story, useless, 1)] as const
  const gateway = await testGateway(t)
  await gateway.tell(story.events)
  const statusOf = async ({ id }: { id: string }) =>
    ((await gateway.get(`/v1/received-events/${id}`)).body as { status: string }).status
  const failed = async () =>
    ((await gateway.get('/v1/ledger?from=2026-11-18')).body as { totals: { failed: number }; balanced: boolean }).totals
      .failed
  t.equal(await statusOf(webhook), 'failed')
  t.equal(await statusOf(useless), 'failed')
  t.equal(await failed(), 2)

  let told = story.events.length
  retryInVain(story, letters[0])
  await gateway.tell(story.events.slice(told))
  t.equal(await statusOf(webhook), 'failed', 'a retry in vain changes nothing')

  told = story.events.length
  resolve(story, letters[0])
  discard(story, letters[1], 'sent by mistake')
  await gateway.tell(story.events.slice(told))
  t.equal(await statusOf(webhook), 'processed')
  t.match((await gateway.get(`/v1/received-events/${useless.id}`)).body, {
    status: 'ignored',
    ignoredBecause: 'sent by mistake'
  })
  t.match((await gateway.get('/v1/ledger?from=2026-11-18')).body, {
    balanced: true,
    totals: { received: 2, failed: 0, processed: 1, ignored: 1, parked: 0 }
  })
})

void t.test(
  'the message is shown without personal data; whoever asks for it is recorded before it is shown',
  async (t) => {
    const story = createStory('2026-11-18T09:00:00.000Z')
    const webhook = story.webhook({ externalId: 'one' })
    const letter = giveUp(story, webhook, 1)
    const revealed: RecordRequest<typeof PayloadRevealed>[] = []
    let away = false
    const gateway = await testGateway(t, {
      deps: {
        reveals: {
          record: async (request) => {
            if (away) throw new TransientError('EVENT_LOG_UNAVAILABLE', 'away')
            revealed.push(request as unknown as RecordRequest<typeof PayloadRevealed>)
            return { stored: true, sequence: 1 }
          }
        }
      }
    })
    await gateway.tell(story.events)
    const path = `/v1/dead-letters/${letter.id}`
    const plain = (await gateway.get(path)).body as { payload: { data: object; payload: unknown } }
    t.match(plain, { payloadMissing: null, payload: { data: { externalId: 'one' }, payload: null } })
    t.notOk('body' in plain.payload.data, 'the sealed body is not shown')
    t.equal(revealed.length, 0)

    t.match((await gateway.get(`${path}?reveal=true`)).body, {
      payload: { payload: { json: { event: 'invitee.created' } } }
    })
    t.match(revealed, [
      {
        actor: 'api-key:default',
        subject: `dead.crm-sync.write-records.${letter.id}.revealed`,
        data: { deadLetterId: letter.id, eventId: webhook.id }
      }
    ])
    away = true
    const refused = await gateway.get(`${path}?reveal=true`)
    t.match(refused, { status: 503, body: { code: 'PAYLOADS_UNAVAILABLE' } })
    t.notMatch(JSON.stringify(refused.body), 'invitee')
  }
)
