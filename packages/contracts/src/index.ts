export { defineEvent, type DataOf, type EventDefinition } from './event/define-event.ts'
export {
  isEvent,
  newEvent,
  type Actor,
  type EventEnvelope,
  type EventOf,
  type NewEvent,
  type RecordedEvent
} from './event/envelope.ts'
export { derivedEventId, derivedId, idempotencyKey, webhookEventId } from './event/event-id.ts'
export { createEventRegistry, type EventRegistry } from './event/registry.ts'
export { ERASED_TEXT, erasedValue, isPii, pii, piiFields } from './event/pii.ts'
export { aggregateSubject, parseAggregateSubject, type AggregateRef } from './event/subject.ts'
export { streamOf, subjectFilterOf } from './event/event-place.ts'
export { asSealedText, ERASED, type EventCipher, type SealedText } from './event/cipher.ts'
export type { EventBatch, EventBatchRequest, EventSource } from './event/event-source.ts'
export { isRefusal, refuse, type Decider, type Refusal } from './event/decider.ts'
export {
  defineCommand,
  type CommandData,
  type CommandDefinition,
  type CommandResult
} from './command/define-command.ts'
export { commandId } from './command/command-id.ts'
export { createCommandRegistry, type CommandRegistry } from './command/command-registry.ts'
export { commandCatalogue, commandRegistry } from './command-catalogue.ts'
export { eventCatalogue, eventRegistry } from './event-catalogue.ts'
export { PermanentError, TransientError } from './errors.ts'
export { AggregateId, Nullable, OneOf, PersonId, Timestamp } from './scalars.ts'
export { WebhookErased } from './ingest/webhook-erased.ts'
export { ErasureRequested } from './privacy/erasure-requested.ts'
export { PersonErased } from './privacy/person-erased.ts'
export { PersonErasedV1 } from './privacy/person-erased-v1.ts'
export { PersonReturned } from './privacy/person-returned.ts'
export { ErasureCompleted, ErasureFindings } from './privacy/erasure-completed.ts'
export { RecordDeleted } from './crm-sync/record-deleted.ts'
export { WebhookReceived } from './ingest/webhook-received.ts'
export { Reconcile } from './ingest/reconcile.ts'
export { ReconciliationStarted } from './ingest/reconciliation-started.ts'
export { ReconciliationCompleted } from './ingest/reconciliation-completed.ts'
export { MeetingBooked } from './meetings/meeting-booked.ts'
export { MeetingRescheduled } from './meetings/meeting-rescheduled.ts'
export { BookingSuperseded } from './meetings/booking-superseded.ts'
export { MeetingCanceled } from './meetings/meeting-canceled.ts'
export { MeetingNoShowMarked } from './meetings/meeting-no-show-marked.ts'
export { MeetingNoShowCleared } from './meetings/meeting-no-show-cleared.ts'
export { MeetingHeld } from './meetings/meeting-held.ts'
export { MeetingReportUpdated } from './meetings/meeting-report-updated.ts'
export { MeetingsMerged } from './meetings/meetings-merged.ts'
export { AgendaEntryAdded } from './meetings/agenda-entry-added.ts'
export { BookingLinked } from './meetings/booking-linked.ts'
export { WebhookIgnored } from './meetings/webhook-ignored.ts'
export { LeadCaptured } from './crm/lead-captured.ts'
export { LeadMeetingRecorded } from './crm/lead-meeting-recorded.ts'
export { LeadStatusChanged } from './crm/lead-status-changed.ts'
export { LeadDetailsChanged } from './crm/lead-details-changed.ts'
export { LeadDemoDateChanged } from './crm/lead-demo-date-changed.ts'
export { LeadDetailsEntered } from './crm/lead-details-entered.ts'
export { CaptureLead } from './crm/capture-lead.ts'
export { SearchDeals } from './crm-sync/search-deals.ts'
export { WriteContact } from './crm-sync/write-contact.ts'
export { WriteDeal } from './crm-sync/write-deal.ts'
export { WriteTask } from './crm-sync/write-task.ts'
export { ChangeFieldMapping } from './crm-sync/change-field-mapping.ts'
export { CheckFieldMapping } from './crm-sync/check-field-mapping.ts'
export { RollBackFieldMapping } from './crm-sync/roll-back-field-mapping.ts'
export { Integration, servicesWithIntegrations, testIntegrations } from './ops/test-integrations.ts'
export { WriteLead } from './crm-sync/write-lead.ts'
export { AdoptReading } from './enrichment/adopt-reading.ts'
export { LeadEnriched } from './crm/lead-enriched.ts'
export { LeadFieldsCleared } from './crm/lead-fields-cleared.ts'
export { ExtractionStarted } from './enrichment/extraction-started.ts'
export { LeadIntelExtracted } from './enrichment/lead-intel-extracted.ts'
export { MeddicExtracted } from './enrichment/meddic-extracted.ts'
export { ExtractionRejected } from './enrichment/extraction-rejected.ts'
export { ExtractionSkipped } from './enrichment/extraction-skipped.ts'
export { WriteQueued } from './crm-sync/write-queued.ts'
export { RecordWritten } from './crm-sync/record-written.ts'
export { WriteSimulated } from './crm-sync/write-simulated.ts'
export { WriteRefused } from './crm-sync/write-refused.ts'
export { OutcomeUnknown } from './crm-sync/outcome-unknown.ts'
export { NoteQueued } from './crm-sync/note-queued.ts'
export { NoteWritten } from './crm-sync/note-written.ts'
export { ObjectQueued } from './crm-sync/object-queued.ts'
export { ObjectWritten } from './crm-sync/object-written.ts'
export { ObjectSimulated } from './crm-sync/object-simulated.ts'
export { ObjectRefused } from './crm-sync/object-refused.ts'
export { ObjectOutcomeUnknown } from './crm-sync/object-outcome-unknown.ts'
export { ObjectDeleted } from './crm-sync/object-deleted.ts'
export { FieldMappingConfigured } from './crm-sync/field-mapping-configured.ts'
export { FieldMappingChanged } from './crm-sync/field-mapping-changed.ts'
export { FieldMappingChecked } from './crm-sync/field-mapping-checked.ts'
export { FieldMapping, FieldMappingProblem, FieldPlace, MappingChange, WantedChange } from './crm-sync/field-mapping.ts'
export { ObjectKind, ObjectLinks, ObjectValues } from './crm-sync/object.ts'
export { AlertSent } from './notifications/alert-sent.ts'
export { CommandSettled } from './commands/command-settled.ts'
export { AttemptDeferred } from './ops/attempt-deferred.ts'
export { AttemptFailed } from './ops/attempt-failed.ts'
export { DeadLettered } from './ops/dead-lettered.ts'
export { DeadLetterResolved } from './ops/dead-letter-resolved.ts'
export { DeadLetterRetryFailed } from './ops/dead-letter-retry-failed.ts'
export { DeadLetterDiscarded } from './ops/dead-letter-discarded.ts'
export { PayloadRevealed } from './ops/payload-revealed.ts'
export { RedriveStarted } from './ops/redrive-started.ts'
export { RedriveStopped } from './ops/redrive-stopped.ts'
export { RedriveCompleted } from './ops/redrive-completed.ts'
export { ReplayStarted } from './ops/replay-started.ts'
export { ReplayStopped } from './ops/replay-stopped.ts'
export { ReplayCompleted } from './ops/replay-completed.ts'
export { FLAGS, FLAG_MEANINGS, Flag, type FlagName } from './operations/flag.ts'
export { FlagSwitched } from './operations/flag-switched.ts'
export { WORK_KINDS, type WorkKind } from './operations/work.ts'
export { WorkStarted } from './operations/work-started.ts'
export { WorkCancelled } from './operations/work-cancelled.ts'
export { WorkCompleted } from './operations/work-completed.ts'
export { WorkStopped } from './operations/work-stopped.ts'
export { discardDeadLetter, retryDeadLetter, simulateDeadLetter } from './ops/dead-letter-commands.ts'
export { operatorCommands, servicesWithHandlers } from './ops/operator-commands.ts'
export { replayMessage } from './ops/replay-message.ts'
export { Answer, bookingFields } from './meetings/booking.ts'
export { Customer } from './meetings/customer.ts'
export { Participant, reportFields, SpeakerBlock } from './meetings/report.ts'
export { MeetingFact } from './crm/lead-meeting-recorded.ts'
export { LeadStatus } from './crm/lead-status-changed.ts'
export { EnrichedField } from './crm/lead-enriched.ts'
export { BETWEEN_QUOTES, fieldRank, type FieldRank } from './crm/field-rank.ts'
export { ExtractionKind, ModelCall } from './enrichment/extraction.ts'
export { Evidence, LeadIntel } from './enrichment/lead-intel.ts'
export { Meddic } from './enrichment/meddic.ts'
export { TranscriptQuality } from './enrichment/transcript-quality.ts'
export { CrmProvider, Lane } from './crm-sync/write.ts'
export { accessEvents } from './access/access-events.ts'
export { UserInvited } from './access/user-invited.ts'
export { UserRoleChanged } from './access/user-role-changed.ts'
export { UserDisabled } from './access/user-disabled.ts'
export { UserEnabled } from './access/user-enabled.ts'
export { SignInLinkSent } from './access/sign-in-link-sent.ts'
export { SignedIn } from './access/signed-in.ts'
export { SignInRefused } from './access/sign-in-refused.ts'
export { SessionEnded } from './access/session-ended.ts'
export { SecondFactorEnabled } from './access/second-factor-enabled.ts'
export { SecondFactorDisabled } from './access/second-factor-disabled.ts'
export { ApiKeyIssued } from './access/api-key-issued.ts'
export { ApiKeyRevoked } from './access/api-key-revoked.ts'
export { SigningKeyMade } from './access/signing-key-made.ts'
export { RequestOrigin, Role, ROLES, SecondProof } from './access/role.ts'
export {
  FlowDocument,
  FlowStep,
  Prompt,
  Schedule,
  type FlowStepKind,
  type FlowStepOf
} from './telephony/flow-document.ts'
export { FlowIssue, flowIssueCodes } from './telephony/flow-issue.ts'
export {
  CallDirection,
  CallInput,
  CallPosition,
  CallStatus,
  callStatuses,
  CallVariables,
  StepVisit
} from './telephony/call.ts'
export { FlowDraftSaved } from './telephony/flow-draft-saved.ts'
export { FlowValidated } from './telephony/flow-validated.ts'
export { FlowPublished } from './telephony/flow-published.ts'
export { FlowRolledBack } from './telephony/flow-rolled-back.ts'
export { NumberAssigned } from './telephony/number-assigned.ts'
export { SaveFlow } from './telephony/save-flow.ts'
export { PublishFlow } from './telephony/publish-flow.ts'
export { RollBackFlow } from './telephony/roll-back-flow.ts'
export { AssignNumber } from './telephony/assign-number.ts'
export { CallReceived } from './telephony/call-received.ts'
export { CallAdvanced } from './telephony/call-advanced.ts'
export { CallFellBack } from './telephony/call-fell-back.ts'
export { CallSmsRequested } from './telephony/call-sms-requested.ts'
export { CallWebhookAnswered } from './telephony/call-webhook-answered.ts'
export { CallWebhookRequested } from './telephony/call-webhook-requested.ts'
export { CallStatusReported } from './telephony/call-status-reported.ts'
export { CallEnded } from './telephony/call-ended.ts'
export { CallRecordingReported } from './telephony/call-recording-reported.ts'
export { CallerCalled } from './telephony/caller-called.ts'
export { CallAttributed } from './telephony/call-attributed.ts'
export { CallerLinked } from './telephony/caller-linked.ts'
export { CallerUnlinked } from './telephony/caller-unlinked.ts'
export {
  ContactChannel,
  contactChannels,
  ContactCheck,
  ContactPurpose,
  contactPurposes,
  QuietHours,
  SuppressionReason,
  suppressionReasons,
  TimeZoneSource
} from './telephony/contact.ts'
export { CallProgram, DialTarget, NotPlacedReason, notPlacedReasons, OnMachine } from './telephony/dial.ts'
export { CallRequested } from './telephony/call-requested.ts'
export { DialCleared } from './telephony/dial-cleared.ts'
export { DialPlaced } from './telephony/dial-placed.ts'
export { CallPlaced } from './telephony/call-placed.ts'
export { CallNotPlaced } from './telephony/call-not-placed.ts'
export { CallCancelRequested } from './telephony/call-cancel-requested.ts'
export { CallConnected } from './telephony/call-connected.ts'
export { PlaceCall } from './telephony/place-call.ts'
export { CancelCall } from './telephony/cancel-call.ts'
export { ContactSuppressed, SuppressionSource } from './telephony/contact-suppressed.ts'
export { ContactReleased } from './telephony/contact-released.ts'
export { SuppressContact } from './telephony/suppress-contact.ts'
export { ReleaseContact } from './telephony/release-contact.ts'
export {
  messageNames,
  OptWord,
  SmsEncoding,
  SmsMedia,
  SmsStatus,
  smsStatuses,
  SmsTemplateId
} from './telephony/message.ts'
export { SmsDispatched } from './telephony/sms-dispatched.ts'
export { SmsHeld } from './telephony/sms-held.ts'
export { SmsNotSent } from './telephony/sms-not-sent.ts'
export { SmsReceived } from './telephony/sms-received.ts'
export { SmsRequested } from './telephony/sms-requested.ts'
export { SmsSent } from './telephony/sms-sent.ts'
export { SmsSidTaken } from './telephony/sms-sid-taken.ts'
export { SmsStatusReported } from './telephony/sms-status-reported.ts'
export { SmsTemplateSaved } from './telephony/sms-template-saved.ts'
export { SmsThreadOpened } from './telephony/sms-thread-opened.ts'
export { SaveSmsTemplate } from './telephony/save-sms-template.ts'
export { SendSms } from './telephony/send-sms.ts'
export { CancelSms } from './telephony/cancel-sms.ts'
