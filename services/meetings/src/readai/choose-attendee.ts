import type { ReportPerson } from './report-payload.ts'

/** Whose domains are whose. All lower case. */
export interface DomainPolicy {
  readonly ownDomains: readonly string[]
  /** Domains of known customers; an attendee from one of them is preferred. May be empty. */
  readonly customerDomains: readonly string[]
}

/** An attendee with an address. */
export interface Attendee {
  readonly email: string
  readonly person: ReportPerson
}

/**
 * The customer of a meeting: an attendee of a known customer's domain, else any external one, else any attendee but
 * the owner, else the owner. Among equals the one who spoke most, then the one listed first.
 *
 * @param spokenBy characters spoken by lower-cased name
 * @returns undefined where nobody has an e-mail address
 */
export function chooseAttendee(
  participants: readonly ReportPerson[],
  owner: ReportPerson | null,
  policy: DomainPolicy,
  spokenBy: ReadonlyMap<string, number>
): Attendee | undefined {
  const candidates = withAddress(participants)
  const ownerEmail = owner?.email?.trim().toLowerCase()
  const rank = (attendee: Attendee): number => {
    if (isInDomains(attendee.email, policy.customerDomains)) return 0
    if (!isInDomains(attendee.email, policy.ownDomains)) return 1
    return attendee.email === ownerEmail ? 3 : 2
  }
  const spoken = (attendee: Attendee): number => spokenBy.get(attendee.person.name?.trim().toLowerCase() ?? '') ?? 0
  const best = candidates
    .map((attendee, position) => ({ attendee, position }))
    .sort(
      (a, b) =>
        rank(a.attendee) - rank(b.attendee) || spoken(b.attendee) - spoken(a.attendee) || a.position - b.position
    )[0]
  return best?.attendee ?? withAddress(owner ? [owner] : [])[0]
}

/** True when the address belongs to one of the domains or a subdomain of it. */
export function isInDomains(email: string, domains: readonly string[]): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1)
  return domains.some((own) => domain === own || domain.endsWith(`.${own}`))
}

function withAddress(people: readonly ReportPerson[]): Attendee[] {
  return people.flatMap((person) => {
    const email = person.email?.trim().toLowerCase()
    return email?.includes('@') ? [{ email, person }] : []
  })
}
