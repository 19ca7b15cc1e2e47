import { WriteSimulated } from '@leadlog/contracts'
import t from 'tap'
import { book, bookedLead, capture } from '../fixtures/booking-story.ts'
import { queueWrite, record } from '../fixtures/crm-story.ts'
import { giveUp } from '../fixtures/failure-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'
import type { Ledger } from './ledger.schema.ts'

const STARTS_AT = '2026-11-20T10:00:00.000Z'
const HOUR_MS = 3_600_000

void t.test('the books account for every received event, and every gap is named', async (t) => {
  const story = createStory('2026-11-17T22:00:00.000Z')
  bookedLead(story, person('Ada', 'Lovelace'), { startsAt: STARTS_AT })
  story.webhook({ provider: 'readai', externalId: 'ping', disposition: 'ignored', ignoredBecause: 'unknown' })
  story.later(3 * HOUR_MS)
  bookedLead(story, person('Bob', 'Babbage'), { startsAt: STARTS_AT })
  const underWay = book(story, person('Cleo', 'Curie'), { startsAt: STARTS_AT })
  const waiting = story.webhook({ provider: 'readai', externalId: 'waiting' })
  const dead = story.webhook({ provider: 'readai', externalId: 'dead' })
  giveUp(story, dead, 4)
  const dry = person('Dan', 'Dirac')
  const [captured] = capture(story, dry, book(story, dry, { startsAt: STARTS_AT, skipReading: true }).booked)
  if (!captured) throw new Error('the lead was captured')
  const queued = queueWrite(story, dry, captured)
  const held = { writeIds: [queued.data.writeId], kind: 'record' as const, values: {}, fieldNames: [] }
  story.emit(WriteSimulated, dry.personId, { ...record(dry), ...held }, queued)

  const gateway = await testGateway(t, { nowIso: '2026-11-18T12:00:00.000Z' })
  await gateway.tell(story.events)
  const ledger = (await gateway.get('/v1/ledger')).body as Ledger
  t.match(ledger, {
    from: '2026-11-12T00:00:00.000Z',
    to: '2026-11-19T00:00:00.000Z',
    balanced: true,
    gapsTruncated: false
  })
  t.match(ledger.days, [
    { day: '2026-11-17', provider: 'calendly', received: 1, synced: 1, enriched: 1 },
    { day: '2026-11-17', provider: 'readai', received: 1, ignored: 1, accepted: 0 },
    { day: '2026-11-18', provider: 'calendly', received: 3, processed: 2, synced: 1, simulated: 1, processing: 1 },
    { day: '2026-11-18', provider: 'readai', received: 2, failed: 1, processing: 1, queued: 1 }
  ])
  for (const counts of [ledger.totals, ...ledger.days]) {
    t.equal(counts.received, counts.ignored + counts.failed + counts.processing + counts.processed)
    t.equal(counts.received, counts.accepted + counts.ignored)
    t.equal(counts.processed, counts.synced + counts.simulated + counts.unsynced)
  }
  t.equal(ledger.totals.received, 7)
  t.same(
    ledger.gaps.map(({ id, status }) => [id, status]),
    [
      [underWay.webhook.id, 'processing'],
      [waiting.id, 'queued'],
      [dead.id, 'failed']
    ]
  )
  t.equal(ledger.gaps.at(-1)?.reason, 'ZOHO_UNAVAILABLE: Zoho answered 503')

  const day = (await gateway.get('/v1/ledger?from=2026-11-17&to=2026-11-18')).body as Ledger
  t.equal(day.totals.received, 2)
  t.match(await gateway.get('/v1/ledger?from=2026-11-18&to=2026-11-18'), {
    status: 400,
    body: { code: 'LEDGER_RANGE_EMPTY' }
  })
  t.match(await gateway.get('/v1/ledger?from=2026-01-01&to=2026-11-18'), {
    status: 400,
    body: { code: 'LEDGER_RANGE_TOO_LONG' }
  })
})
