import { getRouteApi } from '@tanstack/react-router'
import type { RowOf } from '../../api/client.ts'
import { useMe } from '../../api/session.ts'
import { Status } from '../../design/status.tsx'
import { Ticking } from '../../design/ticking.tsx'
import { Time } from '../../design/time.tsx'
import { ListPage, type Filter } from '../../list/list-page.tsx'
import type { Column } from '../../list/list-table.tsx'
import { seesOwnOnly } from '../../words/access.ts'
import { clock, otherEnd, shownState, whereItIs } from '../../words/calls.ts'
import { statusLook } from '../../words/status.ts'

type Call = RowOf<'/v1/calls'>

const STATUSES = ['completed', 'no-answer', 'busy', 'canceled', 'failed', 'in-progress', 'ringing'] as const
const VIEWS = [
  { name: 'All', search: {} },
  { name: 'Now', search: { live: 'true' } },
  { name: 'They called', search: { direction: 'inbound' } },
  { name: 'We called', search: { direction: 'outbound' } }
]

const FILTERS: readonly Filter[] = [
  { kind: 'text', name: 'number', label: 'Phone number', placeholder: 'Phone number' },
  {
    kind: 'choice',
    name: 'status',
    label: 'Status',
    any: 'Any status',
    options: STATUSES.map((value) => ({ value, word: statusLook('call', value).word }))
  },
  {
    kind: 'choice',
    name: 'sort',
    label: 'Order',
    any: 'Latest first',
    options: [{ value: 'startedAt', word: 'Earliest first' }]
  }
]

const COLUMNS: readonly Column<Call>[] = [
  {
    id: 'who',
    title: 'With',
    width: 'minmax(9rem, 1.2fr)',
    narrow: 'title',
    cell: (call) => <span className="font-medium">{otherEnd(call, call.expanded?.lead ?? null)}</span>
  },
  {
    id: 'direction',
    title: 'Direction',
    width: '6.5rem',
    wide: true,
    cell: (call) => <span className="text-muted">{call.direction === 'inbound' ? 'They called' : 'We called'}</span>
  },
  {
    id: 'where',
    title: 'Where',
    width: 'minmax(8rem, 1fr)',
    wide: true,
    cell: (call) => <span className="text-muted">{call.live ? whereItIs(call) : (call.flow?.name ?? 'No flow')}</span>
  },
  {
    id: 'started',
    title: 'Began',
    width: '8rem',
    narrow: 'meta',
    cell: (call) => (
      <span className="text-muted">
        <Time at={call.startedAt} hint={false} />
      </span>
    )
  },
  {
    id: 'status',
    title: 'Status',
    width: '8rem',
    narrow: 'aside',
    cell: (call) => <Status kind="call" state={shownState(call, Date.now())} />
  },
  {
    id: 'length',
    title: 'Length',
    width: '5rem',
    narrow: 'end',
    cell: (call) =>
      call.live ? (
        <Ticking since={call.startedAt} />
      ) : (
        <span className="tnum text-muted">{call.durationSeconds === null ? '' : clock(call.durationSeconds)}</span>
      )
  }
]

const route = getRouteApi('/app/calls')

/** Every call, those that run too. */
export default function CallsList() {
  const own = seesOwnOnly(useMe())
  return (
    <ListPage
      path="/v1/calls"
      address="/calls"
      title={own ? 'Your calls' : 'Calls'}
      noun={['call', 'calls']}
      views={VIEWS}
      filters={FILTERS}
      columns={COLUMNS}
      search={route.useSearch()}
      fixed={{ expand: 'lead' }}
      idOf={(call) => call.id}
      nameOf={(call) => `Call with ${otherEnd(call, call.expanded?.lead ?? null)}`}
      linkOf={(call) => ({ to: '/calls/$id', params: { id: call.id } })}
      empty={{ title: 'No calls yet', text: 'A call shows here as soon as one of your numbers rings.' }}
    >
      {own ? 'Calls with your leads, those that run too.' : 'Every call, those that run too.'}
    </ListPage>
  )
}
