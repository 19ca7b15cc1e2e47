import { Button } from '@heroui/react'
import { getRouteApi } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useMe } from '../../api/session.ts'
import { Look } from '../../design/status.tsx'
import { ListPage, type Filter } from '../../list/list-page.tsx'
import type { Column } from '../../list/list-table.tsx'
import { timeColumn } from '../../list/time-column.tsx'
import { may } from '../../words/access.ts'
import { decimalText, moneyText } from '../../words/money.ts'
import { ItemDialog, type CatalogueItem } from './item-dialog.tsx'

const VIEWS = [
  { name: 'All', search: {} },
  { name: 'Offered', search: { archived: 'false' } },
  { name: 'Archived', search: { archived: 'true' } }
]

const FILTERS: readonly Filter[] = [
  { kind: 'text', name: 'q', label: 'Search the catalogue', placeholder: 'Name' },
  {
    kind: 'choice',
    name: 'sort',
    label: 'Order',
    any: 'By name',
    options: [
      { value: '-changedAt', word: 'Latest change first' },
      { value: 'changedAt', word: 'Oldest change first' }
    ]
  }
]

export const offeredLook = (archived: boolean) =>
  archived
    ? ({ tone: 'neutral', icon: 'minus', word: 'Archived' } as const)
    : ({ tone: 'success', icon: 'check', word: 'Offered' } as const)

const COLUMNS: readonly Column<CatalogueItem>[] = [
  {
    id: 'name',
    title: 'Service',
    width: 'minmax(10rem, 1.6fr)',
    narrow: 'title',
    cell: (item) => <span className="font-medium">{item.name}</span>
  },
  {
    id: 'price',
    title: 'Price',
    width: '10rem',
    align: 'end',
    narrow: 'meta',
    cell: (item) => <span className="tnum">{moneyText(item.unitPrice, item.currency)}</span>
  },
  {
    id: 'tax',
    title: 'Tax',
    width: '5rem',
    align: 'end',
    wide: true,
    cell: (item) => <span className="tnum text-muted">{decimalText(item.taxRate)} %</span>
  },
  {
    id: 'state',
    title: 'State',
    width: '8rem',
    narrow: 'aside',
    cell: ({ archived }) => <Look look={offeredLook(archived)} />
  },
  timeColumn('changed', 'Changed', (item) => item.changedAt)
]

const route = getRouteApi('/app/catalogue')

/** What is sold, at which price. */
export default function CatalogueList() {
  const mayChange = may(useMe(), 'commands')
  const [adding, setAdding] = useState(false)
  return (
    <>
      <ListPage
        path="/v1/catalogue-items"
        address="/catalogue"
        title="Catalogue"
        noun={['service', 'services']}
        views={VIEWS}
        filters={FILTERS}
        columns={COLUMNS}
        search={route.useSearch()}
        idOf={(item) => item.id}
        nameOf={(item) => item.name}
        linkOf={(item) => ({ to: '/catalogue/$id', params: { id: item.id } })}
        empty={{
          title: 'Nothing is sold yet',
          text: 'A service has a name, a price and its tax; invoices take lines from here.'
        }}
        {...(mayChange
          ? {
              actions: (
                <Button size="sm" variant="primary" onPress={() => setAdding(true)}>
                  <Plus aria-hidden size={14} /> New service
                </Button>
              )
            }
          : {})}
      >
        What is sold, at which price and tax.
      </ListPage>
      {adding ? <ItemDialog known={null} onClose={() => setAdding(false)} /> : null}
    </>
  )
}
