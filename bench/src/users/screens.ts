/** What a screen of the dashboard reads when it opens, and which topics of the live stream make it read again. */
export interface Screen {
  readonly name: string
  /** How often people go there, relative to the others. */
  readonly weight: number
  /** By operators only, who see everything; others would get 403. */
  readonly operators: boolean
  /** `{lead}` and the like stand for a row that the person can see. */
  readonly reads: readonly { readonly route: string; readonly topics: readonly string[] }[]
}

const RECEIVED = 'received-event.changed'
const LEAD = 'lead.changed'
const MEETING = 'meeting.changed'
const WRITE = 'crm-write.changed'
const LETTER = 'dead-letter.changed'
const EVENT = 'event.recorded'

/** As `packages/dashboard/src/screens` and `live/stale-reads.ts` have it. */
export const SCREENS: readonly Screen[] = [
  {
    name: 'overview',
    weight: 3,
    operators: true,
    reads: [
      { route: '/v1/overview', topics: [RECEIVED, LEAD, WRITE, LETTER] },
      { route: '/v1/projections', topics: [] },
      { route: '/v1/budgets', topics: [] }
    ]
  },
  { name: 'leads', weight: 5, operators: false, reads: [{ route: '/v1/leads?limit=100', topics: [LEAD] }] },
  {
    name: 'one status',
    weight: 2,
    operators: false,
    reads: [{ route: '/v1/leads?limit=100&status=demo-booked', topics: [LEAD] }]
  },
  {
    name: 'lead',
    weight: 6,
    operators: false,
    reads: [
      { route: '/v1/leads/{lead}', topics: [] },
      { route: '/v1/leads/{lead}/timeline?limit=100', topics: [LEAD] },
      { route: '/v1/meetings?limit=6&leadId={lead}', topics: [MEETING] },
      { route: '/v1/crm-writes?limit=100&leadId={lead}', topics: [WRITE] }
    ]
  },
  { name: 'search', weight: 3, operators: false, reads: [{ route: '/v1/search?limit=8&q={word}', topics: [] }] },
  { name: 'meetings', weight: 2, operators: false, reads: [{ route: '/v1/meetings?limit=100', topics: [MEETING] }] },
  { name: 'meeting', weight: 2, operators: false, reads: [{ route: '/v1/meetings/{meeting}', topics: [] }] },
  {
    name: 'inbox',
    weight: 3,
    operators: true,
    reads: [{ route: '/v1/received-events?limit=100', topics: [RECEIVED] }]
  },
  {
    name: 'inbox detail',
    weight: 2,
    operators: true,
    reads: [{ route: '/v1/received-events/{received}', topics: [] }]
  },
  {
    name: 'dead letters',
    weight: 1,
    operators: true,
    reads: [{ route: '/v1/dead-letters/groups?state=open', topics: [LETTER] }]
  },
  { name: 'events', weight: 1, operators: true, reads: [{ route: '/v1/events?limit=100', topics: [EVENT] }] },
  { name: 'ledger', weight: 1, operators: true, reads: [{ route: '/v1/ledger', topics: [RECEIVED] }] }
]

/** The part of an address that figures are kept for. */
export function routeOf(address: string): string {
  return address.replace(/\?.*$/, '')
}
