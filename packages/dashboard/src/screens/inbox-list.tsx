import { getRouteApi } from '@tanstack/react-router'
import type { RowOf } from '../api/client.ts'
import { Status } from '../design/status.tsx'
import { ListPage, type Filter } from '../list/list-page.tsx'
import type { Column } from '../list/list-table.tsx'
import { timeColumn } from '../list/time-column.tsx'
import { duration } from '../words/format.ts'
import { deliveryName, nameOf } from '../words/names.ts'

type Received = RowOf<'/v1/received-events'>

const VIEWS = [
  { name: 'All', search: {} },
  { name: 'Failed', search: { status: 'failed' } },
  { name: 'In progress', search: { status: 'processing' } },
  { name: 'Queued', search: { status: 'queued' } },
  { name: 'Done', search: { status: 'processed' } },
  { name: 'Nothing to do', search: { status: 'ignored' } }
]

const FILTERS: readonly Filter[] = [
  {
    kind: 'choice',
    name: 'provider',
    label: 'Source',
    any: 'Any source',
    options: ['calendly', 'readai', 'standard'].map((value) => ({ value, word: nameOf(value) }))
  },
  {
    kind: 'choice',
    name: 'eventType',
    label: 'What',
    any: 'Anything',
    options: ['invitee.created', 'invitee.canceled', 'invitee_no_show.created', 'meeting_end'].map((value) => ({
      value,
      word: deliveryName(value)
    }))
  },
  {
    kind: 'choice',
    name: 'sort',
    label: 'Order',
    any: 'Newest first',
    options: [{ value: 'receivedAt', word: 'Oldest first' }]
  }
]

const COLUMNS: readonly Column<Received>[] = [
  {
    id: 'what',
    title: 'What',
    width: 'minmax(9rem, 1.3fr)',
    narrow: 'title',
    cell: (row) => (
      <span>
        <span className="font-medium">{deliveryName(row.eventType)}</span>
        <span className="ml-1.5 text-muted">{nameOf(row.provider)}</span>
      </span>
    )
  },
  {
    id: 'who',
    title: 'About',
    width: 'minmax(8rem, 1.2fr)',
    narrow: 'meta',
    cell: (row) =>
      row.lead === null ? (
        <span className="text-muted">{row.lastError === null ? 'Nobody' : row.lastError.message}</span>
      ) : (
        (row.lead.name ?? row.lead.email)
      )
  },
  {
    id: 'status',
    title: 'Status',
    width: '8rem',
    narrow: 'aside',
    cell: (row) => <Status kind="received" state={row.status} />
  },
  {
    id: 'attempts',
    title: 'Attempts',
    width: '4.5rem',
    align: 'end',
    wide: true,
    cell: (row) => (
      <span className={`tnum ${row.attempts > 1 ? 'font-medium text-tone-warning' : 'text-muted'}`}>
        {row.attempts}
      </span>
    )
  },
  {
    id: 'took',
    title: 'Took',
    width: '5rem',
    align: 'end',
    wide: true,
    cell: (row) => <span className="tnum text-muted">{tookOf(row)}</span>
  },
  timeColumn('received', 'Received', (row) => row.receivedAt)
]

function tookOf(row: Received): string {
  return row.finishedAt === null ? '' : duration(Date.parse(row.finishedAt) - Date.parse(row.receivedAt))
}

const route = getRouteApi('/app/inbox')

/** Every webhook and how far it got. */
export default function InboxList() {
  return (
    <ListPage
      path="/v1/received-events"
      address="/inbox"
      title="Inbox"
      noun={['event', 'events']}
      views={VIEWS}
      filters={FILTERS}
      columns={COLUMNS}
      search={route.useSearch()}
      idOf={(row) => row.id}
      nameOf={(row) => `${deliveryName(row.eventType)} from ${nameOf(row.provider)}`}
      linkOf={(row) => ({ to: '/inbox/$id', params: { id: row.id } })}
      empty={{ title: 'Nothing received yet', text: 'Webhooks appear here the moment they arrive.' }}
    >
      Every webhook, and how far it got.
    </ListPage>
  )
}
