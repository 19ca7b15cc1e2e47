import {
  AlertSent,
  AttemptDeferred,
  AttemptFailed,
  CallbackIgnored,
  CommandSettled,
  DeadLetterDiscarded,
  DeadLettered,
  DeadLetterResolved,
  DeadLetterRetryFailed,
  eventRegistry,
  ExtractionRejected,
  ExtractionSkipped,
  ExtractionStarted,
  FieldMappingChanged,
  FieldMappingChecked,
  FieldMappingConfigured,
  FlagSwitched,
  isEvent,
  LeadDemoDateChanged,
  LeadEnriched,
  LeadIntelExtracted,
  LeadMeetingRecorded,
  LeadStatusChanged,
  MeddicExtracted,
  MeetingBooked,
  MeetingHeld,
  MeetingReportUpdated,
  MeetingRescheduled,
  NoteQueued,
  NoteWritten,
  ObjectOutcomeUnknown,
  ObjectQueued,
  ObjectRefused,
  ObjectSimulated,
  ObjectWritten,
  OutcomeUnknown,
  RecordWritten,
  RedriveCompleted,
  RedriveStarted,
  RedriveStopped,
  ReplayCompleted,
  ReplayStarted,
  ReplayStopped,
  StripeEventIgnored,
  WebhookIgnored,
  WebhookReceived,
  WorkCancelled,
  WorkCompleted,
  WorkStarted,
  WorkStopped,
  WriteQueued,
  WriteRefused,
  WriteSimulated,
  type EventOf,
  type ModelCall,
  type RecordedEvent,
  type WorkKind
} from '@leadlog/contracts'

/** Small facts of an event that identify nobody; what a trace shows without opening the payload. */
export type EventFacts = Readonly<Record<string, string | number | boolean | readonly string[] | null>>

