import { runInTest } from '@leadlog/cli/harness'
import type { Checks } from '../dashboard/flow.ts'
import type { TestSystem } from '../system/test-system.ts'

interface WriteCounts {
  updates: number
  superfluous: number
}

interface CrmRecord {
  id: string
  Email: string
  Company?: string
}

/** An operator looks at a system that has run the sample day, repeats it, and builds its read models anew. */
export async function usesCommandLine(t: Checks, system: TestSystem): Promise<void> {
  const leadlog = (...args: string[]) => runInTest(args, { environment: system.environment })

  const status = await leadlog('status', '--json')
  t.match(status.json(), { durability: 'safe', ledgerToday: { balanced: true, processing: 0 } })
  t.equal(status.exitCode, 1, 'the day has two messages that a person must look at')
  t.same(
    (status.json() as { problems: { what: string }[] }).problems.map(({ what }) => what),
    ['2 dead letters wait for a decision']
  )

  const { data } = (await system.control('GET', 'zoho/records?module=Leads')) as { data: CrmRecord[] }
  const lead = data.find(({ Company }) => Company !== undefined && Company !== 'Unknown')
  if (!lead) throw new Error('the CRM has no lead with a company')
  const trace = await leadlog('trace', lead.id, '--json')
  t.equal(trace.exitCode, 0, trace.stderr)
  const { nodes } = trace.json() as { nodes: { type: string; relation: string; service: string }[] }
  t.ok(nodes.some(({ type, relation }) => type === 'ingest.WebhookReceived.v1' && relation === 'cause'))
  // Who left a phone number is known to telephony too, as a caller.
  const services = nodes.map(({ service }) => service).filter((service) => service !== 'telephony')
  t.same(new Set(services), new Set(['ingest', 'meetings', 'crm', 'enrichment', 'crm-sync']))

  const field = await leadlog('trace', lead.id, '--field', 'Company', '--reveal', '--json')
  t.equal(field.exitCode, 0, field.stderr)
  t.match(field.json(), { value: lead.Company, crmId: lead.id, decided: { type: 'crm.LeadEnriched.v1' } })
  const { causes } = field.json() as { causes: { type: string }[] }
  t.equal(causes.at(-1)?.type, 'ingest.WebhookReceived.v1')

  const webhook = nodes.find(({ type }) => type === 'ingest.WebhookReceived.v1') as { id?: string } | undefined
  const shown = await leadlog('events', 'show', webhook?.id ?? '', '--reveal', '--json')
  t.match(JSON.stringify((shown.json() as { payload: unknown }).payload), lead.Email, 'the webhook as it was sent')

  const { leadId } = field.json() as { leadId: string }
  const now = (
    await leadlog('projections', 'as-of', 'leads', '--key', leadId, '--at', 'now', '--reveal', '--json')
  ).json()
  t.match(now, { rows: [{ row: { crm_id: lead.id, company: lead.Company } }] })
  t.equal(
    (await leadlog('projections', 'as-of', 'leads', '--key', leadId, '--at', '1')).exitCode,
    3,
    'not there at first'
  )

  await t.test('a replay of everything repeats no effect; one that is named is made once more', async (t) => {
    const writes = async () => ((await system.control('GET', 'counts')) as { zohoWrites: WriteCounts }).zohoWrites
    const before = await writes()
    const replay = (handler: string, ...more: string[]) =>
      leadlog('replay', '--handler', handler, '--from', '1', '--run', '--yes', '--rate', '1000', '--json', ...more)
    for (const handler of [
      'meetings-translate-calendly',
      'crm-follow-meetings',
      'crm-sync-write-records',
      'crm-sync-write-notes'
    ]) {
      const events = await eventCount(system)
      const run = await replay(handler)
      t.equal(run.exitCode, 0, run.stdout + run.stderr)
      t.match(run.json(), { run: { failed: 0, remaining: 0, stopped: null } })
      t.equal(await eventCount(system), events, `${handler} recorded nothing`)
    }
    t.strictSame(await writes(), before, 'nothing was written to the CRM')

    const queued = nodes.find(({ type }) => type === 'crm-sync.WriteQueued.v1') as { sequence?: number } | undefined
    const at = String(queued?.sequence ?? 0)
    const again = await replay('crm-sync-write-records', '--from', at, '--to', at, '--repeat-effects', 'crm-record')
    t.match(again.json(), { repeatEffects: ['crm-record'], run: { replayed: 1, stopped: null } })
    const { updates, superfluous } = before
    t.strictSame(
      await writes(),
      { ...before, updates: updates + 1, superfluous: superfluous + 1 },
      'one record was written once more'
    )
    await system.settled()
  })

  t.equal((await leadlog('projections', 'rebuild', '--all')).exitCode, 0)
  for (const name of [
    'received-events',
    'crm-writes',
    'leads',
    'meetings',
    'timeline',
    'dead-letters',
    'event-index'
  ]) {
    const compared = await leadlog('projections', 'compare', name)
    t.equal(compared.exitCode, 0, `${name}: ${compared.stdout}${compared.stderr}`)
  }
}

/** Domain events so far, whatever the read models show. */
async function eventCount(system: TestSystem): Promise<number> {
  const listed = (await runInTest(['streams', 'list', '--json'], { environment: system.environment })).json()
  const { streams } = listed as { streams: { stream: string; messages: number }[] }
  return streams.find(({ stream }) => stream === 'EVENTS')?.messages ?? -1
}
