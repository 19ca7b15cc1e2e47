import {
  LeadCaptured,
  LeadDemoDateChanged,
  LeadDetailsChanged,
  LeadEnriched,
  LeadFieldsCleared,
  LeadMeetingRecorded,
  LeadStatusChanged,
  NoteQueued,
  NoteWritten,
  OutcomeUnknown,
  PersonErased,
  PersonReturned,
  RecordWritten,
  WriteQueued,
  WriteRefused,
  WriteSimulated,
  type EventOf
} from '@leadlog/contracts'
import { defineProjection } from '@leadlog/projections'
import { ownLeadsOnly } from '../database/row-policies.ts'
import { searchable, SEARCH_INDEX } from '../search/search-functions.ts'
import { searchText } from '../search/search-text.ts'
import { later, withCustomer, withFields, withMeeting, withoutFields } from './lead-facts.ts'
import { LEADS_FINDER, LEADS_TABLE, leadColumns, type LeadRow } from './leads.table.ts'
import { afterSettled, afterUnknown, withOpenWrite } from './lead-sync.ts'

const crmEvents = [
  LeadCaptured,
  LeadMeetingRecorded,
  LeadDetailsChanged,
  LeadStatusChanged,
  LeadDemoDateChanged,
  LeadEnriched,
  LeadFieldsCleared
] as const
const crmSyncEvents = [
  WriteQueued,
  RecordWritten,
  WriteSimulated,
  WriteRefused,
  OutcomeUnknown,
  NoteQueued,
  NoteWritten
] as const

type LeadEvent = EventOf<(typeof crmEvents)[number] | (typeof crmSyncEvents)[number]>

/** The leads. The crm service decides what holds; this takes the newest of what it said. */
export const leads = defineProjection({
  name: 'gateway-leads',
  version: 7,
  table: LEADS_TABLE,
  columns: leadColumns,
  indexes: [
    { on: 'last_activity_at desc, id desc', where: 'captured' },
    { on: 'captured_at desc, id desc', where: 'captured' },
    { on: 'email_lower, id', where: 'captured' },
    { on: 'status, last_activity_at desc, id desc', where: 'captured' },
    SEARCH_INDEX
  ],
  on: [...crmEvents, ...crmSyncEvents, PersonErased, PersonReturned],
  key: (event: LeadEvent | EventOf<typeof PersonErased | typeof PersonReturned>) =>
    'leadId' in event.data ? event.data.leadId : event.data.personId,
  aggregateOf: (id) => [
    { context: 'privacy', aggregate: 'person', id },
    { context: 'crm', aggregate: 'lead', id },
    { context: 'crm-sync', aggregate: 'record', id }
  ],
  evolve: {
    [PersonErased.type]: () => null,
    // The lead was captured long ago and says so only once; with the person it begins anew.
    [PersonReturned.type]: (_row, event, id) => ({
      ...blank(id, event),
      sequence: event.sequence,
      captured: true,
      captured_at: event.data.contactAt
    }),
    [LeadCaptured.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({
        ...withCustomer(before, event.data.customer),
        captured: true,
        captured_at: event.data.capturedAt,
        origin: event.data.origin,
        last_activity_at: later(before.last_activity_at, event.data.capturedAt)
      })),
    [LeadDetailsChanged.type]: (row, event, id) =>
      newer(row, event, id, (before) => withCustomer(before, event.data.customer)),
    [LeadMeetingRecorded.type]: (row, event, id) =>
      newer(row, event, id, (before) => withMeeting(before, event.data.fact)),
    [LeadStatusChanged.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({
        ...before,
        status: event.data.to,
        status_changed_at: event.data.decidedByFactAt ?? event.time
      })),
    [LeadDemoDateChanged.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({
        ...before,
        demo_at: event.data.startsAt,
        demo_timezone: event.data.timezone,
        demo_source: event.data.source
      })),
    [LeadEnriched.type]: (row, event, id) => newer(row, event, id, (before) => withFields(before, event)),
    [LeadFieldsCleared.type]: (row, event, id) => newer(row, event, id, (before) => withoutFields(before, event.data)),
    [WriteQueued.type]: (row, event, id) =>
      newer(row, event, id, (before) => withOpenWrite(before, event.data.writeId, event.data)),
    [NoteQueued.type]: (row, event, id) =>
      newer(row, event, id, (before) => withOpenWrite(before, event.data.noteId, event.data)),
    [OutcomeUnknown.type]: (row, event, id) => newer(row, event, id, afterUnknown),
    [RecordWritten.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({
        ...afterSettled(before, event.data.writeIds, 'written', event.time),
        crm_id: event.data.crmId
      })),
    [NoteWritten.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({
        ...afterSettled(before, [event.data.noteId], 'written', event.time),
        crm_id: event.data.crmId
      })),
    [WriteSimulated.type]: (row, event, id) =>
      newer(row, event, id, (before) => afterSettled(before, event.data.writeIds, 'simulated', event.time)),
    [WriteRefused.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({
        ...afterSettled(before, event.data.writeIds, 'refused', before.synced_at),
        sync_error: `${event.data.code}: ${event.data.message}`
      }))
  },
  isShown: (row) => row.captured,
  setup: (table) => [
    ...ownLeadsOnly('person_id')(table),
    ...searchable({
      finder: LEADS_FINDER,
      table: LEADS_TABLE,
      shown: 's.captured',
      newest: 's.last_activity_at'
    })
  ]
})

/** Applies what is newer than the row; what the row already holds changes nothing. */
function newer(row: LeadRow | null, event: LeadEvent, id: string, change: (before: LeadRow) => LeadRow): LeadRow {
  if (row !== null && event.sequence <= row.sequence) return row
  const next = change(row ?? blank(id, event))
  return { ...next, sequence: event.sequence, search: searchTextOf(next) }
}

function blank(id: string, event: LeadEvent | EventOf<typeof PersonReturned>): LeadRow {
  return {
    id,
    sequence: 0,
    person_id: event.data.personId,
    email: '',
    email_lower: '',
    name: null,
    first_name: null,
    last_name: null,
    phone: null,
    timezone: null,
    company: null,
    title: null,
    status: 'new',
    status_changed_at: null,
    origin: null,
    captured: false,
    captured_at: event.time,
    demo_at: null,
    demo_timezone: null,
    demo_source: null,
    fields: {},
    meeting_ids: [],
    merged_meeting_ids: [],
    last_activity_at: EPOCH,
    crm_provider: null,
    crm_module: null,
    crm_id: null,
    sync_state: 'none',
    sync_error: null,
    synced_at: null,
    open_writes: [],
    search: ''
  }
}

/** Earlier than any fact. */
const EPOCH = '1970-01-01T00:00:00.000Z'

function searchTextOf({ email, name, first_name, last_name, company, title, phone }: LeadRow): string {
  return searchText([email, name, first_name, last_name, company, title], phone)
}
