import type { Kysely } from 'kysely'
import type { ApiKeyRow } from '../api-keys/api-keys.projection.ts'
import type { CatalogueItemRow } from '../catalogue-items/catalogue-items.projection.ts'
import type { InvoiceRow } from '../invoices/invoices.projection.ts'
import type { CallRow } from '../calls/calls.table.ts'
import type { CostRow } from '../spend/costs.projection.ts'
import type { SpendBudgetRow } from '../spend/spend-budgets.projection.ts'
import type { MeetingRecordingRow } from '../meeting-recordings/meeting-recordings.table.ts'
import type { RecordingRow } from '../recordings/recordings.table.ts'
import type { CrmWriteRow } from '../crm-writes/crm-writes.table.ts'
import type { DeadLetterRow } from '../dead-letters/dead-letters.table.ts'
import type { FailedAttemptRow } from '../dead-letters/failed-attempts.projection.ts'
import type { EventIndexRow } from '../events/event-index.projection.ts'
import type { FieldMappingRow } from '../field-mapping/field-mappings.projection.ts'
import type { FieldMappingVersionRow } from '../field-mapping/field-mapping-versions.projection.ts'
import type { FlagRow } from '../flags/flags.projection.ts'
import type { FlowRow } from '../flows/flows.projection.ts'
import type { FlowVersionRow } from '../flows/flow-versions.projection.ts'
import type { IntegrationRow } from '../integrations/integrations.projection.ts'
import type { LeadRow } from '../leads/leads.table.ts'
import type { MeetingRow } from '../meetings/meetings.table.ts'
import type { PaymentRow } from '../payments/payments.projection.ts'
import type { SmsMessageRow } from '../sms/sms-messages.projection.ts'
import type { SmsTemplateRow } from '../sms/sms-templates.projection.ts'
import type { SmsThreadRow } from '../sms/sms-threads.projection.ts'
import type { ConferenceRow } from '../conferences/conferences.projection.ts'
import type { DialRow } from '../dials/dials.projection.ts'
import type { SuppressionRow } from '../suppressions/suppressions.projection.ts'
import type { PhoneNumberRow } from '../phone-numbers/phone-numbers.projection.ts'
import type { ReconciliationRow } from '../reconciliations/reconciliations.projection.ts'
import type { ReceivedEventRow } from '../received-events/received-events.table.ts'
import type { LeadOwnersRow } from '../lead-owners/lead-owners.projection.ts'
import type { SecurityLogRow } from '../security-log/security-log.projection.ts'
import type { TimelineRow } from '../timeline/timeline.projection.ts'
import type { UserRow } from '../users/users.projection.ts'
import type { DiscoveryQuestionsRow } from '../panel/discovery-questions.projection.ts'
import type { MeetingInstancesRow } from '../panel/meeting-instances.projection.ts'
import type { WorkRow } from '../work/work.projection.ts'
import type { ZoomConnectionRow } from '../zoom-connections/zoom-connections.projection.ts'

/** What the gateway's queries may read. */
export interface GatewayTables {
  'gateway.received_events': ReceivedEventRow
  'gateway.crm_writes': CrmWriteRow
  'gateway.leads': LeadRow
  'gateway.meetings': MeetingRow
  'gateway.timeline': TimelineRow
  'gateway.dead_letters': DeadLetterRow
  'gateway.failed_attempts': FailedAttemptRow
  'gateway.event_index': EventIndexRow
  'gateway.reconciliations': ReconciliationRow
  'gateway.lead_owners': LeadOwnersRow
  'gateway.users': UserRow
  'gateway.api_keys': ApiKeyRow
  'gateway.security_log': SecurityLogRow
  'gateway.work': WorkRow
  'gateway.integrations': IntegrationRow
  'gateway.flags': FlagRow
  'gateway.calls': CallRow
  'gateway.costs': CostRow
  'gateway.spend_budgets': SpendBudgetRow
  'gateway.meeting_recordings': MeetingRecordingRow
  'gateway.recordings': RecordingRow
  'gateway.flows': FlowRow
  'gateway.flow_versions': FlowVersionRow
  'gateway.phone_numbers': PhoneNumberRow
  'gateway.sms_messages': SmsMessageRow
  'gateway.sms_threads': SmsThreadRow
  'gateway.sms_templates': SmsTemplateRow
  'gateway.suppressions': SuppressionRow
  'gateway.dials': DialRow
  'gateway.conferences': ConferenceRow
  'gateway.catalogue_items': CatalogueItemRow
  'gateway.invoices': InvoiceRow
  'gateway.payments': PaymentRow
  'gateway.discovery_questions': DiscoveryQuestionsRow
  'gateway.meeting_instances': MeetingInstancesRow
  'gateway.zoom_connections': ZoomConnectionRow
  'gateway.field_mappings': FieldMappingRow
  'gateway.field_mapping_versions': FieldMappingVersionRow
  'projections.tables': {
    projection: string
    slot: string
    version: number
    created_at: string
    finished_at: string | null
  }
  'projections.parked': {
    projection: string
    slot: string
    stream: string
    key: string
    seq: number
    event_type: string
    error_code: string | null
    error_message: string | null
    parked_at: string
  }
}

/** The read models, read-only. */
export type ReadDatabase = Kysely<GatewayTables>
