import {
  type AttemptDeferred,
  AttemptFailed,
  type CallbackIgnored,
  DeadLettered,
  type DeadLetterDiscarded,
  type DeadLetterResolved,
  type DeadLetterRetryFailed,
  isEvent,
  type EventOf,
  type RecordedEvent,
  type StripeEventIgnored,
  type WebhookErased,
  type WebhookIgnored,
  type WebhookReceived,
  type WriteQueued
} from '@leadlog/contracts'
import type { ReceivedEventRow } from './received-events.table.ts'
import { finishStep, startStep, type CountedSteps, type StepKind } from './steps.ts'

type Row = ReceivedEventRow | null

/** What INGEST alone tells. */
const NOT_RECEIVED = {
  provider: null,
  event_type: null,
  external_id: null,
  idempotency_key: null,
  received_at: null,
  size: null,
  verified_by: null,
  disposition: null,
  disposition_reason: null,
  received_sequence: 0
}

/** What DEAD_LETTERS alone tells. */
const NOT_FAILED = {
  failures_sequence: 0,
  failed_attempts: 0,
  highest_failed_attempt: 0,
  next_attempt_at: null,
  open_dead_letters: [],
  failed_at: null,
  discarded_at: null,
  discarded_reason: null,
  last_error: null
}

function blank(id: string): ReceivedEventRow {
  return {
    id,
    ...NOT_RECEIVED,
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
    ...NOT_FAILED
  }
}

/** The row when INGEST has lost the webhook. */
export function withoutReceipt(row: ReceivedEventRow): ReceivedEventRow | null {
  return orNothing({ ...row, ...NOT_RECEIVED })
}

/** The row when DEAD_LETTERS has lost the failures. */
export function withoutFailures(row: ReceivedEventRow): ReceivedEventRow | null {
  return orNothing({ ...row, ...NOT_FAILED })
}

/** Each stream's events leave a mark of their own; a row without any was made of what is gone. */
function orNothing(row: ReceivedEventRow): ReceivedEventRow | null {
  return row.received_sequence === 0 && row.last_activity_at === null && row.failures_sequence === 0 ? null : row
}

export function received(row: Row, event: EventOf<typeof WebhookReceived>, id: string): ReceivedEventRow {
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
    disposition_reason: data.ignoredBecause,
    received_sequence: event.sequence
  }
}

/** What is left of a webhook that was erased: that it came, but neither what it said nor its name at the provider. */
export function receivedOnce(row: Row, event: EventOf<typeof WebhookErased>, id: string): ReceivedEventRow {
  const { data } = event
  return {
    ...(row ?? blank(id)),
    provider: data.provider,
    event_type: data.eventType,
    external_id: null,
    idempotency_key: null,
    received_at: data.receivedAt,
    size: data.size,
    verified_by: data.verifiedBy,
    disposition: data.disposition,
    disposition_reason: data.ignoredBecause,
    received_sequence: event.sequence
  }
}

