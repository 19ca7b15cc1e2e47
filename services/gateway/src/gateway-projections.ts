import { apiKeys } from './api-keys/api-keys.projection.ts'
import { calls } from './calls/calls.projection.ts'
import { catalogueItems } from './catalogue-items/catalogue-items.projection.ts'
import { conferences } from './conferences/conferences.projection.ts'
import { crmWrites } from './crm-writes/crm-writes.projection.ts'
import { deadLetters } from './dead-letters/dead-letters.projection.ts'
import { failedAttempts } from './dead-letters/failed-attempts.projection.ts'
import { dials } from './dials/dials.projection.ts'
import { eventIndex } from './events/event-index.projection.ts'
import { fieldMappings } from './field-mapping/field-mappings.projection.ts'
import { fieldMappingVersions } from './field-mapping/field-mapping-versions.projection.ts'
import { flags } from './flags/flags.projection.ts'
import { flows } from './flows/flows.projection.ts'
import { flowVersions } from './flows/flow-versions.projection.ts'
import { integrations } from './integrations/integrations.projection.ts'
import { invoices } from './invoices/invoices.projection.ts'
import { leads } from './leads/leads.projection.ts'
import { leadOwners } from './lead-owners/lead-owners.projection.ts'
import { meetingRecordings } from './meeting-recordings/meeting-recordings.projection.ts'
import { meetings } from './meetings/meetings.projection.ts'
import { discoveryQuestions } from './panel/discovery-questions.projection.ts'
import { meetingInstances } from './panel/meeting-instances.projection.ts'
import { payments } from './payments/payments.projection.ts'
import { phoneNumbers } from './phone-numbers/phone-numbers.projection.ts'
import { recordings } from './recordings/recordings.projection.ts'
import { receivedEvents } from './received-events/received-events.projection.ts'
import { reconciliations } from './reconciliations/reconciliations.projection.ts'
import { securityLog } from './security-log/security-log.projection.ts'
import { smsMessages } from './sms/sms-messages.projection.ts'
import { smsTemplates } from './sms/sms-templates.projection.ts'
import { smsThreads } from './sms/sms-threads.projection.ts'
import { costs } from './spend/costs.projection.ts'
import { spendBudgets } from './spend/spend-budgets.projection.ts'
import { suppressions } from './suppressions/suppressions.projection.ts'
import { timeline } from './timeline/timeline.projection.ts'
import { users } from './users/users.projection.ts'
import { work } from './work/work.projection.ts'
import { zoomConnections } from './zoom-connections/zoom-connections.projection.ts'

/** The read models that people and programs look at. */
export const gatewayProjections = [
  receivedEvents,
  crmWrites,
  leads,
  meetings,
  meetingRecordings,
  timeline,
  deadLetters,
  failedAttempts,
  eventIndex,
  reconciliations,
  leadOwners,
  users,
  apiKeys,
  securityLog,
  work,
  fieldMappings,
  fieldMappingVersions,
  integrations,
  flags,
  calls,
  flows,
  flowVersions,
  phoneNumbers,
  smsThreads,
  smsMessages,
  smsTemplates,
  suppressions,
  recordings,
  dials,
  conferences,
  zoomConnections,
  catalogueItems,
  invoices,
  payments,
  costs,
  spendBudgets,
  discoveryQuestions,
  meetingInstances
]
