import { Reconcile } from './ingest/reconcile.ts'
import { CaptureLead } from './crm/capture-lead.ts'
import { ChangeFieldMapping } from './crm-sync/change-field-mapping.ts'
import { CheckFieldMapping } from './crm-sync/check-field-mapping.ts'
import { RollBackFieldMapping } from './crm-sync/roll-back-field-mapping.ts'
import { SearchDeals } from './crm-sync/search-deals.ts'
import { WriteContact } from './crm-sync/write-contact.ts'
import { WriteDeal } from './crm-sync/write-deal.ts'
import { WriteLead } from './crm-sync/write-lead.ts'
import { WriteTask } from './crm-sync/write-task.ts'
import { AdoptReading } from './enrichment/adopt-reading.ts'
import { ConnectZoom } from './meetings/connect-zoom.ts'
import { DisconnectZoom } from './meetings/disconnect-zoom.ts'
import { TakeMeetingNote } from './meetings/take-meeting-note.ts'
import { TickDiscoveryQuestion } from './meetings/tick-discovery-question.ts'
import { ClearDiscoveryQuestion } from './meetings/clear-discovery-question.ts'
import { meetingCommands } from './meetings/meeting-commands.ts'
import { AssignNumber } from './telephony/assign-number.ts'
import { CreateConference } from './telephony/create-conference.ts'
import { AddParticipant } from './telephony/add-participant.ts'
import { MuteParticipant } from './telephony/mute-participant.ts'
import { HoldParticipant } from './telephony/hold-participant.ts'
import { RemoveParticipant } from './telephony/remove-participant.ts'
import { TransferCall } from './telephony/transfer-call.ts'
import { CompleteTransfer } from './telephony/complete-transfer.ts'
import { EndConference } from './telephony/end-conference.ts'
import { CancelCall } from './telephony/cancel-call.ts'
import { PlaceCall } from './telephony/place-call.ts'
import { DeleteRecording } from './telephony/delete-recording.ts'
import { PublishFlow } from './telephony/publish-flow.ts'
import { CancelSms } from './telephony/cancel-sms.ts'
import { ReleaseContact } from './telephony/release-contact.ts'
import { RollBackFlow } from './telephony/roll-back-flow.ts'
import { SaveFlow } from './telephony/save-flow.ts'
import { SaveSmsTemplate } from './telephony/save-sms-template.ts'
import { SendSms } from './telephony/send-sms.ts'
import { SuppressContact } from './telephony/suppress-contact.ts'
import { billingCommands } from './billing/billing-commands.ts'
import { operatorCommands } from './ops/operator-commands.ts'
import { integrationCommands } from './ops/test-integrations.ts'
import type { CommandDefinition } from './command/define-command.ts'
import { createCommandRegistry } from './command/command-registry.ts'

/** Every command of the system. */
export const commandCatalogue: readonly CommandDefinition[] = [
  Reconcile,
  CaptureLead,
  AdoptReading,
  WriteLead,
  WriteContact,
  WriteDeal,
  WriteTask,
  SearchDeals,
  ChangeFieldMapping,
  RollBackFieldMapping,
  CheckFieldMapping,
  SaveFlow,
  PublishFlow,
  RollBackFlow,
  ConnectZoom,
  DisconnectZoom,
  TakeMeetingNote,
  TickDiscoveryQuestion,
  ClearDiscoveryQuestion,
  ...meetingCommands,
  AssignNumber,
  SendSms,
  CancelSms,
  SaveSmsTemplate,
  PlaceCall,
  CancelCall,
  CreateConference,
  AddParticipant,
  MuteParticipant,
  HoldParticipant,
  RemoveParticipant,
  TransferCall,
  CompleteTransfer,
  EndConference,
  DeleteRecording,
  SuppressContact,
  ReleaseContact,
  ...billingCommands,
  ...integrationCommands,
  ...operatorCommands
]

/** All commands by service and name. */
export const commandRegistry = createCommandRegistry(commandCatalogue)