/** What every domain event says: that the webhook was understood, when, and whom it concerns. */
export function seen(row: Row, event: RecordedEvent, id: string): ReceivedEventRow {
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

type ChangeOfStep = (counted: CountedSteps, kind: StepKind, causeId: string, at: string) => CountedSteps

function withStep(row: ReceivedEventRow, change: ChangeOfStep, kind: StepKind, causeId: string, at: string) {
  const { steps, pending } = change({ steps: row.steps, pending: row.pending_steps }, kind, causeId, at)
  return { ...row, steps, pending_steps: pending, last_step_at: later(row.last_step_at, at) }
}

export function meetingFact(row: Row, event: RecordedEvent, id: string): ReceivedEventRow {
  const next = seen(row, event, id)
  return withStep(next, startStep, 'lead', event.id, event.time)
}

/** A meeting fact that is read: every booking and every report, even where the reading finds nothing new. */
export function toBeRead(row: Row, event: RecordedEvent, id: string): ReceivedEventRow {
  const next = meetingFact(row, event, id)
  return withStep(next, startStep, 'extract', event.id, event.time)
}

/** What a platform told of a meeting that may have become known later: until then the webhook was of nobody. */
export function toldLater(row: Row, event: RecordedEvent, id: string): ReceivedEventRow {
  return { ...seen(row, event, id), ignored_at: null, ignored_reason: null, ignored_detail: null }
}

/** What was said, to be read, unless a notetaker's report of the same meeting is. */
export function transcribed(row: Row, event: RecordedEvent, id: string): ReceivedEventRow {
  const next = toldLater(row, event, id)
  return withStep(next, startStep, 'extract', event.id, event.time)
}

export function ignored(
  row: Row,
  event: EventOf<typeof WebhookIgnored | typeof CallbackIgnored | typeof StripeEventIgnored>,
  id: string
): ReceivedEventRow {
  const { reason, detail } = event.data
  return { ...seen(row, event, id), ignored_at: event.time, ignored_reason: reason, ignored_detail: detail }
}

/** The lead took the fact in. */
export function leadFact(row: Row, event: RecordedEvent, id: string): ReceivedEventRow {
  const next = seen(row, event, id)
  return withStep(next, finishStep, 'lead', event.causationid, event.time)
}

/** The lead took the fact in, and its CRM record must show it. */
export function leadFactForCrm(row: Row, event: RecordedEvent, id: string): ReceivedEventRow {
  const next = leadFact(row, event, id)
  return withStep(next, startStep, 'sync', event.causationid, event.time)
}

export function extracted(row: Row, event: RecordedEvent, id: string): ReceivedEventRow {
  const next = readWithoutResult(row, event, id)
  return {
    ...withStep(next, startStep, 'lead', event.id, event.time),
    enriched_at: earlier(next.enriched_at, event.time)
  }
}

export function readWithoutResult(row: Row, event: RecordedEvent, id: string): ReceivedEventRow {
  const next = seen(row, event, id)
  return withStep(next, finishStep, 'extract', event.causationid, event.time)
}

export function writeQueued(row: Row, event: EventOf<typeof WriteQueued>, id: string): ReceivedEventRow {
  const next = seen(row, event, id)
  return withStep(next, finishStep, 'sync', event.data.causeId, event.time)
}

/** It waits for something that is away: told as the last error, but no attempt failed. */
export function deferred(row: Row, event: EventOf<typeof AttemptDeferred>, id: string): ReceivedEventRow {
  const before = row ?? blank(id)
  if (event.sequence <= before.failures_sequence) return before
  const { service, handler, attempt, code, message, nextAttemptAt } = event.data
  return {
    ...before,
    failures_sequence: event.sequence,
    next_attempt_at: nextAttemptAt,
    last_error: { at: event.time, service, handler, attempt, code, message }
  }
}

export function failed(
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

/** An operator tried again, in vain: told as the last error. */
export function retryFailed(row: Row, event: EventOf<typeof DeadLetterRetryFailed>, id: string): ReceivedEventRow {
  const before = row ?? blank(id)
  if (event.sequence <= before.failures_sequence) return before
  const { service, handler, code, message } = event.data
  const attempt = before.highest_failed_attempt
  return {
    ...before,
    failures_sequence: event.sequence,
    last_error: { at: event.time, service, handler, attempt, code, message }
  }
}

/** It went through after all: what follows from it says how far it got. */
export function resolved(row: Row, event: EventOf<typeof DeadLetterResolved>, id: string): ReceivedEventRow {
  return withoutDeadLetter(row, event, id)
}

export function discarded(row: Row, event: EventOf<typeof DeadLetterDiscarded>, id: string): ReceivedEventRow {
  const before = row ?? blank(id)
  if (event.sequence <= before.failures_sequence) return before
  return {
    ...withoutDeadLetter(before, event, id),
    discarded_at: event.time,
    discarded_reason: event.data.reason
  }
}

function withoutDeadLetter(
  row: Row,
  { sequence, data }: EventOf<typeof DeadLetterResolved> | EventOf<typeof DeadLetterDiscarded>,
  id: string
): ReceivedEventRow {
  const before = row ?? blank(id)
  if (sequence <= before.failures_sequence) return before
  const open = before.open_dead_letters.filter((letter) => letter !== data.deadLetterId)
  return {
    ...before,
    failures_sequence: sequence,
    open_dead_letters: open,
    failed_at: open.length === 0 ? null : before.failed_at,
    next_attempt_at: null
  }
}

function earlier(a: string | null, b: string): string {
  return a === null || Date.parse(b) < Date.parse(a) ? b : a
}

function later(a: string | null, b: string): string {
  return a === null || Date.parse(b) > Date.parse(a) ? b : a
}
