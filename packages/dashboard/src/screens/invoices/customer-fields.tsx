import { Button } from '@heroui/react'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useId, useState } from 'react'
import { plainRead } from '../../api/queries.ts'
import { Field } from '../../design/field.tsx'
import type { DraftForm } from '../../invoices/draft-form.ts'
import { helpOf } from './draft-page.tsx'

const FEW = 6

/** Who an invoice is for: a lead, or anybody. */
export function CustomerFields(props: {
  form: DraftForm
  change: (next: Partial<DraftForm>) => void
  problemOf: (place: string) => string | undefined
}) {
  const { form, change, problemOf } = props
  const address = useId()
  return (
    <div className="panel flex flex-col gap-3 p-4">
      {form.leadId === null ? (
        <LeadChoice onChoose={change} />
      ) : (
        <p className="flex flex-wrap items-center justify-between gap-2">
          <span>For a lead: the invoice stands with them. What is written below is theirs on this invoice only.</span>
          <Button size="sm" variant="secondary" onPress={() => change({ leadId: null })}>
            <X aria-hidden size={14} /> Not for a lead
          </Button>
        </p>
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        <Field
          label="Name"
          maxLength={200}
          value={form.name}
          aria-invalid={problemOf('name') !== undefined}
          {...helpOf(problemOf('name'))}
          onChange={(event) => change({ name: event.target.value })}
        />
        <Field
          label="E-mail"
          type="email"
          maxLength={320}
          value={form.email}
          aria-invalid={problemOf('email') !== undefined}
          {...helpOf(problemOf('email'))}
          onChange={(event) => change({ email: event.target.value })}
        />
        <Field
          label="Company"
          maxLength={200}
          value={form.company}
          onChange={(event) => change({ company: event.target.value })}
        />
        <Field
          label="Tax number"
          maxLength={40}
          value={form.taxId}
          onChange={(event) => change({ taxId: event.target.value })}
        />
      </div>
      <div className="flex flex-col gap-1.5">
        <label htmlFor={address} className="text-xs font-medium">
          Postal address
        </label>
        <textarea
          id={address}
          rows={3}
          maxLength={500}
          value={form.address}
          onChange={(event) => change({ address: event.target.value })}
          className="w-full rounded-lg border border-[var(--field-border)] bg-surface px-3 py-2"
        />
      </div>
    </div>
  )
}

/** Finds a lead by some letters; choosing fills the fields in. */
function LeadChoice({ onChoose }: { onChoose: (next: Partial<DraftForm>) => void }) {
  const [typed, setTyped] = useState('')
  const wanted = typed.trim()
  const found = useQuery({ ...plainRead('/v1/leads', { q: wanted, limit: FEW }), enabled: wanted.length > 1 })
  const leads = wanted.length > 1 ? (found.data?.data ?? []) : []
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Find a lead"
        type="search"
        placeholder="Name, company or address"
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
        help="Or fill in anybody below."
      />
      {leads.length === 0 ? (
        <p role="status" className="text-xs text-muted empty:hidden">
          {wanted.length > 1 && found.data !== undefined ? 'No lead matches.' : ''}
        </p>
      ) : (
        <ul className="divide-y divide-separator rounded-lg border border-border" aria-label="Leads that match">
          {leads.map((lead) => (
            <li key={lead.id}>
              <button
                type="button"
                className="flex w-full flex-col px-3 py-2 text-left hover:bg-default"
                onClick={() =>
                  onChoose({
                    leadId: lead.id,
                    name: lead.name ?? '',
                    email: lead.email,
                    company: lead.company ?? ''
                  })
                }
              >
                <span className="font-medium">{lead.name ?? lead.email}</span>
                <span className="text-xs text-muted">{lead.company ?? lead.email}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
