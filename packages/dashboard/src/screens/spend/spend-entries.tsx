import { getRouteApi } from '@tanstack/react-router'
import type { RowOf } from '../../api/client.ts'
import { ListPage, type Filter } from '../../list/list-page.tsx'
import type { Column } from '../../list/list-table.tsx'
import { timeColumn } from '../../list/time-column.tsx'
import { useMayOpen } from '../../shell/allowed-screens.ts'
import { nameOf } from '../../words/names.ts'
import { COST_KINDS, entryWord, exactMoney, kindWord, quantityWords } from '../../words/spend.ts'

type Entry = RowOf<'/v1/spend/entries'>

const FILTERS: readonly Filter[] = [
  {
    kind: 'choice',
    name: 'kind',
    label: 'Kind',
    any: 'Any kind',
    options: COST_KINDS.map(({ kind }) => ({ value: kind, word: kindWord(kind) }))
  },
  {
    kind: 'choice',
    name: 'sort',
    label: 'Order',
    any: 'Newest first',
    options: [{ value: 'usedAt', word: 'Oldest first' }]
  }
]

const COLUMNS: readonly Column<Entry>[] = [
  {
    id: 'what',
    title: 'What',
    width: 'minmax(11rem, 1fr)',
    narrow: 'title',
    cell: (entry) => <span className="font-medium">{entryWord(entry)}</span>
  },
  {
    id: 'details',
    title: 'How much',
    width: 'minmax(12rem, 1.4fr)',
    narrow: 'meta',
    cell: (entry) => <span className="text-muted">{detailsOf(entry)}</span>
  },
  {
    id: 'amount',
    title: 'Cost',
    width: '8rem',
    align: 'end',
    narrow: 'aside',
    cell: (entry) => <span className="tnum font-medium">{exactMoney(entry.amountMicros, entry.currency)}</span>
  },
  timeColumn('usedAt', 'Used', (entry) => entry.usedAt)
]

function detailsOf(entry: Entry): string {
  const by = entry.model ?? (entry.provider === 'what-if' ? null : nameOf(entry.provider))
  const parts = [by, quantityWords(entry), entry.corrected ? 'price corrected' : null]
  return parts.filter((part) => part !== null).join(', ')
}

const route = getRouteApi('/app/spend/entries')

/** The costs behind a sum, each with what told of it. */
export default function SpendEntries() {
  const mayOpen = useMayOpen()
  const search = route.useSearch()
  return (
    <ListPage
      path="/v1/spend/entries"
      address="/spend/entries"
      title="Costs"
      noun={['cost', 'costs']}
      views={[{ name: 'This month', search: {} }]}
      filters={FILTERS}
      columns={COLUMNS}
      search={search}
      idOf={(entry) => entry.id}
      nameOf={(entry) => `${entryWord(entry)}, ${exactMoney(entry.amountMicros, entry.currency)}`}
      linkOf={(entry) => {
        if (mayOpen('/events/$id')) return { to: '/events/$id', params: { id: entry.causeId }, elsewhere: true }
        if (entry.callId !== null) return { to: '/calls/$id', params: { id: entry.callId }, elsewhere: true }
        return { to: '/leads/$id', params: { id: entry.leadId ?? '' }, elsewhere: true }
      }}
      empty={{ title: 'No costs yet', text: 'What is used shows here with its price.' }}
    >
      What was charged, each with the event that told of it.
    </ListPage>
  )
}
