import { PaymentParked } from '@leadlog/contracts'
import t from 'tap'
import { book, bookedLead, capture } from '../fixtures/booking-story.ts'
import { queueWrite, write } from '../fixtures/crm-story.ts'
import { giveUp } from '../fixtures/failure-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'
import type { Overview } from './overview.schema.ts'

const STARTS_AT = '2026-11-20T10:00:00.000Z'
const HOUR_MS = 3_600_000

void t.test('the overview counts what needs a person, what flows, and the funnel', async (t) => {
  const story = createStory('2026-11-16T09:00:00.000Z')
  story.webhook({ provider: 'readai', externalId: 'stuck' })
  story.later(47 * HOUR_MS)
  const ada = person('Ada', 'Lovelace')
  const [captured] = capture(story, ada, book(story, ada, { startsAt: STARTS_AT, skipReading: true }).booked)
  if (!captured) throw new Error('the lead was captured')
  write(story, ada, [queueWrite(story, ada, captured)])
  bookedLead(story, person('Bob', 'Babbage'), { startsAt: STARTS_AT })
  giveUp(story, story.webhook({ provider: 'readai', externalId: 'dead' }), 4)
  giveUp(story, story.webhook({ provider: 'readai', externalId: 'dead too' }), 4)

  const stripe = { sessionId: 'cs_1', paymentIntentId: 'pi_1' }
  const money = { paymentId: 'p1', amount: 100, currency: 'USD', stripe, at: story.now() }
  const parked = { invoiceId: 'i1', personId: ada.personId, ...money, reason: 'amount-differs' as const, expected: 200 }
  story.emit(PaymentParked, 'i1', parked, captured)

  const gateway = await testGateway(t, { nowIso: '2026-11-18T12:10:00.000Z' })
  const before = (await gateway.get('/v1/overview')).body as Overview
  t.match(before, {
    attention: { deadLetters: 0, stuck: 0 },
    day: { received: 0, crmP50Ms: null },
    leads: { total: 0 }
  })
  await gateway.tell(story.events)
  const overview = (await gateway.get('/v1/overview')).body as Overview
  t.match(overview.attention, {
    deadLetters: 2,
    deadLetterGroups: 1,
    refusedWrites: 0,
    unknownWrites: 0,
    stuck: 1,
    parkedPayments: 1,
    parkedRows: 0
  })
  t.match(overview.leads, { total: 2, statuses: [{ status: 'new' }, { status: 'demo-booked', count: 2 }] })
  t.same(overview.off, { flags: [], dryRunWrites: 0, readByRules: 1 }, 'rules read in place of a language model')
  const { day } = overview
  t.equal(day.hours.length, 24)
  t.equal(day.hours[0]?.hour, '2026-11-17T13:00:00.000Z')
  t.equal(day.hours.at(-1)?.hour, '2026-11-18T12:00:00.000Z')
  t.match(day, { received: 4, failed: 2 }, 'the one of two days before is not of the day')
  t.equal(day.received, day.done + day.failed + day.underWay)
  t.equal(
    day.received,
    day.hours.reduce((sum, { received }) => sum + received, 0)
  )
  t.ok(day.crmP50Ms !== null && day.crmP99Ms !== null && day.crmP99Ms >= day.crmP50Ms && day.crmP50Ms > 0)
  t.equal(overview.spend.readings, 1)
  t.ok(overview.spend.costMicroUsd >= 0)
})
