import Table from 'cli-table3'

/** The CRMs that are simulated. */
export type CrmName = 'zoho' | 'hubspot'

/** A lead as the simulated CRM holds it; every field may be missing. */
export type CrmLead = Readonly<Record<string, unknown>>

/** A CRM's name for people. */
export const crmTitles: Readonly<Record<CrmName, string>> = { zoho: 'Zoho CRM', hubspot: 'HubSpot' }

interface Column {
  title: string
  /** Longest text of a cell; longer ones are cut. */
  width: number
  value(lead: CrmLead): string
}

const COLUMNS: readonly Column[] = [
  { title: 'Name', width: 20, value: (lead) => [text(lead['firstName']), text(lead['lastName'])].join(' ').trim() },
  { title: 'Company', width: 20, value: (lead) => text(lead['company']) },
  { title: 'Status', width: 14, value: (lead) => text(lead['status']) },
  { title: 'Demo', width: 16, value: (lead) => text(lead['demoDate']).replace('T', ' ').slice(0, 16) },
  { title: 'Team', width: 10, value: (lead) => text(lead['teamSize']) },
  { title: 'Budget', width: 16, value: (lead) => text(lead['budget']) },
  {
    title: 'Pain, need',
    width: 34,
    value: (lead) => text(lead['painPoints']) || text(lead['need']) || text(lead['useCase'])
  }
]

/** The leads of the simulated CRM, read from its control routes. */
export async function readCrmLeads(simulatorsUrl: string, crm: CrmName): Promise<CrmLead[]> {
  const response = await fetch(`${simulatorsUrl}/_control/crm/leads?crm=${crm}`)
  if (!response.ok) throw new Error(`the simulated CRM answered ${String(response.status)}`)
  const body = (await response.json()) as { data?: CrmLead[] }
  return body.data ?? []
}

/** The table that `npm start` ends in. */
export function formatResultTable(leads: readonly CrmLead[]): string {
  const table = new Table({
    head: COLUMNS.map((column) => column.title),
    style: { head: [], border: [], compact: true }
  })
  const sorted = [...leads].sort((a, b) => text(a['company']).localeCompare(text(b['company'])))
  for (const lead of sorted) table.push(COLUMNS.map((column) => cut(column.value(lead), column.width)))
  return table.toString()
}

function text(value: unknown): string {
  if (value === null || value === undefined) return ''
  const words = typeof value === 'string' ? value : JSON.stringify(value)
  return words.replace(/\s+/g, ' ').trim()
}

function cut(words: string, width: number): string {
  return words.length <= width ? words : `${words.slice(0, width - 1)}…`
}
