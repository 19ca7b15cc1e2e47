import { Button } from '@heroui/react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useBlocker, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { toast } from 'sonner'
import { ApiProblem } from '../../api/problem.ts'
import { readOfOne } from '../../api/queries.ts'
import { read } from '../../api/client.ts'
import { BackLink } from '../../design/back-link.tsx'
import { Field, Refusal } from '../../design/field.tsx'
import { PageHead, ScrollingPage, Section } from '../../design/page.tsx'
import { Loaded } from '../../design/states.tsx'
import { emptyDraft, formOf, readForm, withCurrency, type DraftForm, type ReadForm } from '../../invoices/draft-form.ts'
import { moneyText } from '../../words/money.ts'
import { CurrencyChoice } from '../catalogue/item-dialog.tsx'
import { useAskBilling } from './ask-billing.ts'
import { CustomerFields } from './customer-fields.tsx'
import { DiscountFields, LinesFields } from './line-fields.tsx'

/** Kept in this browser, so that whoever bills in euros need not say so each time. */
const CURRENCY_KEY = 'leadlog.currency'

const newRoute = getRouteApi('/app/invoices/new')

/** A new invoice. */
export function NewDraftPage() {
  const { leadId } = newRoute.useSearch()
  const [invoiceId] = useState(() => crypto.randomUUID())
  const lead = useQuery({ ...readOfOne('/v1/leads/{id}', leadId ?? ''), enabled: leadId !== undefined })
  const empty = emptyDraft(localStorage.getItem(CURRENCY_KEY) ?? 'USD')
  return (
    <ScrollingPage name="New invoice">
      <BackLink to="/invoices">Invoices</BackLink>
      {leadId === undefined ? (
        <Editor invoiceId={invoiceId} start={empty} basedOn={0} />
      ) : (
        <Loaded read={lead}>
          {({ id, name, email, company }) => (
            <Editor
              invoiceId={invoiceId}
              start={{ ...empty, leadId: id, name: name ?? '', email, company: company ?? '' }}
              basedOn={0}
            />
          )}
        </Loaded>
      )}
    </ScrollingPage>
  )
}

/** A draft that was saved before. */
export function EditDraftPage() {
  const { id = '' } = useParams({ strict: false })
  const found = useQuery(readOfOne('/v1/invoices/{id}', id))
  return (
    <ScrollingPage name="Draft invoice">
      <BackLink to="/invoices/$id" params={{ id }}>
        The draft
      </BackLink>
      <Loaded read={found}>
        {(invoice) =>
          invoice.status === 'draft' ? (
            <Editor key={id} invoiceId={id} start={formOf(invoice)} basedOn={invoice.draft} />
          ) : (
            <p role="alert">
              It is no draft any more and does not change. What was sent is corrected by a credit note.
            </p>
          )
        }
      </Loaded>
    </ScrollingPage>
  )
}

