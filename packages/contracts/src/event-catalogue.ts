import { WebhookReceived } from './ingest/webhook-received.ts'
import { ReconciliationStarted } from './ingest/reconciliation-started.ts'
import { ReconciliationCompleted } from './ingest/reconciliation-completed.ts'
import { MeetingBooked } from './meetings/meeting-booked.ts'
import { MeetingRescheduled } from './meetings/meeting-rescheduled.ts'
import { BookingSuperseded } from './meetings/booking-superseded.ts'
import { MeetingCanceled } from './meetings/meeting-canceled.ts'
import { MeetingNoShowMarked } from './meetings/meeting-no-show-marked.ts'
import { MeetingNoShowCleared } from './meetings/meeting-no-show-cleared.ts'
import { MeetingHeld } from './meetings/meeting-held.ts'
import { MeetingReportUpdated } from './meetings/meeting-report-updated.ts'
import { MeetingsMerged } from './meetings/meetings-merged.ts'
import { AgendaEntryAdded } from './meetings/agenda-entry-added.ts'
import { BookingLinked } from './meetings/booking-linked.ts'
import { WebhookIgnored } from './meetings/webhook-ignored.ts'
import { LeadCaptured } from './crm/lead-captured.ts'
import { LeadMeetingRecorded } from './crm/lead-meeting-recorded.ts'
import { LeadStatusChanged } from './crm/lead-status-changed.ts'
import { LeadDetailsChanged } from './crm/lead-details-changed.ts'
import { LeadDemoDateChanged } from './crm/lead-demo-date-changed.ts'
import { LeadDetailsEntered } from './crm/lead-details-entered.ts'
import { LeadEnriched } from './crm/lead-enriched.ts'
import { LeadFieldsCleared } from './crm/lead-fields-cleared.ts'
import { ExtractionStarted } from './enrichment/extraction-started.ts'
import { LeadIntelExtracted } from './enrichment/lead-intel-extracted.ts'
import { MeddicExtracted } from './enrichment/meddic-extracted.ts'
import { ExtractionRejected } from './enrichment/extraction-rejected.ts'
import { ExtractionSkipped } from './enrichment/extraction-skipped.ts'
import { CallTranscribed } from './enrichment/call-transcribed.ts'
import { CallNotTranscribed } from './enrichment/call-not-transcribed.ts'
import { WriteQueued } from './crm-sync/write-queued.ts'
import { RecordWritten } from './crm-sync/record-written.ts'
import { WriteSimulated } from './crm-sync/write-simulated.ts'
import { WriteRefused } from './crm-sync/write-refused.ts'
import { OutcomeUnknown } from './crm-sync/outcome-unknown.ts'
import { NoteQueued } from './crm-sync/note-queued.ts'
import { NoteWritten } from './crm-sync/note-written.ts'
import { ObjectQueued } from './crm-sync/object-queued.ts'
import { ObjectWritten } from './crm-sync/object-written.ts'
import { ObjectSimulated } from './crm-sync/object-simulated.ts'
import { ObjectRefused } from './crm-sync/object-refused.ts'
import { ObjectOutcomeUnknown } from './crm-sync/object-outcome-unknown.ts'
import { FieldMappingConfigured } from './crm-sync/field-mapping-configured.ts'
import { FieldMappingChanged } from './crm-sync/field-mapping-changed.ts'
import { FieldMappingChecked } from './crm-sync/field-mapping-checked.ts'
import { ObjectDeleted } from './crm-sync/object-deleted.ts'
import { AlertSent } from './notifications/alert-sent.ts'
import { SpendAlertSent } from './notifications/spend-alert-sent.ts'
import { PaymentAlertSent } from './notifications/payment-alert-sent.ts'
import { CommandSettled } from './commands/command-settled.ts'
import { AttemptDeferred } from './ops/attempt-deferred.ts'
import { AttemptFailed } from './ops/attempt-failed.ts'
import { DeadLettered } from './ops/dead-lettered.ts'
import { DeadLetterResolved } from './ops/dead-letter-resolved.ts'
import { DeadLetterRetryFailed } from './ops/dead-letter-retry-failed.ts'
import { DeadLetterDiscarded } from './ops/dead-letter-discarded.ts'
import { PayloadRevealed } from './ops/payload-revealed.ts'
import { RedriveStarted } from './ops/redrive-started.ts'
import { RedriveStopped } from './ops/redrive-stopped.ts'
import { RedriveCompleted } from './ops/redrive-completed.ts'
import { ReplayCompleted } from './ops/replay-completed.ts'
import { FlagSwitched } from './operations/flag-switched.ts'
import { WorkCancelled } from './operations/work-cancelled.ts'
import { WorkCompleted } from './operations/work-completed.ts'
import { WorkStarted } from './operations/work-started.ts'
import { WorkStopped } from './operations/work-stopped.ts'
import { ReplayStarted } from './ops/replay-started.ts'
import { ReplayStopped } from './ops/replay-stopped.ts'
import { accessEvents } from './access/access-events.ts'
import { attendanceEvents } from './meetings/attendance-events.ts'
import { ZoomConnected } from './meetings/zoom-connected.ts'
import { ZoomDisconnected } from './meetings/zoom-disconnected.ts'
import { MeetingNoteTaken } from './meetings/meeting-note-taken.ts'
import { DiscoveryQuestionTicked } from './meetings/discovery-question-ticked.ts'
import { DiscoveryQuestionCleared } from './meetings/discovery-question-cleared.ts'
import { roomEvents } from './meetings/room-events.ts'
import { telephonyEvents } from './telephony/telephony-events.ts'
import { billingEvents } from './billing/billing-events.ts'
import { commandCatalogue } from './command-catalogue.ts'
import { WebhookErased } from './ingest/webhook-erased.ts'
import { ErasureRequested } from './privacy/erasure-requested.ts'
import { PersonErased } from './privacy/person-erased.ts'
import { PersonErasedV1 } from './privacy/person-erased-v1.ts'
import { PersonReturned } from './privacy/person-returned.ts'
import { ErasureCompleted } from './privacy/erasure-completed.ts'
import { RecordDeleted } from './crm-sync/record-deleted.ts'
import { createEventRegistry } from './event/registry.ts'
import type { EventDefinition } from './event/define-event.ts'

