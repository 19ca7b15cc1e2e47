import { ERASED_TEXT, type Customer } from '@leadlog/contracts'
import { domainFields, type DomainField, type DomainValues } from '../mapping/domain-field.ts'
import type { LeadState } from './lead-state.ts'

/** Fields whose value is put together here and not taken as it stands from an extraction. */
const composedFields: ReadonlySet<DomainField> = new Set([
  'leadId',
  'email',
  'firstName',
  'lastName',
  'phone',
  'status',
  'source',
  'demoDate',
  'demoTimezone',
  'confidence',
  'meddicConfidence',
  'recordingUrl'
])

/** Everything known of the lead, by domain field. What is not known is absent; nothing is empty. */
export function domainValuesOf(state: LeadState): DomainValues {
  const { enrichment, origin, capturedFrom, report } = state
  const details = state.details?.value
  const email = details?.email.trim().toLowerCase()
  const name = nameOf(details)
  const enriched = (field: DomainField) => enrichment.fields.get(field)?.value
  const known: Partial<Record<DomainField, DomainValues[DomainField] | null>> = {
    ...Object.fromEntries(
      domainFields.filter((field) => !composedFields.has(field)).map((field) => [field, enriched(field)])
    ),
    leadId: state.leadId,
    email,
    firstName: name.firstName ?? enriched('firstName'),
    lastName: name.lastName ?? enriched('lastName') ?? email?.split('@')[0],
    phone: details?.phone ?? enriched('phone'),
    status: state.status?.value ?? 'new',
    source: origin?.source ?? capturedFrom,
    demoDate: state.demo?.value.startsAt,
    demoTimezone: state.demo?.value.timezone ?? details?.timezone,
    confidence: enrichment.confidence['lead-intel']?.value,
    meddicConfidence: enrichment.confidence.meddic?.value,
    recordingUrl: report?.url
  }
  return Object.fromEntries(
    Object.entries(known).filter(([, value]) => value !== undefined && value !== null && value !== '')
  )
}

/** True where the person's key was destroyed: what is left says nothing and must not be written anywhere. */
export function isErased(state: LeadState): boolean {
  return state.details?.value.email === ERASED_TEXT
}

/** First and last name go together. A name of one word is taken for the last name, which a CRM insists on. */
function nameOf(details: Customer | undefined): { firstName: string | null; lastName: string | null } {
  const firstName = details?.firstName?.trim() || null
  const lastName = details?.lastName?.trim() || null
  if (lastName !== null) return { firstName, lastName }
  const words = (details?.name ?? '').split(/\s+/).filter((word) => word !== '' && !word.includes('@'))
  const last = words.at(-1)
  if (last === undefined || (words.length === 1 && last === firstName)) return { firstName, lastName: null }
  return { firstName: firstName ?? (words.slice(0, -1).join(' ') || null), lastName: last }
}