/** One line about the event, free of personal data. */
export function summaryOf(event: RecordedEvent): string {
  if (isEvent(event, WebhookReceived)) return `${event.data.provider} sent ${event.data.eventType}`
  if (isIgnored(event)) return `Changes nothing: ${event.data.reason}`
  if (isEvent(event, MeetingBooked)) return `Meeting booked for ${event.data.startsAt}`
  if (isEvent(event, MeetingRescheduled)) return `Meeting moved to ${event.data.startsAt}`
  if (isEvent(event, MeetingHeld)) return `Meeting held, ${minutes(event.data.durationMinutes)}`
  if (isEvent(event, MeetingReportUpdated)) return `Report updated, ${minutes(event.data.durationMinutes)}`
  if (isEvent(event, LeadStatusChanged)) return `Status ${event.data.from} → ${event.data.to}`
  if (isEvent(event, LeadMeetingRecorded)) return `Meeting ${event.data.fact.kind} on the lead's record`
  if (isEvent(event, LeadDemoDateChanged)) return `Demo at ${event.data.startsAt}, says the ${event.data.source}`
  if (isEvent(event, LeadEnriched)) return `${event.data.kind} by ${event.data.provider} taken over`
  if (isEvent(event, ExtractionStarted)) return `${event.data.kind}: ${event.data.provider} reads`
  if (isEvent(event, LeadIntelExtracted)) return `Booking read by ${event.data.call.provider}`
  if (isEvent(event, MeddicExtracted)) {
    return `Transcript (${event.data.quality.verdict}) read by ${event.data.call.provider}`
  }
  if (isEvent(event, ExtractionRejected)) return `${event.data.kind} gave nothing usable: ${event.data.code}`
  if (isEvent(event, ExtractionSkipped)) return `${event.data.kind}: nothing new to read`
  if (isEvent(event, WriteQueued)) return `Write to ${event.data.provider} queued, lane ${event.data.lane}`
  if (isEvent(event, NoteQueued)) return `Note for ${event.data.provider} queued, lane ${event.data.lane}`
  if (isEvent(event, RecordWritten)) return `${event.data.provider} ${event.data.module}: ${event.data.action}`
  if (isEvent(event, NoteWritten)) return `${event.data.provider} note: ${event.data.how}`
  if (isEvent(event, WriteSimulated)) return `DRY_RUN: ${event.data.kind} not sent`
  if (isEvent(event, WriteRefused)) return `${event.data.provider} refused: ${event.data.code}`
  if (isEvent(event, OutcomeUnknown)) return `${event.data.provider} gave no answer: ${event.data.reason}`
  if (isEvent(event, FieldMappingConfigured)) return `Field mapping ${event.data.version}, as configured`
  if (isEvent(event, FieldMappingChanged)) {
    return `Field mapping ${event.data.version}: ${event.data.changes.length} changed`
  }
  if (isEvent(event, FieldMappingChecked)) {
    const { version, problems } = event.data
    return problems.length === 0
      ? `Field mapping ${version} fits`
      : `Field mapping ${version}: ${problems.length} wrong`
  }
  if (isEvent(event, FlagSwitched)) return `${event.data.flag} switched ${event.data.to}`
  if (isEvent(event, ObjectQueued)) {
    return `${event.data.kind} for ${event.data.provider} queued, lane ${event.data.lane}`
  }
  if (isEvent(event, ObjectWritten)) return `${event.data.provider} ${event.data.module}: ${event.data.action}`
  if (isEvent(event, ObjectSimulated)) return `DRY_RUN: ${event.data.kind} not sent`
  if (isEvent(event, ObjectRefused)) return `${event.data.kind} refused: ${event.data.code}`
  if (isEvent(event, ObjectOutcomeUnknown)) return `${event.data.provider} gave no answer: ${event.data.reason}`
  if (isEvent(event, AttemptDeferred)) return `${event.data.service}/${event.data.handler} waits: ${event.data.code}`
  if (isEvent(event, AttemptFailed) || isEvent(event, DeadLettered)) return failureSummary(event)
  if (isEvent(event, DeadLetterResolved)) return `Went through at a retry: ${placeOf(event.data)}`
  if (isEvent(event, DeadLetterRetryFailed)) return `Retry of ${placeOf(event.data)} failed: ${event.data.code}`
  if (isEvent(event, DeadLetterDiscarded)) return `Discarded: ${placeOf(event.data)}`
  if (isEvent(event, RedriveStarted)) return `Retries ${event.data.total} dead letters`
  if (isEvent(event, RedriveStopped)) return `Retries stopped: ${event.data.code ?? event.data.because}`
  if (isEvent(event, RedriveCompleted)) return `${event.data.resolved} of ${event.data.total} dead letters went through`
  if (isEvent(event, WorkStarted)) return `${WORK_WORDS[event.data.kind]} started`
  if (isEvent(event, WorkCancelled)) return `${WORK_WORDS[event.data.kind]}: asked to stop`
  if (isEvent(event, WorkStopped)) return `${WORK_WORDS[event.data.kind]} ${event.data.because}`
  if (isEvent(event, WorkCompleted)) return `${WORK_WORDS[event.data.kind]} completed`
  if (isEvent(event, ReplayStarted)) return `Replays ${event.data.total} messages to ${placeOf(event.data)}`
  if (isEvent(event, ReplayStopped)) return `Replay stopped: ${event.data.code ?? event.data.because}`
  if (isEvent(event, ReplayCompleted)) return `${event.data.replayed} messages replayed to ${placeOf(event.data)}`
  if (isEvent(event, CommandSettled)) return commandSummary(event.data)
  if (isEvent(event, AlertSent)) return `Alert for ${event.data.count} failure(s) to ${event.data.channel}`
  return wordsOf(event.type)
}

