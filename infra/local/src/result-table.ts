import Table from 'cli-table3'

/** A lead as the simulated Zoho holds it; every field may be missing. */
export type CrmLead = Readonly<Record<string, unknown>>

interface Column {
  title: string
  /** Longest text of a cell; longer ones are cut. */
  width: number
  value(lead: CrmLead): string
}

const COLUMNS: readonly Column[] = [
  { title: 'Name', width: 20, value: (lead) => [text(lead['First_Name']), text(lead['Last_Name'])].join(' ').trim() },
  { title: 'Company', width: 20, value: (lead) => text(lead['Company']) },
  { title: 'Status', width: 14, value: (lead) => text(lead['Lead_Status']) },
  { title: 'Demo', width: 16, value: (lead) => text(lead['Demo_Date']).replace('T', ' ').slice(0, 16) },
  { title: 'Team', width: 10, value: (lead) => text(lead['Team_Size']) },
  { title: 'Budget', width: 16, value: (lead) => text(lead['Budget']) },
  {
    title: 'Pain, need',
    width: 34,
    value: (lead) => text(lead['Pain_Points']) || text(lead['Need']) || text(lead['Use_Case'])
  }
]

/** The leads of the simulated CRM, read from its control routes. */
export async function readCrmLeads(simulatorsUrl: string): Promise<CrmLead[]> {
  const response = await fetch(`${simulatorsUrl}/_control/zoho/records?module=Leads`)
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
  const sorted = [...leads].sort((a, b) => text(a['Company']).localeCompare(text(b['Company'])))
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
