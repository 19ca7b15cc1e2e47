import { asText, isJsonObject } from '../json.ts'
import type { JsonObject } from '../json.ts'
import type { ExpectedDay, ExpectedLead } from './expected.ts'

/** What a CRM holds, in Zoho's field names. */
export interface CrmContents {
  leads: readonly JsonObject[]
  notes: readonly JsonObject[]
}

const noteCount = (crm: CrmContents, leadId: string | undefined): number =>
  crm.notes.filter(({ Parent_Id: parent }) => isJsonObject(parent) && parent.id === leadId).length

const momentIn = (value: unknown): string | undefined => {
  const time = typeof value === 'string' ? Date.parse(value) : NaN
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}

const compareLead = (expected: ExpectedLead, record: JsonObject, crm: CrmContents): string[] => {
  const seen: [name: string, is: unknown, should: unknown][] = [
    ['First_Name', asText(record.First_Name) ?? null, expected.firstName],
    ['Last_Name', record.Last_Name, expected.lastName],
    ['Lead_Status', record.Lead_Status, expected.leadStatus],
    ['notes', noteCount(crm, asText(record.id)), expected.notes.booking + expected.notes.meeting]
  ]
  if (expected.company !== undefined) seen.push(['Company', record.Company, expected.company])
  if (expected.demoDate !== undefined) seen.push(['Demo_Date', momentIn(record.Demo_Date), expected.demoDate])
  return seen
    .filter(([, is, should]) => is !== should)
    .map(([name, is, should]) => `${expected.email}: ${name} is ${JSON.stringify(is)}, not ${JSON.stringify(should)}`)
}

/** In which points a CRM's leads and notes differ from the expected result; empty where they do not. */
export const differencesFrom = (expected: ExpectedDay, crm: CrmContents): string[] => {
  const addressOf = (record: JsonObject): string => (asText(record.Email) ?? '').toLowerCase()
  const differences = expected.leads.flatMap((lead) => {
    const records = crm.leads.filter((record) => addressOf(record) === lead.email)
    const [record, ...others] = records
    if (record === undefined) return [`${lead.email}: has no record`]
    const twice = others.length > 0 ? [`${lead.email}: has ${records.length} records`] : []
    return [...twice, ...compareLead(lead, record, crm)]
  })
  const strangers = crm.leads.map(addressOf).filter((email) => !expected.leads.some((lead) => lead.email === email))
  return [...differences, ...strangers.map((email) => `${email === '' ? '(no address)' : email}: is not expected`)]
}
