import type { EventDefinition } from '../event/define-event.ts'
import { CallAdvanced } from './call-advanced.ts'
import { CallPriced } from './call-priced.ts'
import { SmsPriced } from './sms-priced.ts'
import { RecordingPriced } from './recording-priced.ts'
import { CallAttributed } from './call-attributed.ts'
import { CallCancelRequested } from './call-cancel-requested.ts'
import { CallConnected } from './call-connected.ts'
import { CallNotPlaced } from './call-not-placed.ts'
import { CallPlaced } from './call-placed.ts'
import { ConferenceOpened } from './conference-opened.ts'
import { ParticipantInvited } from './participant-invited.ts'
import { CallbackIgnored } from './callback-ignored.ts'
import { ConferenceReported } from './conference-reported.ts'
import { ConferenceChangeRequested } from './conference-change-requested.ts'
import { CallRequested } from './call-requested.ts'
import { DialCleared } from './dial-cleared.ts'
import { DialPlaced } from './dial-placed.ts'
import { CallEnded } from './call-ended.ts'
import { CallFellBack } from './call-fell-back.ts'
import { CallReceived } from './call-received.ts'
import { CallRecordingReported } from './call-recording-reported.ts'
import { CallSmsRequested } from './call-sms-requested.ts'
import { CallStatusReported } from './call-status-reported.ts'
import { CallerCalled } from './caller-called.ts'
import { CallerTexted } from './caller-texted.ts'
import { CallWebhookAnswered } from './call-webhook-answered.ts'
import { CallWebhookRequested } from './call-webhook-requested.ts'
import { CallerLinked } from './caller-linked.ts'
import { CallerUnlinked } from './caller-unlinked.ts'
import { ContactReleased } from './contact-released.ts'
import { ContactSuppressed } from './contact-suppressed.ts'
import { FlowDraftSaved } from './flow-draft-saved.ts'
import { FlowPublished } from './flow-published.ts'
import { FlowRolledBack } from './flow-rolled-back.ts'
import { FlowValidated } from './flow-validated.ts'
import { CallTransferRequested } from './call-transfer-requested.ts'
import { CallTransferMoved } from './call-transfer-moved.ts'
import { CallTransferCompletionRequested } from './call-transfer-completion-requested.ts'
import { CallTransferProgressed } from './call-transfer-progressed.ts'
import { RecordingDeleted } from './recording-deleted.ts'
import { RecordingStored } from './recording-stored.ts'
import { RecordingUnavailable } from './recording-unavailable.ts'
import { TwilioRecordingDeleted } from './twilio-recording-deleted.ts'
import { NumberAssigned } from './number-assigned.ts'
import { SmsAttributed } from './sms-attributed.ts'
import { SmsDispatched } from './sms-dispatched.ts'
import { SmsHeld } from './sms-held.ts'
import { SmsNotSent } from './sms-not-sent.ts'
import { SmsReceived } from './sms-received.ts'
import { SmsRequested } from './sms-requested.ts'
import { SmsSent } from './sms-sent.ts'
import { SmsSidTaken } from './sms-sid-taken.ts'
import { SmsStatusReported } from './sms-status-reported.ts'
import { SmsTemplateSaved } from './sms-template-saved.ts'
import { SmsThreadOpened } from './sms-thread-opened.ts'

/** Events of flows, numbers, calls, messages and of who is not to be contacted. */
export const telephonyEvents: readonly EventDefinition[] = [
  FlowDraftSaved,
  FlowValidated,
  FlowPublished,
  FlowRolledBack,
  NumberAssigned,
  CallerLinked,
  CallerUnlinked,
  CallerCalled,
  CallerTexted,
  CallReceived,
  CallAdvanced,
  CallSmsRequested,
  CallWebhookRequested,
  CallWebhookAnswered,
  CallFellBack,
  CallStatusReported,
  CallEnded,
  CallRecordingReported,
  CallAttributed,
  CallRequested,
  DialCleared,
  DialPlaced,
  CallPlaced,
  CallNotPlaced,
  CallCancelRequested,
  CallConnected,
  ConferenceOpened,
  ParticipantInvited,
  ConferenceReported,
  CallbackIgnored,
  ConferenceChangeRequested,
  CallTransferRequested,
  CallTransferMoved,
  CallTransferCompletionRequested,
  CallTransferProgressed,
  RecordingStored,
  RecordingUnavailable,
  RecordingDeleted,
  TwilioRecordingDeleted,
  ContactSuppressed,
  ContactReleased,
  SmsThreadOpened,
  SmsRequested,
  SmsHeld,
  SmsDispatched,
  SmsSidTaken,
  SmsSent,
  SmsNotSent,
  SmsStatusReported,
  SmsReceived,
  SmsAttributed,
  CallPriced,
  SmsPriced,
  RecordingPriced,
  SmsTemplateSaved
]
