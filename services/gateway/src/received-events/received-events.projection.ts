import {
  AttemptFailed,
  BookingSuperseded,
  DeadLettered,
  ExtractionRejected,
  ExtractionSkipped,
  ExtractionStarted,
  isEvent,
  LeadCaptured,
  LeadDemoDateChanged,
  LeadDetailsChanged,
  LeadEnriched,
  LeadIntelExtracted,
  LeadMeetingRecorded,
  LeadStatusChanged,
  MeddicExtracted,
  MeetingBooked,
  MeetingCanceled,
  MeetingHeld,
  MeetingNoShowCleared,
  MeetingNoShowMarked,
  MeetingReportUpdated,
  MeetingRescheduled,
  MeetingsMerged,
  NoteQueued,
  WebhookIgnored,
  WebhookReceived,
  WriteQueued,
  type EventOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { defineProjection } from '@leadlog/projections'
import { countPending, finishStep, startStep, type Steps } from './steps.ts'
import { RECEIVED_EVENTS_TABLE, receivedEventColumns, type ReceivedEventRow } from './received-events.table.ts'

/**
 * Every webhook with how far it got. Its CRM writes are counted at query time from `crm_writes`, because one call to
 * the CRM may settle the writes of several webhooks.
 */
export const receivedEvents = defineProjection({
  name: 'gateway-received-events',
  version: 1,
  table: RECEIVED_EVENTS_TABLE,
  columns: receivedEventColumns,
  indexes: [
    { on: 'received_at desc, id desc', where: 'received_at is not null' },
    { on: 'provider, received_at desc, id desc', where: 'received_at is not null' },
    { on: 'id', where: 'received_at is not null and translated_at is null' },
    { on: 'id', where: 'received_at is not null and pending_steps > 0' },
    { on: 'id', where: `received_at is not null and open_dead_letters <> '{}'` },
    { on: 'id', where: `received_at is not null and (disposition = 'ignored' or ignored_at is not null)` }
  ],
  on: [
    WebhookReceived,
    MeetingBooked,
    MeetingRescheduled,
    BookingSuperseded,
    MeetingCanceled,
    MeetingNoShowMarked,
    MeetingNoShowCleared,
    MeetingHeld,
    MeetingReportUpdated,
    MeetingsMerged,
    WebhookIgnored,
    LeadCaptured,
    LeadMeetingRecorded,
    LeadDetailsChanged,
    LeadStatusChanged,
    LeadDemoDateChanged,
    LeadEnriched,
    ExtractionStarted,
    LeadIntelExtracted,
    MeddicExtracted,
    ExtractionRejected,
    ExtractionSkipped,
    WriteQueued,
    NoteQueued,
    AttemptFailed,
    DeadLettered
  ],
  key: (event) => event.correlationid,
  evolve: {
    [WebhookReceived.type]: received,
    [MeetingBooked.type]: toBeRead,
    [MeetingRescheduled.type]: toBeRead,
    [BookingSuperseded.type]: meetingFact,
    [MeetingCanceled.type]: meetingFact,
    [MeetingNoShowMarked.type]: meetingFact,
    [MeetingNoShowCleared.type]: meetingFact,
    [MeetingHeld.type]: toBeRead,
    [MeetingReportUpdated.type]: toBeRead,
    [MeetingsMerged.type]: meetingFact,
    [WebhookIgnored.type]: ignored,
    [LeadCaptured.type]: leadFact,
    [LeadMeetingRecorded.type]: leadFact,
    [LeadDetailsChanged.type]: leadFact,
    [LeadStatusChanged.type]: leadFact,
    [LeadDemoDateChanged.type]: leadFact,
    [LeadEnriched.type]: leadFact,
    [ExtractionStarted.type]: seen,
    [LeadIntelExtracted.type]: extracted,
    [MeddicExtracted.type]: extracted,
    [ExtractionRejected.type]: readWithoutResult,
    [ExtractionSkipped.type]: readWithoutResult,
    [WriteQueued.type]: writeQueued,
    [NoteQueued.type]: seen,
    [AttemptFailed.type]: failed,
    [DeadLettered.type]: failed
  }
})

type Row = ReceivedEventRow | null

function blank(id: string): ReceivedEventRow {
  return {
    id,
    provider: null,
    event_type: null,
    external_id: null,
    idempotency_key: null,
    received_at: null,
    size: null,
    verified_by: null,
    disposition: null,
    disposition_reason: null,
    translated_at: null,
    last_activity_at: null,
    person_id: null,
    meeting_id: null,
    steps: {},
    pending_steps: 0,
    last_step_at: null,
    enriched_at: null,
    ignored_at: null,
    ignored_reason: null,
    ignored_detail: null,
    failures_sequence: 0,
    failed_attempts: 0,
    highest_failed_attempt: 0,
    next_attempt_at: null,
    open_dead_letters: [],
    failed_at: null,
    last_error: null
  }
}

function received(row: Row, event: EventOf<typeof WebhookReceived>, id: string): ReceivedEventRow {
  const { data } = event
  return {
    ...(row ?? blank(id)),
    provider: data.provider,
    event_type: data.eventType,
    external_id: data.externalId,
    idempotency_key: data.idempotencyKey,
    received_at: data.receivedAt,
    size: data.size,
    verified_by: data.verdict.scheme,
    disposition: data.disposition,
    disposition_reason: data.ignoredBecause
  }
}

/** What every domain event says: that the webhook was understood, when, and whom it concerns. */
function seen(row: Row, event: RecordedEvent, id: string): ReceivedEventRow {
  const before = row ?? blank(id)
  const { personId, meetingId } = event.data as { personId?: string; meetingId?: string | null }
  const direct = event.causationid === event.correlationid
  return {
    ...before,
    translated_at: direct ? earlier(before.translated_at, event.time) : before.translated_at,
    last_activity_at: later(before.last_activity_at, event.time),
    person_id: before.person_id ?? personId ?? null,
    meeting_id: before.meeting_id ?? meetingId ?? null
  }
}

function withSteps(row: ReceivedEventRow, steps: Steps, at: string): ReceivedEventRow {
  return { ...row, steps, pending_steps: countPending(steps), last_step_at: later(row.last_step_at, at) }
}

function meetingFact(row: Row, event: RecordedEvent, id: string): ReceivedEventRow {
  const next = seen(row, event, id)
  return withSteps(next, startStep(next.steps, 'lead', event.id, event.time), event.time)
}

/** A meeting fact that is read: every booking and every report, even where the reading finds nothing new. */
function toBeRead(row: Row, event: RecordedEvent, id: string): ReceivedEventRow {
  const next = meetingFact(row, event, id)
  return withSteps(next, startStep(next.steps, 'extract', event.id, event.time), event.time)
}

function ignored(row: Row, event: EventOf<typeof WebhookIgnored>, id: string): ReceivedEventRow {
  const { reason, detail } = event.data
  return { ...seen(row, event, id), ignored_at: event.time, ignored_reason: reason, ignored_detail: detail }
}

function leadFact(row: Row, event: RecordedEvent, id: string): ReceivedEventRow {
  const next = seen(row, event, id)
  const finished = finishStep(next.steps, 'lead', event.causationid, event.time)
  return withSteps(next, startStep(finished, 'sync', event.causationid, event.time), event.time)
}

function extracted(row: Row, event: RecordedEvent, id: string): ReceivedEventRow {
  const next = readWithoutResult(row, event, id)
  return {
    ...withSteps(next, startStep(next.steps, 'lead', event.id, event.time), event.time),
    enriched_at: earlier(next.enriched_at, event.time)
  }
}

function readWithoutResult(row: Row, event: RecordedEvent, id: string): ReceivedEventRow {
  const next = seen(row, event, id)
  return withSteps(next, finishStep(next.steps, 'extract', event.causationid, event.time), event.time)
}

function writeQueued(row: Row, event: EventOf<typeof WriteQueued>, id: string): ReceivedEventRow {
  const next = seen(row, event, id)
  return withSteps(next, finishStep(next.steps, 'sync', event.data.causeId, event.time), event.time)
}

function failed(
  row: Row,
  event: EventOf<typeof AttemptFailed> | EventOf<typeof DeadLettered>,
  id: string
): ReceivedEventRow {
  const before = row ?? blank(id)
  if (event.sequence <= before.failures_sequence) return before
  const { service, handler, attempt, code, message } = event.data
  const final = isEvent(event, DeadLettered)
  return {
    ...before,
    failures_sequence: event.sequence,
    failed_attempts: before.failed_attempts + 1,
    highest_failed_attempt: Math.max(before.highest_failed_attempt, attempt),
    next_attempt_at: isEvent(event, AttemptFailed) ? event.data.nextAttemptAt : null,
    open_dead_letters: final ? [...before.open_dead_letters, event.id] : before.open_dead_letters,
    failed_at: final ? (before.failed_at ?? event.time) : before.failed_at,
    last_error: { at: event.time, service, handler, attempt, code, message }
  }
}

function earlier(a: string | null, b: string): string {
  return a === null || Date.parse(b) < Date.parse(a) ? b : a
}

function later(a: string | null, b: string): string {
  return a === null || Date.parse(b) > Date.parse(a) ? b : a
}
