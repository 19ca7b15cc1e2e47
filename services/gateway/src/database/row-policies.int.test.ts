import { rebuildProjections, requireFold, rollbackSwap, runProjections, swapTables } from '@leadlog/projections'
import { createLogger } from '@leadlog/service'
import { testDatabase, uniqueName } from '@leadlog/testing'
import pg from 'pg'
import t from 'tap'
import { bookedLead } from '../fixtures/booking-story.ts'
import { failOnce, giveUp } from '../fixtures/failure-story.ts'
import { memoryLog } from '../fixtures/memory-log.ts'
import { person } from '../fixtures/people.ts'
import { createStory } from '../fixtures/story.ts'
import { testGateway } from '../fixtures/test-gateway.ts'
import { gatewayProjections } from '../gateway-projections.ts'
import { ledgerOf } from '../ledger/ledger.queries.ts'
import { READER_ROLE } from './row-policies.ts'

const STARTS_AT = '2026-11-20T10:00:00.000Z'
const SAM = 'sam@own.example'
const KIM = 'kim@own.example'
const logger = createLogger({ service: 'gateway', level: 'silent' })
const models = gatewayProjections.map(requireFold)
const [ada, bob] = [person('Ada', 'Lovelace'), person('Bob', 'Babbage')]

/** Sam's lead Ada and Kim's lead Bob, with everything that happens to leads. */
function twoOwners() {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const adas = bookedLead(story, ada, { startsAt: STARTS_AT, hostEmail: 'Sam@Own.example' })
  const bobs = bookedLead(story, bob, { startsAt: STARTS_AT, hostEmail: KIM })
  if (bobs.firstWrite) failOnce(story, bobs.firstWrite, 1)
  if (bobs.firstWrite) giveUp(story, bobs.firstWrite, 2)
  return { events: story.events, adas, bobs }
}

/** A connection as requests have it, under the claims. */
async function readerOf(t: { teardown(end: () => unknown): void }, url: string, claims: Record<string, string> = {}) {
  const client = new pg.Client({ connectionString: url, options: `-c role=${READER_ROLE}` })
  await client.connect()
  t.teardown(() => client.end())
  for (const [name, value] of Object.entries(claims))
    await client.query(`select set_config($1, $2, false)`, [name, value])
  return client
}

async function rowsByTable(client: pg.Client): Promise<Record<string, number>> {
  const counts: [string, number][] = []
  for (const { table } of models) {
    const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${table.schema}.${table.name}`)
    counts.push([table.name, rows[0]?.n ?? 0])
  }
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

void t.test('a user finds their own leads by every route, and nobody else’s by any', async (t) => {
  const { events, adas, bobs } = twoOwners()
  const gateway = await testGateway(t)
  await gateway.tell(events)
  const sam = await gateway.signedIn(SAM, 'user')
  const manager = await gateway.signedIn('mia@own.example', 'manager')

  for (const path of ['/v1/leads', '/v1/meetings', '/v1/meetings?expand=lead', '/v1/crm-writes']) {
    const [own, all] = [await sam.get(path), await manager.get(path)].map(({ body }) => JSON.stringify(body))
    t.match(own, ada.personId, `${path}: own rows`)
    t.notMatch(own, new RegExp(`${bob.personId}|babbage|${bobs.meetingId}`, 'i'), `${path}: nobody else's`)
    t.match(all, bob.personId, `${path}: the manager sees both`)
  }
  for (const filter of [`q=babbage`, `email=${bob.customer.email}`, `sort=email&limit=200`]) {
    t.notMatch(JSON.stringify((await sam.get(`/v1/leads?${filter}`)).body), bob.personId)
  }
  for (const [own, others] of [
    [`/v1/leads/${ada.personId}`, `/v1/leads/${bob.personId}`],
    [`/v1/leads/${ada.personId}?expand=meetings,crmWrites`, `/v1/leads/${bob.personId}?expand=meetings,crmWrites`],
    [`/v1/leads/${ada.personId}?asOf=40`, `/v1/leads/${bob.personId}?asOf=40`],
    [`/v1/leads/${ada.personId}/timeline`, `/v1/leads/${bob.personId}/timeline`],
    [`/v1/leads/${ada.personId}/changes`, `/v1/leads/${bob.personId}/changes`],
    [`/v1/meetings/${adas.meetingId}`, `/v1/meetings/${bobs.meetingId}`]
  ] as const) {
    t.equal((await sam.get(own)).status, 200, own)
    t.equal((await sam.get(others)).status, 404, others)
    t.equal((await manager.get(others)).status, 200, `the manager: ${others}`)
  }
  t.same((await sam.get(`/v1/crm-writes?leadId=${bob.personId}`)).body, { data: [], nextCursor: null })
  t.same((await sam.get(`/v1/meetings?leadId=${bob.personId}`)).body, { data: [], nextCursor: null })
})

