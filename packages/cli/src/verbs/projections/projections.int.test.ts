import pg from 'pg'
import { t } from 'tap'
import { runInTest } from '../../fixtures/run-in-test.ts'
import { adasDay, toldSystem } from '../../fixtures/told-system.ts'

async function leveledSystem(t: Parameters<typeof toldSystem>[0]) {
  const system = await toldSystem(t)
  const day = adasDay(system.keyring)
  await system.tell(day.story.events)
  await system.level()
  const projections = (...args: string[]) => runInTest(['projections', ...args], system)
  const query = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: system.databaseUrl })
    await client.connect()
    await client.query(text)
    await client.end()
  }
  return { system, day, projections, query }
}

void t.test('a read model is rebuilt beside the live one, compared, swapped, and swapped back', async (t) => {
  const { projections, query, day } = await leveledSystem(t)
  t.equal((await projections('compare', 'leads')).exitCode, 3, 'nothing was rebuilt')
  const rebuilt = await projections('rebuild', 'leads', '--json')
  t.match(rebuilt.json(), {
    rebuilt: [{ projection: 'gateway-leads', table: 'gateway.leads__rebuild', resumed: false }]
  })
  const equal = await projections('compare', 'leads')
  t.equal(equal.exitCode, 0, equal.stderr)
  t.match(equal.stdout, /1 live rows, 1 rebuilt rows, both at EVENTS \d+\nEvery row is equal/)

  await query(`update gateway.leads set company = 'Wrong'`)
  const differs = await projections('diff', 'leads')
  t.equal(differs.exitCode, 1)
  t.match(differs.stdout, `~ ${day.ada.personId}\n    company: "Wrong" → "Acme"`)

  t.equal((await projections('swap', 'leads')).exitCode, 4, 'asks first')
  t.equal((await projections('swap', 'leads', '--yes')).exitCode, 0)
  t.match((await projections('list')).stdout, /gateway-leads .*previous v\d/)
  t.equal((await projections('rollback', 'leads', '--yes')).exitCode, 0)
  t.equal((await projections('discard', 'leads', '--yes')).exitCode, 0)
  t.equal((await projections('discard', 'leads', '--yes')).exitCode, 3)
  t.equal((await projections('rollback', 'leads', '--yes')).exitCode, 3)
})

void t.test('every read model is rebuilt and equal; what was built can be thrown away', async (t) => {
  const { projections } = await leveledSystem(t)
  const all = (await projections('rebuild', '--all', '--json')).json() as { rebuilt: { projection: string }[] }
  for (const { projection } of all.rebuilt) {
    const compared = await projections('compare', projection)
    t.equal(compared.exitCode, 0, compared.stdout)
    t.equal((await projections('cancel', projection, '--yes')).exitCode, 0)
  }
  t.equal((await projections('cancel', 'leads', '--yes')).exitCode, 3, 'nothing is there any more')
  t.equal((await projections('rebuild')).exitCode, 2)
  const unknown = await projections('rebuild', 'laeds')
  t.strictSame([unknown.exitCode, unknown.stdout], [3, ''])
})

void t.test('Ctrl-C pauses a rebuild, and the same command goes on', async (t) => {
  const { system } = await leveledSystem(t)
  const stop = new AbortController()
  stop.abort()
  const paused = await runInTest(['projections', 'rebuild', 'leads'], { ...system, signal: stop.signal })
  t.equal(paused.exitCode, 130)
  t.match(paused.stderr, /Go on with: leadlog projections rebuild gateway-leads/)
  t.match((await runInTest(['projections', 'list'], system)).stdout, /gateway-leads .*rebuild v\d \(half built\)/)
  t.match((await runInTest(['projections', 'rebuild', 'leads', '--json'], system)).json(), {
    rebuilt: [{ resumed: true }]
  })
})

void t.test('rows as of a moment, and what changed between two', async (t) => {
  const { projections, day } = await leveledSystem(t)
  const { personId, customer } = day.ada
  const asOf = async (at: string, ...more: string[]) =>
    (
      (await projections('as-of', 'leads', '--key', personId, '--at', at, '--json', ...more)).json() as {
        rows: { row: Record<string, unknown> }[]
      }
    ).rows[0]?.row
  const before = String(day.enriched.sequence - 1)
  t.match(await asOf(before, '--reveal'), { company: null, email: customer.email })
  t.match(await asOf('now', '--reveal'), { company: 'Acme', crm_id: '4876876000001' })
  t.match(await asOf('now'), { email: '[redacted]', crm_id: '4876876000001' }, 'sealed unless asked')
  t.equal((await projections('as-of', 'leads', '--key', personId, '--at', '2026-11-01')).exitCode, 3)
  t.equal((await projections('as-of', 'leads')).exitCode, 2)

  const diff = await projections('diff', 'leads', '--from', before, '--reveal')
  t.equal(diff.exitCode, 1)
  t.match(diff.stdout, 'company: null → "Acme"')
  t.equal((await projections('diff', 'leads', '--from', 'now')).exitCode, 0)
})

void t.test('rows that stand still are listed, tried again, and given up', async (t) => {
  const { projections, query, day } = await leveledSystem(t)
  t.equal((await projections('parked', 'list')).exitCode, 0)
  const park = () =>
    query(`insert into projections.parked (projection, slot, stream, key, seq, event_type, error_code, error_message)
      values ('gateway-leads', 'live', 'EVENTS', '${day.ada.personId}', ${String(day.enriched.sequence)}, 'crm.LeadEnriched.v1', 'TEST', 'made up')`)
  await park()
  const listed = await projections('parked', 'list', 'leads')
  t.equal(listed.exitCode, 1)
  t.match(listed.stdout, `${day.ada.personId}  EVENTS:${String(day.enriched.sequence)} crm.LeadEnriched.v1`)
  const retried = await projections('parked', 'retry', 'leads')
  t.equal(retried.exitCode, 0)
  t.match(retried.stdout, '1 event applied')
  await park()
  t.equal((await projections('parked', 'discard', 'leads', day.ada.personId)).exitCode, 4)
  t.equal((await projections('parked', 'discard', 'leads', day.ada.personId, '--yes')).exitCode, 0)
  t.equal((await projections('parked', 'discard', 'leads', day.ada.personId, '--yes')).exitCode, 3)
})
