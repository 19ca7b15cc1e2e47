import { getRouteApi } from '@tanstack/react-router'
import type { RowOf } from '../../api/client.ts'
import { useMe } from '../../api/session.ts'
import { Look } from '../../design/status.tsx'
import { ListPage, type Filter } from '../../list/list-page.tsx'
import type { Column } from '../../list/list-table.tsx'
import { timeColumn } from '../../list/time-column.tsx'
import { seesOwnOnly } from '../../words/access.ts'
import { threadName } from '../../words/messages.ts'

type Thread = RowOf<'/v1/sms-threads'>

const FILTERS: readonly Filter[] = [
  { kind: 'text', name: 'number', label: 'Phone number', placeholder: 'Phone number' },
  {
    kind: 'choice',
    name: 'sort',
    label: 'Order',
    any: 'Latest first',
    options: [{ value: 'lastAt', word: 'Earliest first' }]
  }
]

const COLUMNS: readonly Column<Thread>[] = [
  {
    id: 'who',
    title: 'With',
    width: 'minmax(9rem, 1fr)',
    narrow: 'title',
    cell: (thread) => <span className="font-medium">{threadName(thread)}</span>
  },
  {
    id: 'last',
    title: 'Last message',
    width: 'minmax(12rem, 2fr)',
    narrow: 'meta',
    cell: ({ lastMessage }) => (
      <span className="text-muted">
        {lastMessage === null
          ? 'None yet'
          : `${lastMessage.direction === 'in' ? '' : 'You: '}${lastMessage.text ?? 'Erased'}`}
      </span>
    )
  },
  {
    id: 'state',
    title: 'State',
    width: '9rem',
    narrow: 'aside',
    cell: (thread) => <ThreadState thread={thread} />
  },
  timeColumn('at', 'When', (thread) => thread.lastMessage?.at ?? '1970-01-01T00:00:00Z')
]

function ThreadState({ thread }: { thread: Thread }) {
  if (thread.suppressed !== null) return <Look look={{ tone: 'warning', icon: 'minus', word: 'Suppressed' }} />
  if (thread.waiting > 0)
    return <Look look={{ tone: 'info', icon: 'clock', word: `${String(thread.waiting)} waiting` }} />
  if (thread.lastMessage?.direction === 'in')
    return <Look look={{ tone: 'info', icon: 'star', word: 'Not answered' }} />
  return <Look look={{ tone: 'neutral', icon: 'check', word: 'Answered' }} />
}

const route = getRouteApi('/app/messages')

/** Text messages, a thread for each number that wrote or was written to. */
export default function ThreadsList() {
  const own = seesOwnOnly(useMe())
  return (
    <ListPage
      path="/v1/sms-threads"
      address="/messages"
      title={own ? 'Your messages' : 'Messages'}
      noun={['thread', 'threads']}
      views={[{ name: 'All', search: {} }]}
      filters={FILTERS}
      columns={COLUMNS}
      search={route.useSearch()}
      fixed={{ expand: 'lead' }}
      idOf={(thread) => thread.id}
      nameOf={(thread) => `Messages with ${threadName(thread)}`}
      linkOf={(thread) => ({ to: '/messages/$id', params: { id: thread.id } })}
      empty={{ title: 'No messages yet', text: 'A message that comes in or is sent begins a thread.' }}
    >
      {own ? 'Text messages with your leads.' : 'Text messages, in and out.'}
    </ListPage>
  )
}
