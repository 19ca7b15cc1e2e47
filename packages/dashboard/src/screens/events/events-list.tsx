import { getRouteApi } from '@tanstack/react-router'
import type { RowOf } from '../../api/client.ts'
import { ListPage, type Filter } from '../../list/list-page.tsx'
import type { Column } from '../../list/list-table.tsx'
import { timeColumn } from '../../list/time-column.tsx'
import { eventName, nameOf } from '../../words/names.ts'
import { summaryWords } from '../../words/summaries.ts'

type LogEvent = RowOf<'/v1/events'>

/** Types that people look for; any other comes by its address. */
const TYPES = [
  'ingest.WebhookReceived.v1',
  'meetings.MeetingBooked.v1',
  'meetings.MeetingHeld.v1',
  'crm.LeadCaptured.v1',
  'crm.LeadStatusChanged.v1',
  'crm.LeadEnriched.v1',
  'crm-sync.RecordWritten.v1',
  'crm-sync.WriteRefused.v1',
  'ops.DeadLettered.v1'
]

const VIEWS = [
  { name: 'All', search: {} },
  { name: 'Webhooks', search: { type: 'ingest.WebhookReceived.v1' } },
  { name: 'Status changes', search: { type: 'crm.LeadStatusChanged.v1' } },
  { name: 'CRM answers', search: { type: 'crm-sync.RecordWritten.v1' } },
  { name: 'Dead letters', search: { type: 'ops.DeadLettered.v1' } }
]

const FILTERS: readonly Filter[] = [
  {
    kind: 'choice',
    name: 'type',
    label: 'Type',
    any: 'Any type',
    options: TYPES.map((value) => ({ value, word: eventName(value) }))
  },
  { kind: 'text', name: 'subject', label: 'History', placeholder: 'History, as crm.lead.<id>' },
  {
    kind: 'choice',
    name: 'sort',
    label: 'Order',
    any: 'Newest first',
    options: [{ value: 'time', word: 'Oldest first' }]
  }
]

const COLUMNS: readonly Column<LogEvent>[] = [
  {
    id: 'type',
    title: 'Event',
    width: 'minmax(10rem, 1fr)',
    narrow: 'title',
    cell: (event) => <span className="font-medium">{eventName(event.type)}</span>
  },
  {
    id: 'summary',
    title: 'What it says',
    width: 'minmax(10rem, 1.6fr)',
    narrow: 'meta',
    cell: (event) => <span className="text-muted">{summaryWords(event.summary)}</span>
  },
  {
    id: 'service',
    title: 'Recorded by',
    width: '8rem',
    narrow: 'aside',
    cell: (event) => <span className="text-muted">{nameOf(event.service)}</span>
  },
  {
    id: 'sequence',
    title: 'Sequence',
    width: '5rem',
    align: 'end',
    wide: true,
    cell: (event) => <span className="tnum text-muted">{event.sequence}</span>
  },
  timeColumn('time', 'Recorded', (event) => event.time)
]

const route = getRouteApi('/app/events')

/** The log itself. */
export default function EventsList() {
  return (
    <ListPage
      path="/v1/events"
      address="/events"
      title="Event log"
      noun={['event', 'events']}
      views={VIEWS}
      filters={FILTERS}
      columns={COLUMNS}
      search={route.useSearch()}
      idOf={(event) => event.id}
      nameOf={(event) => `${eventName(event.type)}: ${summaryWords(event.summary)}`}
      linkOf={(event) => ({ to: '/events/$id', params: { id: event.id } })}
      empty={{ title: 'The log is empty', text: 'Everything that happens is written here, once.' }}
    >
      Everything that happened, in the order in which it was recorded.
    </ListPage>
  )
}
