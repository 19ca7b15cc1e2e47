import { Button } from '@heroui/react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { readOfOne, plainRead } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { BackLink } from '../../design/back-link.tsx'
import { Loaded, LoadingBlock } from '../../design/states.tsx'
import { Look } from '../../design/status.tsx'
import { TabPanels } from '../../design/tab-panels.tsx'
import { Time } from '../../design/time.tsx'
import { EventLink } from '../../detail/event-link.tsx'
import { may } from '../../words/access.ts'
import { customerWord, documentDay, invoiceLook, reasonWord, stepWords } from '../../words/invoices.ts'
import { decimalText, moneyText } from '../../words/money.ts'
import { actorWord, namesOf } from '../../words/people.ts'
import {
  CreditDialog,
  MailDialog,
  PaymentDialog,
  SendDialog,
  VoidDialog,
  type InvoiceAnswer
} from './invoice-dialogs.tsx'

const DocumentView = lazy(() => import('./document-view.tsx'))

const route = getRouteApi('/app/invoices/$id')

/** One invoice: the document as the customer has it, what is owed, what can be done, and what happened. */
export default function InvoicePage() {
  const { id } = route.useParams()
  const found = useQuery(readOfOne('/v1/invoices/{id}', id, { expand: 'lead' }))
  return (
    <div className="h-full overflow-y-auto" tabIndex={0} role="region" aria-label="Invoice">
      <div className="mx-auto flex max-w-6xl flex-col gap-6 p-4 lg:p-6">
        <BackLink to="/invoices">Invoices</BackLink>
        <Loaded read={found}>{(invoice) => <Body key={id} invoice={invoice} />}</Loaded>
      </div>
    </div>
  )
}

function Body({ invoice }: { invoice: InvoiceAnswer }) {
  const { tab = 'document' } = route.useSearch()
  const navigate = route.useNavigate()
  const lead = invoice.expanded?.lead ?? null
  return (
    <>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="min-w-0 text-2xl font-semibold tracking-tight [overflow-wrap:anywhere]">
          {invoice.number ?? 'Draft invoice'}
        </h1>
        <Look look={invoiceLook(invoice.status)} />
        <p className="w-full text-muted">
          {customerWord(invoice.customer)}
          {lead === null ? null : (
            <>
              {', '}
              <Link to="/leads/$id" params={{ id: lead.id }} className="text-link hover:underline">
                the lead {lead.name ?? lead.email}
              </Link>
            </>
          )}
        </p>
      </header>
      {invoice.needsPerson ? (
        <p role="alert" className="rounded-lg bg-tone-danger-soft p-3 text-tone-danger">
          Money came in that does not fit this invoice. Somebody has to say what it is for.{' '}
          <Link
            to="/payments"
            search={{ state: 'parked', invoiceId: invoice.id }}
            className="font-medium whitespace-nowrap underline"
          >
            See the money
          </Link>
        </p>
      ) : null}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <aside aria-label="In short" className="flex flex-col gap-4 lg:order-last">
          <Amounts invoice={invoice} />
          <Actions invoice={invoice} />
        </aside>
        <TabPanels
          label="About this invoice"
          selected={tab}
          onSelect={(chosen) => void navigate({ search: { tab: chosen }, replace: true })}
          tabs={[
            { id: 'document', word: 'Document', panel: <Documents invoice={invoice} /> },
            { id: 'lines', word: 'Lines', panel: <Lines invoice={invoice} /> },
            { id: 'history', word: 'History', panel: <History invoice={invoice} /> }
          ]}
        />
      </div>
    </>
  )
}