/** Every event of the system, in the order of the main flow. */
export const eventCatalogue: readonly EventDefinition[] = [
  WebhookReceived,
  WebhookErased,
  ReconciliationStarted,
  ReconciliationCompleted,
  MeetingBooked,
  MeetingRescheduled,
  BookingSuperseded,
  MeetingCanceled,
  MeetingNoShowMarked,
  MeetingNoShowCleared,
  MeetingHeld,
  MeetingReportUpdated,
  MeetingsMerged,
  AgendaEntryAdded,
  BookingLinked,
  WebhookIgnored,
  LeadCaptured,
  LeadMeetingRecorded,
  LeadStatusChanged,
  LeadDetailsChanged,
  LeadDemoDateChanged,
  LeadDetailsEntered,
  LeadEnriched,
  LeadFieldsCleared,
  ExtractionStarted,
  LeadIntelExtracted,
  MeddicExtracted,
  ExtractionRejected,
  ExtractionSkipped,
  CallTranscribed,
  CallNotTranscribed,
  WriteQueued,
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
  ObjectDeleted,
  RecordDeleted,
  FieldMappingConfigured,
  FieldMappingChanged,
  FieldMappingChecked,
  ...attendanceEvents,
  ZoomConnected,
  ZoomDisconnected,
  MeetingNoteTaken,
  DiscoveryQuestionTicked,
  DiscoveryQuestionCleared,
  ...roomEvents,
  ...telephonyEvents,
  ...billingEvents,
  ErasureRequested,
  PersonErasedV1,
  PersonErased,
  PersonReturned,
  ErasureCompleted,
  ...accessEvents,
  AlertSent,
  SpendAlertSent,
  PaymentAlertSent,
  CommandSettled,
  AttemptFailed,
  AttemptDeferred,
  DeadLettered,
  DeadLetterResolved,
  DeadLetterRetryFailed,
  DeadLetterDiscarded,
  PayloadRevealed,
  RedriveStarted,
  RedriveStopped,
  RedriveCompleted,
  ReplayStarted,
  ReplayStopped,
  ReplayCompleted,
  WorkStarted,
  WorkCancelled,
  WorkCompleted,
  WorkStopped,
  FlagSwitched
]

/** Everything that stands in a stream, by type, with upcasters: all events, and the commands. */
export const eventRegistry = createEventRegistry([...eventCatalogue, ...commandCatalogue.map(({ message }) => message)])
