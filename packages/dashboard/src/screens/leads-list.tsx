import { getRouteApi } from '@tanstack/react-router'
import type { RowOf } from '../api/client.ts'
import { useMe } from '../api/session.ts'
import { Status } from '../design/status.tsx'
import { ListPage, type Filter } from '../list/list-page.tsx'
import type { Column } from '../list/list-table.tsx'
import { timeColumn } from '../list/time-column.tsx'
import { seesOwnOnly } from '../words/access.ts'
import { appointment } from '../words/format.ts'
import { statusLook } from '../words/status.ts'

type Lead = RowOf<'/v1/leads'>

const STATUSES = ['new', 'demo-booked', 'demo-complete', 'demo-no-show', 'demo-canceled'] as const
const CRM_STATES = ['none', 'queued', 'unknown', 'written', 'simulated', 'refused'] as const

const VIEWS = [
  { name: 'All leads', search: {} },
  ...STATUSES.map((status) => ({ name: statusLook('lead', status).word, search: { status } })),
  { name: 'CRM refused', search: { crmState: 'refused' } }
]

const FILTERS: readonly Filter[] = [
  { kind: 'text', name: 'q', label: 'Search leads', placeholder: 'Name, company, address, phone' },
  {
    kind: 'choice',
    name: 'status',
    label: 'Status',
    any: 'Any status',
    options: STATUSES.map((value) => ({ value, word: statusLook('lead', value).word }))
  },
  {
    kind: 'choice',
    name: 'crmState',
    label: 'CRM',
    any: 'Any CRM state',
    options: CRM_STATES.map((value) => ({ value, word: statusLook('crm', value).word }))
  },
  {
    kind: 'choice',
    name: 'sort',
    label: 'Order',
    any: 'Last activity first',
    options: [
      { value: 'lastActivityAt', word: 'Quietest first' },
      { value: '-capturedAt', word: 'Newest first' },
      { value: 'capturedAt', word: 'Oldest first' },
      { value: 'email', word: 'By address' }
    ]
  }
]

const COLUMNS: readonly Column<Lead>[] = [
  {
    id: 'name',
    title: 'Lead',
    width: 'minmax(10rem, 1.4fr)',
    narrow: 'title',
    cell: (lead) => <span className="font-medium">{lead.name ?? lead.email}</span>
  },
  {
    id: 'company',
    title: 'Company',
    width: 'minmax(8rem, 1.3fr)',
    narrow: 'meta',
    cell: (lead) => (
      <span className="text-muted">
        {lead.company ?? (lead.name === null ? 'Company not known' : lead.email)}
        {lead.title === null ? '' : `, ${lead.title}`}
      </span>
    )
  },
  {
    id: 'status',
    title: 'Status',
    width: '9rem',
    narrow: 'aside',
    cell: (lead) => <Status kind="lead" state={lead.status} />
  },
  {
    id: 'demo',
    title: 'Demo',
    width: '11rem',
    cell: (lead) => (
      <span className="tnum text-muted">{lead.demo === null ? 'None' : appointment(lead.demo.startsAt)}</span>
    )
  },
  { id: 'crm', title: 'CRM', width: '9rem', cell: (lead) => <Status kind="crm" state={lead.crm.state} /> },
  timeColumn('activity', 'Last activity', (lead) => lead.lastActivityAt)
]

const route = getRouteApi('/app/leads')

/** Everybody who may become a customer. */
export default function LeadsList() {
  const own = seesOwnOnly(useMe())
  return (
    <ListPage
      path="/v1/leads"
      address="/leads"
      title={own ? 'Your leads' : 'Leads'}
      noun={['lead', 'leads']}
      views={VIEWS}
      filters={FILTERS}
      columns={COLUMNS}
      search={route.useSearch()}
      idOf={(lead) => lead.id}
      nameOf={(lead) => lead.name ?? lead.email}
      linkOf={(lead) => ({ to: '/leads/$id', params: { id: lead.id } })}
      empty={{
        title: 'No leads yet',
        text: own ? 'The first booking of a meeting with you makes one.' : 'The first booking makes one.'
      }}
    >
      {own ? 'Everybody whose meetings you host.' : 'Everybody who booked, met or was entered by hand.'}
    </ListPage>
  )
}