void t.test('raw SQL as the reader finds nothing without a claim, and only what a claim allows', async (t) => {
  const { events } = twoOwners()
  const gateway = await testGateway(t)
  await gateway.tell(events)
  await gateway.signedIn(SAM, 'user')
  t.same(await rowsByTable(await readerOf(t, gateway.url)), {}, 'no claim')
  t.same(await rowsByTable(await readerOf(t, gateway.url, { 'leadlog.reads': 'everything' })), {}, 'no such claim')
  t.same(await rowsByTable(await readerOf(t, gateway.url, { 'leadlog.reads': 'own' })), {}, 'own, but whose?')
  t.same(await rowsByTable(await readerOf(t, gateway.url, { 'leadlog.reads': 'own', 'leadlog.email': '' })), {})
  const own = await readerOf(t, gateway.url, { 'leadlog.reads': 'own', 'leadlog.email': SAM })
  t.same(Object.keys(await rowsByTable(own)).toSorted(), ['crm_writes', 'lead_owners', 'leads', 'meetings', 'timeline'])
  const { rows } = await own.query<{ id: string }>('select id from gateway.leads')
  t.same(rows, [{ id: ada.personId }])
  const all = await rowsByTable(await readerOf(t, gateway.url, { 'leadlog.reads': 'all' }))
  t.match(all, { leads: 2, lead_owners: 2, dead_letters: 1 })
  t.notOk('users' in all || 'security_log' in all, 'who may what is for admins')
  t.match(await rowsByTable(await readerOf(t, gateway.url, { 'leadlog.reads': 'admin' })), {
    users: 1,
    security_log: 2
  })
})

void t.test('the reader stays the reader and writes nothing', async (t) => {
  const { events } = twoOwners()
  const gateway = await testGateway(t)
  await gateway.tell(events)
  const reader = await readerOf(t, gateway.url, { 'leadlog.reads': 'own', 'leadlog.email': SAM })
  await reader.query('reset role')
  const { rows } = await reader.query<{ who: string }>('select current_user as who')
  t.same(rows, [{ who: READER_ROLE }])
  for (const statement of [
    'delete from gateway.leads',
    `update gateway.lead_owners set owners = array['${SAM}']`,
    `insert into gateway.lead_owners values ('x', array['${SAM}'])`,
    'alter table gateway.leads disable row level security',
    'drop policy requests_read on gateway.leads',
    'create table gateway.own (id text)'
  ]) {
    await t.rejects(reader.query(statement), { code: '42501' }, statement)
  }
})

void t.test('claims end with their transaction, and a read without any answers nothing', async (t) => {
  const { events } = twoOwners()
  const gateway = await testGateway(t)
  await gateway.tell(events)
  const count = (db: typeof gateway.deps.db) => db.selectFrom('gateway.leads').select('id').execute()
  const { reads } = gateway.deps
  t.equal((await reads.as({ reads: 'all' }, count)).length, 2)
  t.equal((await reads.as({ reads: 'own', email: `${SAM}'; set local leadlog.reads = 'all` }, count)).length, 0)
  t.equal((await reads.as({ reads: 'own', email: KIM }, count)).length, 1)
  await t.rejects(
    reads.as({ reads: 'all' }, (db) =>
      db
        .selectFrom('gateway.leads')
        .select('none' as 'id')
        .execute()
    )
  )
  t.equal((await count(reads.unclaimed)).length, 0)
})