/** The event's facts that a trace shows beside its summary. */
export function factsOf(event: RecordedEvent): EventFacts {
  if (isEvent(event, WebhookReceived)) {
    const { provider, eventType, externalId, disposition, size, verdict } = event.data
    return { provider, eventType, externalId, disposition, size, verifiedBy: verdict.scheme }
  }
  if (isEvent(event, LeadIntelExtracted)) return callFacts(event.data.call)
  if (isEvent(event, MeddicExtracted)) {
    const { verdict, coverage, flags } = event.data.quality
    return { ...callFacts(event.data.call), transcript: verdict, coverage, flags }
  }
  if (isEvent(event, ExtractionRejected)) {
    return { code: event.data.code, ...(event.data.call ? callFacts(event.data.call) : {}) }
  }
  if (isEvent(event, LeadEnriched)) {
    const { provider, model, promptVersion, confidence, fields } = event.data
    return { provider, model, promptVersion, confidence, fields: fields.map(({ field }) => field) }
  }
  if (isEvent(event, RecordWritten)) {
    const { crmId, action, fieldNames, httpStatus, batchSize, waitedMs, latencyMs, mappingVersion = null } = event.data
    return { crmId, action, fieldNames, httpStatus, batchSize, waitedMs, latencyMs, mappingVersion }
  }
  if (isEvent(event, NoteWritten)) {
    const { crmId, crmNoteId, how, httpStatus, waitedMs, latencyMs } = event.data
    return { crmId, crmNoteId, how, httpStatus, waitedMs, latencyMs }
  }
  if (isEvent(event, ObjectQueued)) {
    const { kind, key, values } = event.data
    return { kind, key, fields: Object.keys(values) }
  }
  if (isEvent(event, ObjectWritten)) {
    const { kind, key, crmId, action, fieldNames, httpStatus, batchSize, waitedMs, latencyMs } = event.data
    return { kind, key, crmId, action, fieldNames, httpStatus, batchSize, waitedMs, latencyMs }
  }
  if (isEvent(event, ObjectRefused)) {
    const { kind, key, code, field, message, httpStatus } = event.data
    return { kind, key, code, field, message, httpStatus }
  }
  if (isEvent(event, ObjectSimulated)) {
    const { kind, key, fieldNames } = event.data
    return { kind, key, fieldNames }
  }
  if (isEvent(event, WriteRefused)) {
    const { code, field, message, httpStatus } = event.data
    return { code, field, message, httpStatus }
  }
  if (isEvent(event, WriteSimulated)) return { kind: event.data.kind, fieldNames: event.data.fieldNames }
  if (isEvent(event, AttemptFailed) || isEvent(event, AttemptDeferred) || isEvent(event, DeadLettered)) {
    const { service, handler, attempt, code, message } = event.data
    return { service, handler, attempt, code, message }
  }
  if (isEvent(event, DeadLetterRetryFailed)) {
    const { service, handler, code, message, deadLetterId } = event.data
    return { service, handler, code, message, deadLetterId }
  }
  if (isEvent(event, DeadLetterResolved) || isEvent(event, DeadLetterDiscarded)) {
    const { service, handler, deadLetterId } = event.data
    return { service, handler, deadLetterId }
  }
  if (isEvent(event, CommandSettled)) {
    const { service, command, outcome, code } = event.data
    return { service, command, outcome, code }
  }
  if (isIgnored(event)) return { reason: event.data.reason, detail: event.data.detail }
  if (isEvent(event, WorkStarted)) return { kind: event.data.kind, about: event.data.about }
  if (isEvent(event, WorkStopped)) return { kind: event.data.kind, because: event.data.because, code: event.data.code }
  return {}
}

const WORK_WORDS: Readonly<Record<WorkKind, string>> = {
  redrive: 'Redrive',
  rebuild: 'Rebuild',
  swap: 'Swap',
  'discard-table': 'Discarding a rebuilt table',
  'roll-back': 'Rollback',
  'what-if': 'What-if',
  'apply-what-if': 'Applying a what-if'
}

function placeOf({ service, handler }: { service: string; handler: string }): string {
  return `${service}/${handler}`
}

function callFacts(call: ModelCall): EventFacts {
  const { provider, model, promptVersion, calls, repaired, fallbackBecause, costMicroUsd, latencyMs } = call
  return { provider, model, promptVersion, calls, repaired, fallbackBecause, costMicroUsd, latencyMs }
}

function failureSummary(event: {
  type: string
  data: { service: string; handler: string; attempt: number; code: string }
}) {
  const { service, handler, attempt, code } = event.data
  const what = event.type === DeadLettered.type ? 'gave up' : 'failed'
  return `${service}/${handler} ${what} at attempt ${attempt}: ${code}`
}

function commandSummary({ command, outcome, code }: { command: string; outcome: string; code: string | null }): string {
  return `${command}: ${outcome}${code === null ? '' : `, ${code}`}`
}

function minutes(duration: number): string {
  return `${Math.round(duration)} min`
}

/** `meetings.MeetingNoShowMarked.v1` → `Meeting no show marked`. */
function wordsOf(type: string): string {
  const name = eventRegistry.find(type)?.name ?? type
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A webhook was understood and changes nothing. */
function isIgnored(
  event: RecordedEvent
): event is EventOf<typeof WebhookIgnored | typeof CallbackIgnored | typeof StripeEventIgnored> {
  return isEvent(event, WebhookIgnored) || isEvent(event, CallbackIgnored) || isEvent(event, StripeEventIgnored)
}
