import { Button } from '@heroui/react'
import { getRouteApi } from '@tanstack/react-router'
import { ShieldPlus } from 'lucide-react'
import { useState } from 'react'
import type { RowOf } from '../../api/client.ts'
import { useMe } from '../../api/session.ts'
import { Look } from '../../design/status.tsx'
import { ListPage, type Filter } from '../../list/list-page.tsx'
import type { Column } from '../../list/list-table.tsx'
import { timeColumn } from '../../list/time-column.tsx'
import { may } from '../../words/access.ts'
import { reasons, standsWords } from '../../words/suppressions.ts'
import { SuppressDialog } from './suppress-dialog.tsx'

type Suppression = RowOf<'/v1/suppressions'>

const VIEWS = [
  { name: 'All', search: {} },
  { name: 'Suppressed', search: { active: 'true' } },
  { name: 'Opted out', search: { active: 'true', reason: 'opted-out' } }
]

const FILTERS: readonly Filter[] = [
  { kind: 'text', name: 'number', label: 'Phone number', placeholder: 'Phone number' },
  { kind: 'choice', name: 'reason', label: 'Reason', any: 'Any reason', options: reasons },
  {
    kind: 'choice',
    name: 'channel',
    label: 'Channel',
    any: 'Any channel',
    options: [
      { value: 'call', word: 'Calls' },
      { value: 'sms', word: 'Messages' }
    ]
  },
  {
    kind: 'choice',
    name: 'sort',
    label: 'Order',
    any: 'Latest first',
    options: [{ value: 'changedAt', word: 'Earliest first' }]
  }
]

const nameOf = (row: Suppression): string => row.expanded?.lead?.name ?? row.address ?? 'An erased number'

const COLUMNS: readonly Column<Suppression>[] = [
  {
    id: 'who',
    title: 'Who',
    width: 'minmax(10rem, 1fr)',
    narrow: 'title',
    cell: (row) => <span className="font-medium">{nameOf(row)}</span>
  },
  {
    id: 'number',
    title: 'Number',
    width: '9.5rem',
    wide: true,
    cell: (row) => <span className="tnum text-muted">{row.address ?? 'Erased'}</span>
  },
  {
    id: 'why',
    title: 'What stands',
    width: 'minmax(12rem, 1.6fr)',
    narrow: 'meta',
    cell: (row) => <span className="text-muted">{standsWords(row)}</span>
  },
  {
    id: 'state',
    title: 'State',
    width: '8rem',
    narrow: 'aside',
    cell: ({ active }) => (
      <Look
        look={
          active
            ? { tone: 'warning', icon: 'minus', word: 'Suppressed' }
            : { tone: 'neutral', icon: 'check', word: 'Released' }
        }
      />
    )
  },
  timeColumn('changed', 'Since', (row) => row.changedAt)
]

const route = getRouteApi('/app/suppressions')

/** Who is not to be called or written to, why, and since when. */
export default function SuppressionsList() {
  const mayChange = may(useMe(), 'commands')
  const [adding, setAdding] = useState(false)
  return (
    <>
      <ListPage
        path="/v1/suppressions"
        address="/suppressions"
        title="Suppressions"
        noun={['number', 'numbers']}
        views={VIEWS}
        filters={FILTERS}
        columns={COLUMNS}
        search={route.useSearch()}
        fixed={{ expand: 'lead' }}
        idOf={(row) => row.id}
        nameOf={nameOf}
        linkOf={(row) => ({ to: '/suppressions/$id', params: { id: row.id } })}
        empty={{
          title: 'Nobody is suppressed',
          text: 'STOP from a phone, an operator or Twilio’s refusal puts a number here.'
        }}
      >
        Who is not to be called or written to.{' '}
        {mayChange ? (
          <Button size="sm" variant="secondary" onPress={() => setAdding(true)}>
            <ShieldPlus aria-hidden size={14} /> Suppress a number
          </Button>
        ) : null}
      </ListPage>
      {adding ? <SuppressDialog onClose={() => setAdding(false)} /> : null}
    </>
  )
}
