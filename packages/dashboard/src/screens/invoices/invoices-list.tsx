import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import type { QueryOf, RowOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { Look } from '../../design/status.tsx'
import { ListPage, type Filter } from '../../list/list-page.tsx'
import type { Column } from '../../list/list-table.tsx'
import type { Search } from '../../list/search-params.ts'
import { may, seesOwnOnly } from '../../words/access.ts'
import { customerWord, documentDay, invoiceLook, INVOICE_STATES } from '../../words/invoices.ts'
import { moneyText } from '../../words/money.ts'

type Invoice = RowOf<'/v1/invoices'>

const VIEWS = [
  { name: 'All invoices', search: {} },
  ...INVOICE_STATES.map((state) => ({ name: invoiceLook(state).word, search: { state } }))
]

const FILTERS: readonly Filter[] = [
  { kind: 'text', name: 'customer', label: 'Search invoices', placeholder: 'Customer or number' },
  {
    kind: 'choice',
    name: 'state',
    label: 'State',
    any: 'Any state',
    options: INVOICE_STATES.map((value) => ({ value, word: invoiceLook(value).word }))
  },
  {
    kind: 'choice',
    name: 'sort',
    label: 'Order',
    any: 'Newest first',
    options: [
      { value: 'datedAt', word: 'Oldest first' },
      { value: 'dueAt', word: 'Due first' },
      { value: '-changedAt', word: 'Latest change first' }
    ]
  }
]

const COLUMNS: readonly Column<Invoice>[] = [
  {
    id: 'customer',
    title: 'Customer',
    width: 'minmax(10rem, 1.6fr)',
    narrow: 'title',
    cell: (invoice) => (
      <span className={`font-medium ${invoice.customer === null ? 'text-muted' : ''}`}>
        {customerWord(invoice.customer)}
      </span>
    )
  },
  {
    id: 'number',
    title: 'Number',
    width: '9.5rem',
    narrow: 'meta',
    cell: (invoice) => <span className="tnum text-muted">{invoice.number ?? 'No number yet'}</span>
  },
  {
    id: 'state',
    title: 'State',
    width: '8rem',
    narrow: 'aside',
    cell: (invoice) => <Look look={invoiceLook(invoice.status)} />
  },
  {
    id: 'due',
    title: 'Due',
    width: '8rem',
    wide: true,
    cell: (invoice) => (
      <span className={`tnum ${invoice.status === 'overdue' ? 'font-medium text-tone-danger' : 'text-muted'}`}>
        {invoice.dueAt === null ? 'Not sent' : documentDay(invoice.dueAt)}
      </span>
    )
  },
  {
    id: 'balance',
    title: 'Owed',
    width: '9rem',
    align: 'end',
    wide: true,
    cell: (invoice) => (
      <span className="tnum text-muted">
        {invoice.balance === 0 ? '0' : moneyText(invoice.balance, invoice.currency)}
      </span>
    )
  },
  {
    id: 'total',
    title: 'Total',
    width: '10rem',
    align: 'end',
    narrow: 'end',
    cell: (invoice) => <span className="tnum">{moneyText(invoice.total, invoice.currency)}</span>
  }
]

const route = getRouteApi('/app/invoices')

/** Every invoice, and what they come to. */
export default function InvoicesList() {
  const me = useMe()
  const search = route.useSearch()
  return (
    <ListPage
      path="/v1/invoices"
      address="/invoices"
      title="Invoices"
      noun={['invoice', 'invoices']}
      views={VIEWS}
      filters={FILTERS}
      columns={COLUMNS}
      search={search}
      idOf={(invoice) => invoice.id}
      nameOf={(invoice) => `${customerWord(invoice.customer)}, ${invoice.number ?? 'draft'}`}
      linkOf={(invoice) => ({ to: '/invoices/$id', params: { id: invoice.id } })}
      empty={{
        title: 'No invoices yet',
        text: seesOwnOnly(me) ? 'Invoices of your leads stand here.' : 'The first draft makes one.'
      }}
      {...(may(me, 'commands')
        ? {
            actions: (
              <Link
                to="/invoices/new"
                className="inline-flex h-8 items-center gap-1.5 rounded-full bg-accent px-3 text-sm font-medium text-accent-foreground"
              >
                <Plus aria-hidden size={14} /> New invoice
              </Link>
            )
          }
        : {})}
    >
      <Sums search={search} />
    </ListPage>
  )
}

/** What the invoices that are listed come to, each currency for itself: sums over several would say nothing. */
function Sums({ search }: { search: Search }) {
  const { sort: _order, ...filter } = search
  const sums = useQuery(plainRead('/v1/invoices/totals', filter as QueryOf<'/v1/invoices/totals'>))
  const data = sums.data?.data ?? []
  if (data.length === 0) return 'What was asked for, what is owed, and since when.'
  return (
    <span className="flex flex-wrap gap-x-5 gap-y-0.5" data-sums>
      {data.map(({ currency, total, balance }) => (
        <Link
          key={currency}
          to="/invoices"
          search={{ ...search, currency }}
          className="tnum hover:text-foreground hover:underline"
        >
          {moneyText(total, currency)} in all
          {balance === 0 ? ', nothing owed' : `, ${moneyText(balance, currency)} owed`}
        </Link>
      ))}
    </span>
  )
}
