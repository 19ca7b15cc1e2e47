import { CallbackIgnored, CallStatusReported, WebhookIgnored } from '@leadlog/contracts'
import { projectionSpec } from '@leadlog/testing'
import fc from 'fast-check'
import t from 'tap'
import { book, bookedLead, capture, enrich, skipReading } from '../fixtures/booking-story.ts'
import { queueWrite } from '../fixtures/crm-story.ts'
import { discard, failOnce, giveUp, resolve, retryInVain } from '../fixtures/failure-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { receivedEvents } from './received-events.projection.ts'
import type { ReceivedEventRow } from './received-events.table.ts'

const STARTS_AT = '2026-11-20T10:00:00.000Z'
const ada = person('Ada', 'Lovelace')

const spec = projectionSpec(receivedEvents)

function only(rows: ReadonlyMap<string, ReceivedEventRow>): ReceivedEventRow {
  const [row] = rows.values()
  if (!row) throw new Error('there is no row')
  return row
}

void t.test('a webhook that nobody took up yet has only what the ingest stream says', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const webhook = story.webhook({ externalId: 'x' })
  const row = only(spec.given(story.events).rows)
  t.match(row, { id: webhook.id, provider: 'calendly', translated_at: null, pending_steps: 0, steps: {} })
})

void t.test('each fact opens the step that must follow, and what follows closes it', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { booked } = book(story, ada, { startsAt: STARTS_AT })
  const pending = () => only(spec.given(story.events).rows).pending_steps
  t.equal(pending(), 2, 'the lead and the reading are to follow')
  const [captured] = capture(story, ada, booked)
  t.equal(pending(), 2, 'the lead is done, the CRM is to follow')
  if (captured) queueWrite(story, ada, captured)
  t.equal(pending(), 1, 'the write has a read model of its own')
  const { enriched } = enrich(story, ada, booked)
  t.equal(pending(), 1, 'the reading is done and taken over, the CRM is to follow')
  queueWrite(story, ada, enriched)
  t.equal(pending(), 0)
  const row = only(spec.given(story.events).rows)
  t.match(row, { person_id: ada.personId, meeting_id: booked.data.meetingId })
  t.ok(row.enriched_at)
})

void t.test('a booking whose answers were read before is done with the note that they were', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { booked } = book(story, ada, { startsAt: STARTS_AT })
  const [captured] = capture(story, ada, booked)
  if (captured) queueWrite(story, ada, captured)
  t.equal(only(spec.given(story.events).rows).pending_steps, 1)
  skipReading(story, booked)
  t.match(only(spec.given(story.events).rows), { pending_steps: 0, enriched_at: null })
})

void t.test('a callback is done with its fact, or with the word that it tells nothing new', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const callback = story.webhook({ provider: 'twilio', eventType: 'voice-status', externalId: 'CA1 0' })
  const report = {
    callId: 'c1',
    personId: ada.personId,
    leadId: null,
    callSid: 'CA1',
    direction: 'inbound' as const,
    number: '+14155550142',
    ours: '+16465550100',
    status: 'completed' as const,
    sequence: 0,
    durationSeconds: 7,
    reportedAt: '2026-11-18T09:00:00.000Z'
  }
  story.emit(CallStatusReported, 'c1', report, callback)
  t.match(only(spec.given(story.events).rows), {
    translated_at: story.events.at(-1)?.time,
    pending_steps: 0,
    ignored_at: null
  })
  const again = createStory('2026-11-18T09:00:00.000Z')
  const known = again.webhook({ provider: 'twilio', eventType: 'recording', externalId: 'RE1 completed' })
  again.emit(CallbackIgnored, known.id, { webhookId: known.id, reason: 'nothing-new', detail: 'Known' }, known)
  t.match(only(spec.given(again.events).rows), { ignored_reason: 'nothing-new', pending_steps: 0 })
})

void t.test('the rows do not depend on cuts and repetition', async () => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { firstWrite } = bookedLead(story, ada, { startsAt: STARTS_AT })
  const ignored = story.webhook({ externalId: 'again' })
  const details = { webhookId: ignored.id, reason: 'booking-already-recorded', detail: 'known' }
  story.emit(WebhookIgnored, ignored.id, details, ignored)
  if (firstWrite) failOnce(story, firstWrite, 1)
  if (firstWrite) {
    const letter = giveUp(story, firstWrite, 2)
    retryInVain(story, letter)
    resolve(story, letter)
  }
  discard(story, giveUp(story, ignored, 1), 'a test')
  const given = spec.given(story.events)
  given.thenEvenTwice(Object.fromEntries(given.rows))
})

void t.test('the steps do not depend on the order in which the services recorded them', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  bookedLead(story, ada, { startsAt: STARTS_AT })
  const expected = only(spec.given(story.events).rows)
  fc.assert(
    fc.property(fc.shuffledSubarray([...story.events], { minLength: story.events.length }), (shuffled) => {
      const row = only(spec.given(story.inOrder(shuffled)).rows)
      const { steps, pending_steps, translated_at, last_activity_at, enriched_at, provider } = expected
      t.match(row, { pending_steps, translated_at, last_activity_at, enriched_at, provider })
      t.strictSame(sorted(row.steps), sorted(steps))
    }),
    { numRuns: 50 }
  )
})

void t.test('failures are counted once each, and the newest is told', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { firstWrite } = bookedLead(story, ada, { startsAt: STARTS_AT })
  if (!firstWrite) throw new Error('a write was queued')
  failOnce(story, firstWrite, 1)
  const dead = giveUp(story, firstWrite, 2)
  const row = only(spec.given([...story.events, ...story.events]).rows)
  t.match(row, { failed_attempts: 2, highest_failed_attempt: 2, open_dead_letters: [dead.id] })
  t.match(row.last_error, { handler: 'write-records', attempt: 2, code: 'ZOHO_UNAVAILABLE' })
})

function sorted(steps: ReceivedEventRow['steps']) {
  return Object.entries(steps).sort(([a], [b]) => a.localeCompare(b))
}