/** Types a draft, reckons it while somebody types, and saves it over nobody else's changes. */
function Editor({ invoiceId, start, basedOn }: { invoiceId: string; start: DraftForm; basedOn: number }) {
  // What is read anew meanwhile must not change what is typed, nor what it is based on.
  const [form, setForm] = useState(start)
  const [base, setBase] = useState(basedOn)
  const [saved, setSaved] = useState(start)
  const [asked, setAsked] = useState(false)
  const [saving, setSaving] = useState(false)
  const [refused, setRefused] = useState<{ code: string; message: string } | null>(null)
  const ask = useAskBilling()
  const navigate = useNavigate()
  const leaving = useRef(false)
  const said = readForm(form)
  const problemOf = (place: string): string | undefined => (asked ? said.problems.get(place) : undefined)
  const change = (next: Partial<DraftForm>): void => setForm((before) => ({ ...before, ...next }))
  const isChanged = form !== saved
  useBlocker({
    shouldBlockFn: () => isChanged && !leaving.current && !window.confirm('Leave without saving the draft?'),
    enableBeforeUnload: () => isChanged && !leaving.current
  })
  const firstProblem = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (asked) firstProblem.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [asked])

  const save = async (expectedDraft: number): Promise<void> => {
    setAsked(true)
    if (said.body === null) return setRefused({ code: 'FORM', message: 'Mend what is marked, then save.' })
    setSaving(true)
    setRefused(null)
    const body = { invoiceId, expectedDraft, ...said.body }
    try {
      await ask('SaveInvoice', body)
      localStorage.setItem(CURRENCY_KEY, form.currency)
      leaving.current = true
      setSaved(form)
      toast.success('The draft is saved')
      void navigate({ to: '/invoices/$id', params: { id: invoiceId } })
    } catch (error) {
      const code = error instanceof ApiProblem ? error.code : 'UNEXPECTED'
      setRefused({ code, message: error instanceof Error ? error.message : String(error) })
    } finally {
      setSaving(false)
    }
  }
  /** The newest there is, as the service has it. */
  const newest = () => read('/v1/invoices/{id}', { path: { id: invoiceId } })

  return (
    <div ref={firstProblem} className="flex flex-col gap-6">
      <PageHead title={base === 0 ? 'New invoice' : 'Edit draft'}>
        It stays a draft without a number until somebody sends it.
      </PageHead>
      <form
        noValidate
        aria-label="Invoice"
        className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_19rem]"
        onSubmit={(event) => {
          event.preventDefault()
          void save(base)
        }}
      >
        <div className="flex min-w-0 flex-col gap-6">
          <Section title="Customer">
            <CustomerFields form={form} change={change} problemOf={problemOf} />
          </Section>
          <Section title="Lines">
            <LinesFields form={form} change={change} problemOf={problemOf} reckoned={said.reckoned} />
          </Section>
        </div>
        <div className="flex flex-col gap-4 lg:sticky lg:top-0">
          <section className="panel flex flex-col gap-3 p-4" aria-label="Terms">
            <CurrencyChoice value={form.currency} onChange={(currency) => setForm(withCurrency(form, currency))} />
            <Field
              label="Days to pay"
              inputMode="numeric"
              maxLength={3}
              value={form.dueDays}
              aria-invalid={problemOf('dueDays') !== undefined}
              {...helpOf(problemOf('dueDays'))}
              onChange={(event) => change({ dueDays: event.target.value })}
            />
            <DiscountFields
              label="Discount on the whole"
              currency={form.currency}
              value={form.discount}
              problem={problemOf('discount')}
              onChange={(discount) => change({ discount })}
            />
          </section>
          <Totals said={said} currency={form.currency} />
          {refused?.code === 'BILLING_DRAFT_CHANGED' ? (
            <div role="alert" className="flex flex-col gap-2 rounded-lg bg-tone-warning-soft p-3 text-tone-warning">
              <p className="font-medium">Somebody else saved this draft meanwhile</p>
              <div className="flex flex-wrap gap-2">
                <Button
                  size="sm"
                  variant="secondary"
                  onPress={() =>
                    void newest().then((theirs) => {
                      const form = formOf(theirs)
                      setForm(form)
                      setSaved(form)
                      setBase(theirs.draft)
                      setRefused(null)
                    })
                  }
                >
                  Take theirs
                </Button>
                <Button
                  size="sm"
                  variant="secondary"
                  onPress={() => void newest().then((theirs) => save(theirs.draft))}
                >
                  Save mine over it
                </Button>
              </div>
            </div>
          ) : (
            <Refusal>{refused?.message ?? null}</Refusal>
          )}
          <Button type="submit" variant="primary" className="w-full" isDisabled={saving}>
            {saving ? 'Saving' : 'Save draft and look at it'}
          </Button>
        </div>
      </form>
    </div>
  )
}

/** What is wrong with a field, as its help. */
export function helpOf(problem: string | undefined): { help?: string } {
  return problem === undefined ? {} : { help: problem }
}

function Totals({ said, currency }: { said: ReadForm; currency: string }) {
  const totals = said.reckoned?.totals
  const money = (amount: number | undefined): string => (amount === undefined ? '–' : moneyText(amount, currency))
  const rows = [
    ['Sum', totals?.gross],
    ...(totals === undefined || totals.discount === 0 ? [] : [['Discount', totals.discount] as const]),
    ['Net', totals?.net],
    ['Tax', totals?.tax]
  ] as const
  return (
    <section className="panel p-4" aria-label="Totals" aria-live="polite">
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1">
        {rows.map(([name, amount]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="tnum text-right">
              {name === 'Discount' ? '−' : ''}
              {money(amount)}
            </dd>
          </div>
        ))}
        <div className="col-span-full flex justify-between gap-4 border-t border-separator pt-2 font-semibold">
          <dt>Total</dt>
          <dd className="tnum text-right" data-total>
            {money(totals?.total)}
          </dd>
        </div>
      </dl>
      {said.reckoned === null ? (
        <p className="mt-2 text-xs text-muted">
          {said.problems.get('lines') ?? 'Complete the lines to see what it comes to.'}
        </p>
      ) : null}
    </section>
  )
}
