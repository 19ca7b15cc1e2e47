import { getRouteApi } from '@tanstack/react-router'
import type { RowOf } from '../../api/client.ts'
import { Look } from '../../design/status.tsx'
import { ListPage, type Filter } from '../../list/list-page.tsx'
import type { Column } from '../../list/list-table.tsx'
import { timeColumn } from '../../list/time-column.tsx'
import { methodWord } from '../../words/invoices.ts'
import { moneyText } from '../../words/money.ts'
import { invoiceName, noteOf, payerName, paymentLook, paymentMethods } from '../../words/payments.ts'

type Payment = RowOf<'/v1/payments'>

const VIEWS = [
  { name: 'All', search: {} },
  { name: 'Waits for a person', search: { state: 'parked' } },
  { name: 'Disputed', search: { dispute: 'open' } },
  { name: 'Refunded', search: { refunded: 'true' } },
  { name: 'Rejected', search: { state: 'rejected' } }
]

const FILTERS: readonly Filter[] = [
  { kind: 'choice', name: 'method', label: 'How it came in', any: 'Any way', options: paymentMethods },
  { kind: 'text', name: 'currency', label: 'Currency', placeholder: 'Currency, such as USD' },
  {
    kind: 'choice',
    name: 'sort',
    label: 'Order',
    any: 'Latest first',
    options: [{ value: 'at', word: 'Earliest first' }]
  }
]

const COLUMNS: readonly Column<Payment>[] = [
  {
    id: 'who',
    title: 'From',
    width: 'minmax(9rem, 1fr)',
    narrow: 'title',
    cell: (row) => <span className="font-medium">{payerName(row)}</span>
  },
  {
    id: 'invoice',
    title: 'Invoice',
    width: '9rem',
    wide: true,
    cell: (row) => <span className="tnum text-muted">{invoiceName(row)}</span>
  },
  {
    id: 'amount',
    title: 'Amount',
    width: '9rem',
    narrow: 'meta',
    cell: (row) => <span className="tnum">{moneyText(row.amount, row.currency)}</span>
  },
  {
    id: 'method',
    title: 'By',
    width: '7.5rem',
    wide: true,
    cell: ({ method }) => <span className="text-muted">{methodWord(method)}</span>
  },
  {
    id: 'note',
    title: 'Note',
    width: 'minmax(11rem, 1.2fr)',
    wide: true,
    cell: (row) => <span className="text-muted tnum">{noteOf(row)}</span>
  },
  { id: 'state', title: 'State', width: '11rem', narrow: 'aside', cell: (row) => <Look look={paymentLook(row)} /> },
  timeColumn('at', 'Came in', (row) => row.at)
]

const route = getRouteApi('/app/payments')

/** Money that came in for invoices: what counts, what waits for a person, and what went back. */
export default function PaymentsList() {
  return (
    <ListPage
      path="/v1/payments"
      address="/payments"
      title="Payments"
      noun={['payment', 'payments']}
      views={VIEWS}
      filters={FILTERS}
      columns={COLUMNS}
      search={route.useSearch()}
      idOf={(row) => row.id}
      nameOf={(row) => `${moneyText(row.amount, row.currency)} from ${payerName(row)}`}
      linkOf={(row) => ({ to: '/payments/$id', params: { id: row.id } })}
      empty={{
        title: 'No payments yet',
        text: 'Customers pay on Stripe’s page, which the mail with their invoice leads to. Other money is recorded on the invoice.'
      }}
    >
      Money that came in for invoices. What fits no invoice waits for a person, and nothing is lost meanwhile.
    </ListPage>
  )
}
