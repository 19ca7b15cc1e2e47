import type { ObjectKind } from '@leadlog/contracts'
import type { ValueFormat } from '../mapping/mapping-document.ts'
import type { MappedObjectField, ObjectField, ObjectMapping } from './object-mapping.ts'

const mapped = (field: ObjectField, apiName: string, format: ValueFormat, maxLength = 255): MappedObjectField => ({
  field,
  apiName,
  format,
  maxLength
})

const LARGE_TEXT_AREA = 32_000
/** What HubSpot keeps of a text with markup. */
const MARKUP = 65_536
const ownIds = [mapped('key', 'leadlog_id', 'id', 64), mapped('leadId', 'leadlog_lead_id', 'text', 64)]

/**
 * Contacts, deals and tasks of HubSpot. Its contacts are Leadlog's leads too, so a contact's own key stands in a
 * property beside the lead's. Stages are those of the default pipeline.
 */
export const hubspotObjects: Record<ObjectKind, ObjectMapping> = {
  contact: {
    kind: 'contact',
    provider: 'hubspot',
    module: 'contacts',
    fields: [
      mapped('key', 'leadlog_contact_id', 'id', 64),
      mapped('firstName', 'firstname', 'text', 40),
      mapped('lastName', 'lastname', 'text', 80),
      mapped('email', 'email', 'email', 100),
      mapped('phone', 'phone', 'phone', 30),
      mapped('company', 'company', 'text', 200),
      mapped('title', 'jobtitle', 'text', 100)
    ],
    names: {}
  },
  deal: {
    kind: 'deal',
    provider: 'hubspot',
    module: 'deals',
    fields: [
      ...ownIds,
      mapped('name', 'dealname', 'text', 120),
      mapped('stage', 'dealstage', 'choice', 120),
      mapped('amount', 'amount', 'number', 16),
      mapped('currency', 'deal_currency_code', 'choice', 120),
      mapped('closeDate', 'closedate', 'instant', 120),
      mapped('note', 'description', 'prose', LARGE_TEXT_AREA)
    ],
    names: {}
  },
  task: {
    kind: 'task',
    provider: 'hubspot',
    module: 'tasks',
    fields: [
      ...ownIds,
      mapped('subject', 'hs_task_subject', 'text'),
      mapped('dueDate', 'hs_timestamp', 'instant', 120),
      mapped('status', 'hs_task_status', 'choice', 120),
      mapped('priority', 'hs_task_priority', 'choice', 120),
      mapped('owner', 'hubspot_owner_id', 'user', 120),
      mapped('note', 'hs_task_body', 'html', MARKUP)
    ],
    names: {
      status: { 'not-started': 'NOT_STARTED', 'in-progress': 'IN_PROGRESS', completed: 'COMPLETED' },
      priority: { high: 'HIGH', normal: 'MEDIUM', low: 'LOW' }
    }
  }
}
