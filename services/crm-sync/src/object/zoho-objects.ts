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
const ownIds = [mapped('key', 'Leadlog_Id', 'id', 64), mapped('leadId', 'Leadlog_Lead_Id', 'text', 64)]

/** Contacts, Deals and Tasks of Zoho CRM: its standard fields, and custom ones by the names of the set-up guide. */
export const zohoObjects: Record<ObjectKind, ObjectMapping> = {
  contact: {
    kind: 'contact',
    provider: 'zoho',
    module: 'Contacts',
    fields: [
      ...ownIds,
      mapped('firstName', 'First_Name', 'text', 40),
      mapped('lastName', 'Last_Name', 'text', 80),
      mapped('email', 'Email', 'email', 100),
      mapped('phone', 'Phone', 'phone', 30),
      mapped('company', 'Company', 'text'),
      mapped('title', 'Title', 'text', 100)
    ],
    names: {}
  },
  deal: {
    kind: 'deal',
    provider: 'zoho',
    module: 'Deals',
    fields: [
      ...ownIds,
      mapped('name', 'Deal_Name', 'text', 120),
      mapped('stage', 'Stage', 'choice', 120),
      mapped('amount', 'Amount', 'number', 16),
      mapped('currency', 'Currency', 'choice', 120),
      mapped('closeDate', 'Closing_Date', 'day', 20),
      mapped('note', 'Description', 'prose', LARGE_TEXT_AREA)
    ],
    names: {}
  },
  task: {
    kind: 'task',
    provider: 'zoho',
    module: 'Tasks',
    fields: [
      ...ownIds,
      mapped('subject', 'Subject', 'text'),
      mapped('dueDate', 'Due_Date', 'day', 20),
      mapped('status', 'Status', 'choice', 120),
      mapped('priority', 'Priority', 'choice', 120),
      mapped('owner', 'Owner', 'user', 120),
      mapped('note', 'Description', 'prose', LARGE_TEXT_AREA)
    ],
    names: {
      status: { 'not-started': 'Not Started', 'in-progress': 'In Progress', completed: 'Completed' },
      priority: { high: 'High', normal: 'Normal', low: 'Low' }
    }
  }
}
