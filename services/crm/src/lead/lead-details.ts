import type { Customer } from '@leadlog/contracts'

/** What a source said about a person, and when. */
export interface DetailsClaim {
  readonly customer: Customer
  readonly source: 'calendly' | 'readai' | 'zoom' | 'manual'
  readonly at: string
}

/** Whom to believe first: what people typed themselves before what a notetaker made of a display name. */
const TRUST: Readonly<Record<DetailsClaim['source'], number>> = { manual: 3, calendly: 2, zoom: 1, readai: 0 }

/** The details as they stand: per field the most trusted source that has it, and of equals the newest. */
export function leadDetails(claims: readonly DetailsClaim[]): Customer | null {
  const ordered = [...claims].sort(
    (a, b) =>
      TRUST[b.source] - TRUST[a.source] ||
      b.at.localeCompare(a.at) ||
      JSON.stringify(a.customer).localeCompare(JSON.stringify(b.customer))
  )
  const first = ordered[0]
  if (!first) return null
  const pick = (field: keyof Customer): string | null =>
    ordered.map((claim) => claim.customer[field]).find((value) => value) ?? null
  return {
    email: first.customer.email,
    name: pick('name'),
    firstName: pick('firstName'),
    lastName: pick('lastName'),
    phone: pick('phone'),
    timezone: pick('timezone')
  }
}