function Amounts({ invoice }: { invoice: InvoiceAnswer }) {
  const { currency, totals, status, dueAt } = invoice
  const money = (amount: number): string => moneyText(amount, currency)
  const isOwed = status === 'sent' || status === 'overdue'
  return (
    <section className="panel p-4">
      <h2 className="mb-2 text-xs font-semibold text-muted">{isOwed ? 'Owed' : 'Total'}</h2>
      <p className="tnum text-xl font-semibold" data-amount>
        {money(isOwed ? invoice.balance : invoice.total)}
      </p>
      {isOwed && dueAt !== null ? (
        <p className={status === 'overdue' ? 'text-tone-danger' : 'text-muted'}>
          {status === 'overdue' ? 'Was due' : 'Due'} {documentDay(dueAt)}
        </p>
      ) : null}
      <dl className="mt-3 grid grid-cols-[1fr_auto] gap-x-4 gap-y-1">
        <Row name="Net">{money(totals.net)}</Row>
        <Row name="Tax">{money(totals.tax)}</Row>
        {isOwed ? <Row name="Total">{money(invoice.total)}</Row> : null}
        {invoice.paid === 0 ? null : <Row name="Paid">{money(invoice.paid)}</Row>}
        {invoice.credited === 0 ? null : <Row name="Credited">{money(invoice.credited)}</Row>}
        {invoice.refunded === 0 ? null : <Row name="Given back">{money(invoice.refunded)}</Row>}
      </dl>
      <p className="mt-3 text-xs text-muted">
        {invoice.issuedAt === null ? (
          <>
            Saved <Time at={invoice.savedAt} />
          </>
        ) : (
          <>Issued {documentDay(invoice.issuedAt)}</>
        )}
        {invoice.mailedAt === null ? null : (
          <>
            , mailed <Time at={invoice.mailedAt} />
          </>
        )}
      </p>
    </section>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="tnum text-right">{children}</dd>
    </>
  )
}

const DIALOGS = { send: SendDialog, mail: MailDialog, void: VoidDialog, pay: PaymentDialog, credit: CreditDialog }
type Wish = keyof typeof DIALOGS

/** What can be done in this state; all of it is asked first. */
function Actions({ invoice }: { invoice: InvoiceAnswer }) {
  const mayChange = may(useMe(), 'commands')
  const [wish, setWish] = useState<Wish | null>(null)
  const { status } = invoice
  if (!mayChange || status === 'void') return null
  const isDraft = status === 'draft'
  const isOwed = status === 'sent' || status === 'overdue'
  const touched = invoice.paid + invoice.credited > 0 || invoice.needsPerson
  const creditable = !isDraft && invoice.credited < invoice.total
  const offered: readonly (readonly [Wish, string, boolean])[] = [
    ['send', 'Send', isDraft && invoice.customer !== null],
    ['pay', 'Record payment', isOwed && invoice.balance > 0],
    ['mail', 'Mail again', !isDraft && invoice.customer !== null],
    ['credit', 'Credit note', creditable],
    ['void', isDraft ? 'Discard' : 'Make void', isDraft || (isOwed && !touched)]
  ]
  const Dialog = wish === null ? null : DIALOGS[wish]
  return (
    <section className="panel p-4" aria-label="What can be done">
      <div className="flex flex-wrap gap-2 lg:flex-col">
        {isDraft ? (
          <Link
            to="/invoices/$id/edit"
            params={{ id: invoice.id }}
            className="inline-flex h-8 items-center justify-center rounded-full bg-default px-3 text-sm font-medium text-link hover:underline lg:order-2"
          >
            Edit
          </Link>
        ) : null}
        {offered
          .filter(([, , is]) => is)
          .map(([name, word], index) => (
            <Button
              key={name}
              size="sm"
              variant={index === 0 && name !== 'mail' && name !== 'credit' ? 'primary' : 'secondary'}
              className={`lg:w-full ${index === 0 ? '' : 'lg:order-3'}`}
              onPress={() => setWish(name)}
            >
              {word}
            </Button>
          ))}
      </div>
      {Dialog === null ? null : <Dialog invoice={invoice} onClose={() => setWish(null)} />}
    </section>
  )
}