void t.test('all queries of a read see the same moment, the ledger among them', async (t) => {
  const { events } = twoOwners()
  const gateway = await testGateway(t)
  const seen = await gateway.deps.reads.as({ reads: 'all' }, async (moment) => {
    const ledger = () => ledgerOf(moment, { from: '2026-11-01T00:00:00.000Z', to: '2026-12-01T00:00:00.000Z' })
    const before = await ledger()
    await gateway.tell(events)
    const leads = await moment.selectFrom('gateway.leads').select('id').execute()
    return [before.totals.received, (await ledger()).totals.received, leads.length]
  })
  t.same(seen, [0, 0, 0])
  t.match((await gateway.get('/v1/ledger')).body, { totals: { received: 2 } })
})

void t.test('rebuilt, swapped and rolled back tables keep their policies', async (t) => {
  const { events } = twoOwners()
  const gateway = await testGateway(t)
  await gateway.tell(events)
  const pool = new pg.Pool({ connectionString: gateway.url, max: 4 })
  t.teardown(() => pool.end())
  const claims = { 'leadlog.reads': 'own', 'leadlog.email': SAM }
  const before = await rowsByTable(await readerOf(t, gateway.url, claims))
  const options = { source: gateway.log, pool, logger }
  await rebuildProjections({ ...options, projections: models })
  const open = await readerOf(t, gateway.url)
  for (const { table } of models) {
    const { rows } = await open.query<{ n: number }>(
      `select count(*)::int as n from ${table.schema}.${table.name}__rebuild`
    )
    t.same(rows, [{ n: 0 }], `${table.name}: the copy is closed before it is swapped in`)
  }
  // Twice, so that the tables that stood at the start are gone; whatever held on to one would show.
  for (const projection of models) await swapTables({ ...options, projection })
  await rebuildProjections({ ...options, projections: models })
  for (const projection of models) await swapTables({ ...options, projection })
  t.same(await rowsByTable(await readerOf(t, gateway.url, claims)), before)
  t.same(await rowsByTable(await readerOf(t, gateway.url)), {})
  for (const projection of models) await rollbackSwap({ projection, pool, logger })
  t.same(await rowsByTable(await readerOf(t, gateway.url, claims)), before)
  t.same(await rowsByTable(await readerOf(t, gateway.url)), {})
})

void t.test('an owner who is no superuser fills the tables under the forced policies', async (t) => {
  const admin = new pg.Client({ connectionString: (await testDatabase(t)).url })
  await admin.connect()
  t.teardown(() => admin.end())
  const owner = `owner_${uniqueName()}`
  const database = admin.database ?? ''
  await admin.query(`create role ${owner} login createrole password 'owner'`)
  await admin.query(`grant create on database ${pg.escapeIdentifier(database)} to ${owner}`)
  t.teardown(async () => {
    await admin.query(`drop owned by ${owner} cascade`)
    await admin.query(`drop role ${owner}`)
  })
  const url = new URL(`postgres://${admin.host}:${String(admin.port)}/${database}`)
  url.username = owner
  url.password = 'owner'
  const pool = new pg.Pool({ connectionString: url.href, max: 6 })
  t.teardown(() => pool.end())
  const { events } = twoOwners()
  const source = memoryLog()
  source.append(events)
  // The role is there already, made by somebody else: as an operator prepares it who gives nobody CREATEROLE.
  await admin.query(
    `do $$ begin create role ${READER_ROLE} nologin noinherit; exception when duplicate_object or unique_violation then null; end $$`
  )
  await t.rejects(runProjections({ source, pool, projections: models, logger }), {
    code: '42501',
    message: /grant|may not make/
  })
  await admin.query(`grant ${READER_ROLE} to ${owner}`)
  const running = await runProjections({ source, pool, projections: models, logger })
  t.teardown(() => running.stop())
  for (const stream of ['EVENTS', 'INGEST', 'DEAD_LETTERS'])
    t.ok(await running.waitFor(stream, await source.lastSequence(stream), 60_000))
  const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from gateway.leads')
  t.same(rows, [{ n: 2 }], 'the owner reads by its policy')
  const reader = await readerOf(t, url.href, { 'leadlog.reads': 'own', 'leadlog.email': KIM })
  t.match(await rowsByTable(reader), { leads: 1 })
})
