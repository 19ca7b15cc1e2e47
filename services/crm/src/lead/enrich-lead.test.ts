import { LeadEnriched, LeadFieldsCleared, type NewEvent, type RecordedEvent } from '@leadlog/contracts'
import t from 'tap'
import { enrichLead, type EnrichLead } from './enrich-lead.ts'

const reading = (extractionId: string, observedAt: string, values: Record<string, string>): EnrichLead => ({
  leadId: 'lead-1',
  personId: 'lead-1',
  meetingId: 'meeting-1',
  extractionId,
  kind: 'lead-intel',
  provider: 'rules',
  model: 'rules-1',
  promptVersion: 'rules-1',
  confidence: 0.5,
  observedAt,
  fields: Object.entries(values).map(([field, value]) => ({ field, value, evidence: null }))
})

const recorded = (events: readonly NewEvent[]) =>
  events.map(({ definition, data }) => ({ type: definition.type, data })) as unknown as RecordedEvent[]

/** What each command adds, one after another. */
function decide(...commands: readonly EnrichLead[]): readonly NewEvent[] {
  let history: RecordedEvent[] = []
  let last: readonly NewEvent[] = []
  for (const command of commands) {
    const result = enrichLead.decide(
      command,
      history.reduce((lead, event) => enrichLead.evolve(lead, event), enrichLead.initialState())
    )
    if ('refused' in result) throw new Error(result.message)
    last = result
    history = [...history, ...recorded(result)]
  }
  return last
}

void t.test('an extraction that was read anew takes back what it no longer supports', async (t) => {
  const first = reading('x1', '2026-11-18T10:00:00Z', { company: 'Acme', budget: '10k', title: 'CEO' })
  const other = reading('x2', '2026-11-19T10:00:00Z', { title: 'CTO' })
  const anew = reading('x1', '2026-11-18T10:00:00Z', { company: 'Acme GmbH', title: 'Chief' })
  const [enriched, cleared, ...rest] = decide(first, other, anew)
  t.equal(rest.length, 0)
  t.equal(enriched?.definition.type, LeadEnriched.type)
  t.strictSame(
    (enriched?.data as EnrichLead).fields.map(({ field, value }) => [field, value]),
    [['company', 'Acme GmbH']],
    'a later observation of another field stands'
  )
  t.equal(cleared?.definition.type, LeadFieldsCleared.type)
  t.match(cleared?.data, { extractionId: 'x1', fields: ['budget'] })
})

void t.test('another extraction that knows less takes nothing back', async (t) => {
  const first = reading('x1', '2026-11-18T10:00:00Z', { company: 'Acme', budget: '10k' })
  t.equal(decide(first, reading('x2', '2026-11-19T10:00:00Z', { company: 'Acme' })).length, 1)
})

const stated = (extractionId: string, observedAt: string, company: string, evidence: string): EnrichLead => ({
  ...reading(extractionId, observedAt, {}),
  fields: [{ field: 'company', value: company, evidence }]
})

void t.test(
  'a later booking without a company does not overwrite a stated company with the one of the domain',
  async (t) => {
    const first = stated('x1', '2026-11-18T10:00:00Z', 'Northwind Logistics', 'Company name: Northwind Logistics')
    const later = stated('x2', '2026-11-19T10:00:00Z', 'Nwl', 'marco@nwl.example')
    const fieldsOf = ([event]: readonly NewEvent[]) => (event?.data as EnrichLead).fields.map(({ value }) => value)
    t.same(fieldsOf(decide(first, later)), [])
    t.same(fieldsOf(decide(later, first)), ['Northwind Logistics'], 'in the other order it takes its place')
    const moved = stated('x3', '2026-11-20T10:00:00Z', 'Contoso', 'Company name: Contoso')
    t.same(fieldsOf(decide(first, later, moved)), ['Contoso'], 'what is stated later counts')
  }
)
