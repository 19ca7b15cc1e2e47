import {
  LeadEnriched,
  LeadFieldsCleared,
  LeadMeetingRecorded,
  LeadStatusChanged,
  OutcomeUnknown,
  WriteRefused,
  type MeetingFact
} from '@leadlog/contracts'
import { projectionSpec } from '@leadlog/testing'
import t from 'tap'
import { book, bookedLead, capture, enrich } from '../fixtures/booking-story.ts'
import { queueWrite, record, write } from '../fixtures/crm-story.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { leads } from './leads.projection.ts'

const ada = person('Ada', 'Lovelace')
const spec = projectionSpec(leads)
const STARTS_AT = '2026-11-20T10:00:00.000Z'

void t.test('a lead is what its events say, whatever the cut and the repetition', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  bookedLead(story, ada, { startsAt: STARTS_AT })
  const given = spec.given(story.events)
  given.thenEvenTwice(Object.fromEntries(given.rows))
  t.match(given.rows.get(ada.personId), {
    email: 'ada.lovelace@example.com',
    name: 'Ada Lovelace',
    company: 'Acme',
    status: 'demo-booked',
    demo_at: STARTS_AT,
    demo_source: 'calendar',
    captured: true,
    crm_id: '4876876000001',
    sync_state: 'written',
    open_writes: [],
    search: /acme/
  })
})

void t.test('the newest value of a field stands, with its own provenance', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { extracted, enriched } = bookedLead(story, ada, { startsAt: STARTS_AT })
  const later = {
    ...enriched.data,
    provider: 'gemini',
    fields: [{ field: 'company', value: 'Acme Ltd', evidence: null }]
  }
  const second = story.emit(LeadEnriched, ada.personId, later, extracted)
  const row = spec.given(story.events).rows.get(ada.personId)
  t.match(row?.fields, {
    company: { value: 'Acme Ltd', provider: 'gemini', eventId: second.id },
    painPoints: { value: ['slow reports', 'lost leads'], provider: 'rules', eventId: enriched.id }
  })
  t.equal(row?.company, 'Acme Ltd')
})

void t.test('what an extraction, read anew, no longer supports is gone', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { extracted, enriched } = bookedLead(story, ada, { startsAt: STARTS_AT })
  const { extractionId, personId } = enriched.data
  const cleared = { leadId: personId, personId, fields: ['company'] }
  story.emit(LeadFieldsCleared, personId, { ...cleared, extractionId: 'of another' }, extracted)
  t.equal(spec.given(story.events).rows.get(personId)?.company, 'Acme', "another extraction's word does not count")
  story.emit(LeadFieldsCleared, personId, { ...cleared, extractionId }, extracted)
  const row = spec.given(story.events).rows.get(personId)
  t.equal(row?.company, null)
  t.strictSame(Object.keys(row?.fields ?? {}), ['painPoints'])
})

void t.test('the CRM is in step only when nothing waits', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { booked } = book(story, ada, { startsAt: STARTS_AT })
  const [captured] = capture(story, ada, booked)
  const state = () => spec.given(story.events).rows.get(ada.personId)?.sync_state
  t.equal(state(), 'none')
  if (!captured) throw new Error('the lead was captured')
  const first = queueWrite(story, ada, captured)
  t.equal(state(), 'queued')
  const { enriched } = enrich(story, ada, booked)
  const second = queueWrite(story, ada, enriched)
  write(story, ada, [first])
  t.equal(state(), 'queued', 'the second write waits')
  const outcome = { writeIds: [second.data.writeId], kind: 'record' as const }
  story.emit(OutcomeUnknown, ada.personId, { ...record(ada), ...outcome, effectKey: 'k', reason: 'time-out' }, second)
  t.equal(state(), 'unknown')
  const refusal = { code: 'INVALID_DATA', field: 'Company', message: 'too long', httpStatus: 202 }
  story.emit(WriteRefused, ada.personId, { ...record(ada), ...outcome, ...refusal }, second)
  t.match(spec.given(story.events).rows.get(ada.personId), {
    sync_state: 'refused',
    sync_error: 'INVALID_DATA: too long'
  })
  write(story, ada, [second])
  t.match(spec.given(story.events).rows.get(ada.personId), { sync_state: 'written', sync_error: null })
})

void t.test('merged meetings count once', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const { booked, meetingId } = book(story, ada, { startsAt: STARTS_AT })
  const [, recorded] = capture(story, ada, booked)
  const { fact } = recorded?.data as { fact: MeetingFact }
  const ids = { leadId: ada.personId, personId: ada.personId, customer: null, source: 'calendly' as const }
  story.emit(LeadMeetingRecorded, ada.personId, { ...ids, fact: { ...fact, meetingId: 'm2' } }, booked)
  t.same(spec.given(story.events).rows.get(ada.personId)?.meeting_ids, [meetingId, 'm2'])
  story.emit(
    LeadMeetingRecorded,
    ada.personId,
    { ...ids, fact: { ...fact, kind: 'merged', meetingId, key: 'm2' } },
    booked
  )
  t.same(spec.given(story.events).rows.get(ada.personId)?.meeting_ids, [meetingId])
})

void t.test('a lead whose person is not known yet is no lead to show', async (t) => {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const webhook = story.webhook({ externalId: 'no-show' })
  const change = { from: 'new' as const, to: 'demo-no-show' as const, meetingId: null, decidedByFactAt: null }
  story.emit(LeadStatusChanged, ada.personId, { leadId: ada.personId, personId: ada.personId, ...change }, webhook)
  t.match(spec.given(story.events).rows.get(ada.personId), { captured: false, status: 'demo-no-show' })
})
