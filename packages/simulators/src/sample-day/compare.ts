import type { CrmLead } from '../crm/crm-lead.ts'
import type { ExpectedDay, ExpectedLead } from './expected.ts'

const momentIn = (value: string | null): string | undefined => {
  const time = value === null ? NaN : Date.parse(value)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}

const compareLead = (expected: ExpectedLead, lead: CrmLead): string[] => {
  const seen: [name: string, is: unknown, should: unknown][] = [
    ['first name', lead.firstName, expected.firstName],
    ['last name', lead.lastName, expected.lastName],
    ['status', lead.status, expected.leadStatus],
    ['notes', lead.notes.length, expected.notes.booking + expected.notes.meeting]
  ]
  if (expected.company !== undefined) seen.push(['company', lead.company, expected.company])
  if (expected.demoDate !== undefined) seen.push(['demo date', momentIn(lead.demoDate), expected.demoDate])
  return seen
    .filter(([, is, should]) => is !== should)
    .map(([name, is, should]) => `${expected.email}: ${name} is ${JSON.stringify(is)}, not ${JSON.stringify(should)}`)
}

/** In which points a CRM's leads and notes differ from the expected result; empty where they do not. */
export const differencesFrom = (expected: ExpectedDay, leads: readonly CrmLead[]): string[] => {
  const addressOf = ({ email }: CrmLead): string => (email ?? '').toLowerCase()
  const differences = expected.leads.flatMap((one) => {
    const found = leads.filter((lead) => addressOf(lead) === one.email)
    const [lead, ...others] = found
    if (lead === undefined) return [`${one.email}: has no record`]
    const twice = others.length > 0 ? [`${one.email}: has ${found.length} records`] : []
    return [...twice, ...compareLead(one, lead)]
  })
  const strangers = leads.map(addressOf).filter((email) => !expected.leads.some((one) => one.email === email))
  return [...differences, ...strangers.map((email) => `${email === '' ? '(no address)' : email}: is not expected`)]
}
