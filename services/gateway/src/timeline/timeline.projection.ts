import {
  AlertSent,
  BookingSuperseded,
  CallAdvanced,
  CallConnected,
  CallEnded,
  CallNotPlaced,
  CallNotTranscribed,
  CallReceived,
  CallRequested,
  CallTranscribed,
  ContactReleased,
  ContactSuppressed,
  DeadLettered,
  ExtractionRejected,
  isEvent,
  LeadCaptured,
  LeadDemoDateChanged,
  LeadDetailsChanged,
  LeadDetailsEntered,
  LeadEnriched,
  LeadIntelExtracted,
  LeadStatusChanged,
  MeddicExtracted,
  MeetingAttendanceCorrected,
  MeetingAttended,
  MeetingBooked,
  MeetingCanceled,
  MeetingChangedAtZoom,
  MeetingHeld,
  MeetingNoShowCleared,
  MeetingNoShowMarked,
  MeetingNotAttended,
  MeetingNoteTaken,
  MeetingRecordingStored,
  MeetingRecordingUnavailable,
  MeetingReportUpdated,
  MeetingRescheduled,
  MeetingsMerged,
  NoteQueued,
  NoteWritten,
  ObjectOutcomeUnknown,
  ObjectQueued,
  ObjectRefused,
  ObjectSimulated,
  ObjectWritten,
  OutcomeUnknown,
  PersonErased,
  RecordingDeleted,
  RecordingStored,
  RecordingUnavailable,
  RecordWritten,
  SmsNotSent,
  SmsReceived,
  SmsRequested,
  WriteRefused,
  WriteSimulated,
  type EventDefinition,
  type RecordedEvent
} from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { ownLeadsAndCallsOnly } from '../database/row-policies.ts'
import { entryOf, type TimelineKind } from './timeline-entry.ts'

const told: readonly EventDefinition[] = [
  LeadCaptured,
  LeadDetailsChanged,
  LeadDetailsEntered,
  LeadStatusChanged,
  LeadDemoDateChanged,
  LeadEnriched,
  MeetingBooked,
  MeetingRescheduled,
  BookingSuperseded,
  MeetingCanceled,
  MeetingNoShowMarked,
  MeetingNoteTaken,
  MeetingNoShowCleared,
  MeetingHeld,
  MeetingReportUpdated,
  MeetingAttended,
  MeetingNotAttended,
  MeetingAttendanceCorrected,
  MeetingChangedAtZoom,
  MeetingRecordingStored,
  MeetingRecordingUnavailable,
  MeetingsMerged,
  CallRequested,
  CallNotPlaced,
  CallConnected,
  CallReceived,
  CallAdvanced,
  CallEnded,
  SmsReceived,
  SmsRequested,
  SmsNotSent,
  ContactSuppressed,
  ContactReleased,
  RecordingStored,
  RecordingUnavailable,
  RecordingDeleted,
  CallTranscribed,
  CallNotTranscribed,
  LeadIntelExtracted,
  MeddicExtracted,
  ExtractionRejected,
  RecordWritten,
  WriteSimulated,
  WriteRefused,
  OutcomeUnknown,
  NoteQueued,
  NoteWritten,
  ObjectQueued,
  ObjectWritten,
  ObjectSimulated,
  ObjectRefused,
  ObjectOutcomeUnknown,
  DeadLettered,
  AlertSent
]

/**
 * What happened to a lead, one row per event that a person wants to read about. Failures and alerts name no person:
 * they belong to a lead by their correlation.
 */
export const timeline = defineProjection({
  name: 'gateway-timeline',
  version: 15,
  table: 'gateway.timeline',
  columns: {
    id: column.text({ primaryKey: true }),
    person_id: column.text({ nullable: true }),
    correlation_id: column.text(),
    stream: column.text(),
    sequence: column.bigint(),
    type: column.text(),
    at: column.timestamptz(),
    recorded_at: column.timestamptz(),
    kind: column.text<TimelineKind>(),
    title: column.text(),
    detail: column.text({ nullable: true }),
    source: column.text(),
    meeting_id: column.text({ nullable: true }),
    /** Of a call it is told on the timeline of the lead whose call it is by now. */
    call_id: column.text({ nullable: true }),
    /** Of a text message likewise. */
    message_id: column.text({ nullable: true })
  },
  indexes: [
    { on: 'person_id, at desc, id desc', where: 'person_id is not null' },
    { on: 'correlation_id', where: 'person_id is null' },
    { on: 'call_id, at desc, id desc', where: 'call_id is not null' },
    { on: 'message_id, at desc, id desc', where: 'message_id is not null' }
  ],
  on: [...told, PersonErased],
  once: told,
  key: (event: RecordedEvent) => (isEvent(event, PersonErased) ? event.data.eventIds : event.id),
  expires: { DEAD_LETTERS: { where: `stream = 'DEAD_LETTERS' and sequence < $1`, rest: () => null } },
  evolve: { ...Object.fromEntries(told.map(({ type }) => [type, toldOnce])), [PersonErased.type]: () => null },
  setup: ownLeadsAndCallsOnly('person_id', 'call_id', 'message_id')
})

export type TimelineRow = RowOf<typeof timeline>

function toldOnce(row: object | null, event: RecordedEvent, id: string): TimelineRow | null {
  if (row !== null) return row as TimelineRow
  const entry = entryOf(event)
  if (entry === null) return null
  const { personId, meetingId, callId, messageId } = event.data as {
    personId?: string
    meetingId?: string | null
    callId?: string | null
    messageId?: string | null
  }
  return {
    id,
    person_id: personId ?? null,
    correlation_id: event.correlationid,
    stream: event.stream,
    sequence: event.sequence,
    type: event.type,
    at: entry.at,
    recorded_at: event.time,
    kind: entry.kind,
    title: entry.title,
    detail: entry.detail,
    source: entry.source,
    meeting_id: meetingId ?? null,
    call_id: callId ?? null,
    message_id: messageId ?? null
  }
}
