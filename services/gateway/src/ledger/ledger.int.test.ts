import { ReconciliationCompleted, ReconciliationStarted, WriteSimulated } from '@leadlog/contracts'
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
  t.equal(ledger.totals.parked, 1)
  t.same(ledger.sources, [], 'nothing was reconciled')
  t.same(
    ledger.gaps.map(({ id, status, step }) => [id, status, step]),
    [
      [underWay.webhook.id, 'processing', 'lead'],
      [waiting.id, 'queued', 'translate'],
      [dead.id, 'failed', 'crm']
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

void t.test('the books say when a day was last compared with the provider, and what had not come', async (t) => {
  const story = createStory('2026-11-18T08:00:00.000Z')
  story.webhook({ externalId: 'came' })
  const scheme = { scheme: 'calendly-api-pull', verifiedAt: story.now() }
  const pulled = story.webhook({ externalId: 'lost', verdict: scheme })
  story.webhook({ provider: 'readai', externalId: 'held' })
  const counts = { listed: 2, known: 1, ingested: 1, failed: 0 }
  const window = { from: '2026-11-15T08:00:00.000Z', to: '2026-11-18T07:50:00.000Z' }
  const run = { source: 'calendly', trigger: 'schedule' as const, ...window }
  const reconcile = (runId: string, completed: object) => {
    const startedAt = story.now()
    story.emit(ReconciliationStarted, 'calendly-2026-11', { runId, ...run, startedAt, endsBy: startedAt }, pulled)
    const none = { days: [], ingestedIds: [], failures: [], complete: true, problem: null, ...counts }
    const data = { runId, ...run, startedAt, completedAt: story.now(), ...none, ...completed }
    story.emit(ReconciliationCompleted, 'calendly-2026-11', data, pulled)
    return data
  }
  const seen = reconcile('run-1', {
    days: [{ day: '2026-11-18', ...counts }],
    ingestedIds: [pulled.id]
  })
  story.later(HOUR_MS)
  const refused = { code: 'INGEST_PULL_REFUSED', message: 'Set CALENDLY_API_TOKEN' }
  reconcile('run-2', { complete: false, problem: refused, listed: 0, known: 0, ingested: 0 })

  const gateway = await testGateway(t, { nowIso: '2026-11-18T12:00:00.000Z' })
  await gateway.tell(story.events)
  const ledger = (await gateway.get('/v1/ledger')).body as Ledger
  t.match(ledger.days, [
    {
      provider: 'calendly',
      received: 2,
      pulled: 1,
      reconciledAt: seen.completedAt,
      reconciledThrough: '2026-11-18T07:50:00.000Z'
    },
    { provider: 'readai', received: 1, pulled: 0, reconciledAt: null, reconciledThrough: null }
  ])
  t.match(ledger.sources, [
    {
      provider: 'calendly',
      reconciledAt: seen.completedAt,
      lastRun: { id: 'run-2', complete: false, problem: 'INGEST_PULL_REFUSED: Set CALENDLY_API_TOKEN' }
    }
  ])
})