/** The invoice's PDF and those of its credit notes, one at a time. */
function Documents({ invoice }: { invoice: InvoiceAnswer }) {
  const [shown, setShown] = useState('')
  const note = invoice.creditNotes.find(({ id }) => id === shown)
  const address = `/v1/invoices/${invoice.id}`
  return (
    <div className="flex flex-col gap-3">
      {invoice.creditNotes.length === 0 ? null : (
        <div role="group" aria-label="Documents" className="flex flex-wrap gap-1">
          {[{ id: '', number: invoice.number ?? 'Invoice' }, ...invoice.creditNotes].map(({ id, number }) => (
            <button
              key={id}
              type="button"
              aria-pressed={id === (note?.id ?? '')}
              onClick={() => setShown(id)}
              className={`h-7 rounded-full px-3 text-sm font-medium ${
                id === (note?.id ?? '')
                  ? 'bg-foreground text-background'
                  : 'text-muted hover:bg-default hover:text-foreground'
              }`}
            >
              {number}
            </button>
          ))}
        </div>
      )}
      <Suspense fallback={<LoadingBlock />}>
        {note === undefined ? (
          <DocumentView
            key="invoice"
            address={`${address}/pdf`}
            version={`${invoice.status === 'void' ? 'void' : (invoice.number ?? 'draft')} ${invoice.draft} ${invoice.customer === null}`}
            name={invoice.number ?? 'draft'}
          />
        ) : (
          <DocumentView
            key={note.id}
            address={`${address}/credit-notes/${note.id}/pdf`}
            version={String(invoice.customer === null)}
            name={note.number}
          />
        )}
      </Suspense>
    </div>
  )
}

function Lines({ invoice }: { invoice: InvoiceAnswer }) {
  const { currency, creditNotes } = invoice
  const money = (amount: number): string => moneyText(amount, currency)
  return (
    <div className="flex flex-col gap-6">
      <ul className="panel divide-y divide-separator" aria-label="Lines">
        {invoice.lines.map((line, index) => {
          const off = line.lineDiscount + line.sharedDiscount
          return (
            <li key={index} className="grid grid-cols-[1fr_auto] gap-x-4 px-4 py-3">
              <span className="min-w-0 font-medium [overflow-wrap:anywhere]">
                {line.text === '' ? <span className="text-muted">Erased</span> : line.text}
              </span>
              <span className="tnum text-right">{money(line.total)}</span>
              <span className="text-xs text-muted">
                {decimalText(line.quantity)} × {money(line.unitPrice)}
                {off === 0 ? '' : `, less ${money(off)}`}, {decimalText(line.taxRate)} % tax
              </span>
              <span className="tnum text-right text-xs text-muted">{money(line.net)} net</span>
            </li>
          )
        })}
      </ul>
      {creditNotes.length === 0 ? null : (
        <section>
          <h2 className="mb-2 text-xs font-semibold text-muted">Credit notes</h2>
          <ul className="panel divide-y divide-separator" aria-label="Credit notes">
            {creditNotes.map((note) => (
              <li key={note.id} className="grid grid-cols-[1fr_auto] gap-x-4 px-4 py-3">
                <span className="tnum font-medium">{note.number}</span>
                <span className="tnum text-right">{money(note.total)}</span>
                <span className="text-xs text-muted">
                  {documentDay(note.issuedAt)}, {reasonWord(note.reason)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

function History({ invoice }: { invoice: InvoiceAnswer }) {
  const isAdmin = may(useMe(), 'admin')
  const users = useQuery({ ...plainRead('/v1/users'), enabled: isAdmin })
  const names = isAdmin ? namesOf(users.data?.data ?? []) : null
  const who = (by: string): string =>
    names === null && by.startsWith('user:') ? 'Somebody' : actorWord(by, names ?? new Map())
  return (
    <ol className="panel divide-y divide-separator" aria-label="What happened, the newest first">
      {invoice.history.toReversed().map((step) => (
        <li key={step.eventId} className="px-4 py-3">
          <p className="font-medium [overflow-wrap:anywhere]">{stepWords(step, invoice.currency)}</p>
          <p className="text-xs text-muted">
            {who(step.by)}, <Time at={step.at} />.{' '}
            <EventLink id={step.eventId} className="text-link hover:underline">
              The event
            </EventLink>
          </p>
        </li>
      ))}
    </ol>
  )
}
