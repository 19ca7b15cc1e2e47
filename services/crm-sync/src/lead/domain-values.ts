import { ERASED_TEXT } from '@leadlog/contracts'
import { domainFields, type DomainField, type DomainValues } from '../mapping/domain-field.ts'
import { demoDateOf } from './demo-date.ts'
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
  const { contact, enrichment, origin, capturedFrom, report } = state
  const demo = demoDateOf(state.demo)
  const email = contact.email?.value
  const enriched = (field: DomainField) => enrichment.fields.get(field)?.value
  const known: Partial<Record<DomainField, DomainValues[DomainField] | null>> = {
    ...Object.fromEntries(
      domainFields.filter((field) => !composedFields.has(field)).map((field) => [field, enriched(field)])
    ),
    leadId: state.leadId,
    email,
    firstName: contact.name?.value.firstName ?? enriched('firstName'),
    lastName: contact.name?.value.lastName ?? enriched('lastName') ?? localPart(email),
    phone: contact.phone?.value ?? enriched('phone'),
    status: state.status.name,
    source: origin?.source ?? capturedFrom,
    demoDate: demo?.startsAt,
    demoTimezone: demo?.timezone ?? contact.timezone?.value,
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
  return state.contact.email?.value === ERASED_TEXT
}

function localPart(email: string | undefined): string | undefined {
  return email?.split('@')[0]
}
