/** What a screen of the dashboard reads when it opens. */
export interface Screen {
  readonly name: string
  /** How often people go there, relative to the others. */
  readonly weight: number
  /** By operators only, who see everything; others would get 403. */
  readonly operators: boolean
  readonly reads: readonly ScreenRead[]
}

export interface ScreenRead {
  /** As in the OpenAPI document, which is how the dashboard knows its reads. */
  readonly path: string
  /** `{lead}` and the like stand for a row that the person can see: the id of the path. */
  readonly id?: string
  readonly query?: string
  /** Asked again every so often without being told. */
  readonly everyMs?: number
}

/** As `packages/dashboard/src/screens` has them. */
export const SCREENS: readonly Screen[] = [
  {
    name: 'overview',
    weight: 3,
    operators: true,
    reads: [
      { path: '/v1/overview', everyMs: 60_000 },
      { path: '/v1/projections', everyMs: 15_000 },
      { path: '/v1/budgets', everyMs: 15_000 }
    ]
  },
  { name: 'leads', weight: 5, operators: false, reads: [{ path: '/v1/leads', query: 'limit=100' }] },
  {
    name: 'one status',
    weight: 2,
    operators: false,
    reads: [{ path: '/v1/leads', query: 'limit=100&status=demo-booked' }]
  },
  {
    name: 'lead',
    weight: 6,
    operators: false,
    reads: [
      { path: '/v1/leads/{id}', id: '{lead}' },
      { path: '/v1/leads/{id}/timeline', id: '{lead}', query: 'limit=100' },
      { path: '/v1/meetings', query: 'limit=5&leadId={lead}' },
      { path: '/v1/crm-writes', query: 'limit=100&leadId={lead}' }
    ]
  },
  { name: 'search', weight: 3, operators: false, reads: [{ path: '/v1/search', query: 'limit=8&q={word}' }] },
  { name: 'meetings', weight: 2, operators: false, reads: [{ path: '/v1/meetings', query: 'limit=100' }] },
  { name: 'meeting', weight: 2, operators: false, reads: [{ path: '/v1/meetings/{id}', id: '{meeting}' }] },
  { name: 'inbox', weight: 3, operators: true, reads: [{ path: '/v1/received-events', query: 'limit=100' }] },
  {
    name: 'inbox detail',
    weight: 2,
    operators: true,
    reads: [{ path: '/v1/received-events/{id}', id: '{received}' }]
  },
  {
    name: 'dead letters',
    weight: 1,
    operators: true,
    reads: [{ path: '/v1/dead-letters/groups', query: 'state=open' }]
  },
  { name: 'events', weight: 1, operators: true, reads: [{ path: '/v1/events', query: 'limit=100' }] },
  { name: 'ledger', weight: 1, operators: true, reads: [{ path: '/v1/ledger' }] }
]
