import { getRouteApi } from '@tanstack/react-router'
import type { RowOf } from '../../api/client.ts'
import { useMe } from '../../api/session.ts'
import { Status } from '../../design/status.tsx'
import { ListPage, type Filter } from '../../list/list-page.tsx'
import type { Column } from '../../list/list-table.tsx'
import { seesOwnOnly } from '../../words/access.ts'
import { appointment } from '../../words/format.ts'
import { statusLook } from '../../words/status.ts'
import { Meddic } from './meddic.tsx'

type Meeting = RowOf<'/v1/meetings'>

const STATUSES = ['booked', 'held', 'canceled', 'no-show'] as const
const VIEWS = [
  { name: 'All', search: {} },
  ...STATUSES.map((status) => ({ name: statusLook('meeting', status).word, search: { status } }))
]

const FILTERS: readonly Filter[] = [
  {
    kind: 'choice',
    name: 'status',
    label: 'Status',
    any: 'Any status',
    options: STATUSES.map((value) => ({ value, word: statusLook('meeting', value).word }))
  },
  {
    kind: 'choice',
    name: 'sort',
    label: 'Order',
    any: 'Latest first',
    options: [{ value: 'startsAt', word: 'Earliest first' }]
  }
]

const COLUMNS: readonly Column<Meeting>[] = [
  {
    id: 'who',
    title: 'With',
    width: 'minmax(9rem, 1.2fr)',
    narrow: 'title',
    cell: (meeting) => (
      <span className="font-medium">{meeting.customer.name ?? meeting.customer.email ?? 'Nobody that is known'}</span>
    )
  },
  {
    id: 'title',
    title: 'Meeting',
    width: 'minmax(8rem, 1.2fr)',
    wide: true,
    cell: (meeting) => (
      <span className="text-muted">
        {meeting.title ?? 'Without a title'}
        {meeting.host.name === null ? '' : `, ${meeting.host.name}`}
      </span>
    )
  },
  {
    id: 'starts',
    title: 'Starts',
    width: '11rem',
    narrow: 'meta',
    cell: (meeting) => (
      <span className="tnum text-muted">{meeting.startsAt === null ? 'Not known' : appointment(meeting.startsAt)}</span>
    )
  },
  {
    id: 'status',
    title: 'Status',
    width: '7rem',
    narrow: 'aside',
    cell: (meeting) => <Status kind="meeting" state={meeting.status} />
  },
  {
    id: 'transcript',
    title: 'Transcript',
    width: '7rem',
    wide: true,
    cell: (meeting) =>
      meeting.transcript === null ? (
        <span className="text-muted">None</span>
      ) : (
        <Status kind="transcript" state={meeting.transcript.verdict} />
      )
  },
  {
    id: 'meddic',
    title: 'MEDDIC',
    width: '5.5rem',
    narrow: 'end',
    cell: (meeting) =>
      meeting.meddic === null ? (
        <span className="text-muted">Not read</span>
      ) : (
        <Meddic filled={meeting.meddic.filled} total={meeting.meddic.total} />
      )
  }
]

const route = getRouteApi('/app/meetings')

/** The meetings, each through all its reschedules. */
export default function MeetingsList() {
  const own = seesOwnOnly(useMe())
  return (
    <ListPage
      path="/v1/meetings"
      address="/meetings"
      title={own ? 'Your meetings' : 'Meetings'}
      noun={['meeting', 'meetings']}
      views={VIEWS}
      filters={FILTERS}
      columns={COLUMNS}
      search={route.useSearch()}
      idOf={(meeting) => meeting.id}
      nameOf={(meeting) =>
        `${meeting.title ?? 'Meeting'} with ${meeting.customer.name ?? meeting.customer.email ?? 'nobody that is known'}`
      }
      linkOf={(meeting) => ({ to: '/meetings/$id', params: { id: meeting.id } })}
      empty={{ title: 'No meetings yet', text: 'A booking makes one; so does a report of a notetaker.' }}
    >
      {own
        ? 'Meetings with your leads, each once through all its reschedules.'
        : 'Each meeting once, through all its reschedules.'}
    </ListPage>
  )
}
