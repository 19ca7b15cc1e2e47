import { createEffectLedger, markLedgerRestored, requestDigest } from '@leadlog/outbound'
import { createLogger, migrateUp, openPostgres } from '@leadlog/service'
import { fakeClock, testDatabase } from '@leadlog/testing'
import t, { type Test } from 'tap'
import type { CrmProvider, ObjectTarget } from '../crm-provider.ts'
import { connectedCrm, live } from '../fixtures/connected-crm.ts'
import { crms, zoho, type CrmUnderTest } from '../fixtures/crms.ts'
import { CRM_SYNC_SCHEMA, crmSyncMigrations } from '../migrations.ts'
import { createObjectWriter, type NamedObjectWrite } from './object-writer.ts'
import { apiNameOf } from './object-mapping.ts'

/* Tasks through the effect ledger: Zoho has no upsert for them, so whatever happens on the way, there must be one. */

const LEASE_MS = 120_000
type Step = (typeof allSteps)[number]
const allSteps = ['ok', 'answer-lost', 'not-reached', 'dies-before', 'dies-after'] as const

const never = () => new Promise<never>(() => undefined)

async function setUp(t: Test, crm: CrmUnderTest) {
  const { url } = await testDatabase(t)
  const logger = createLogger({ service: 'crm-sync', level: 'silent' })
  const postgres = openPostgres({ url, applicationName: 'test', logger })
  t.teardown(() => postgres.close())
  const { db, pool } = postgres
  await migrateUp(db, crmSyncMigrations)
  const settings = { zohoSearchLagMs: 3_600_000, hubspotSearchLagMs: 3_600_000 }
  const connection = await connectedCrm(t, crm, { settings })
  const clock = fakeClock(new Date().toISOString())
  let owners = 0
  const mapping = crm.objects.task
  const target: ObjectTarget = {
    kind: 'task',
    module: mapping.module,
    keyField: apiNameOf(mapping, 'key') ?? '',
    emailField: null,
    ownerField: null
  }
  /** A process of its own, in whose calls the steps happen one after another. */
  const process = (steps: Step[], died: () => void) => {
    const owner = `p${String(owners++)}`
    const ledger = createEffectLedger({
      db,
      schema: CRM_SYNC_SCHEMA,
      owner,
      leaseMs: LEASE_MS,
      clock: () => clock.now()
    })
    const writeObjects: CrmProvider['writeObjects'] = async (target, objects, options) => {
      const step = steps.shift() ?? 'ok'
      if (step === 'not-reached') {
        connection.state.faults.set([{ vendor: crm.name, kind: '503', count: 1 }])
      }
      if (step === 'answer-lost') connection.state.faults.set([{ vendor: crm.name, kind: 'drop-after', count: 1 }])
      if (step === 'dies-before') {
        died()
        return never()
      }
      const answers = await connection.provider.writeObjects(target, objects, options)
      if (step !== 'dies-after') return answers
      died()
      return never()
    }
    return createObjectWriter({ ...connection.provider, writeObjects }, ledger)
  }
  const nameOf = (field: 'key' | 'subject' | 'dueDate') => apiNameOf(mapping, field) ?? ''
  const writeOf = (key: string, subject: string): NamedObjectWrite => {
    const values = { [nameOf('key')]: key, [nameOf('subject')]: subject, [nameOf('dueDate')]: crm.aDay }
    const digest = requestDigest(values)
    const names = { effectKey: `object:${key}:${digest}`, makingKey: `object:${key}:made`, digest }
    return { ...names, key, values, crmId: null, linkedTo: {}, formerly: {}, waitingSince: clock.now() }
  }
  const tasks = (key: string) =>
    crm.shown(connection.state, 'task').filter(({ values }) => values[nameOf('key')] === key)
  return { ...connection, db, pool, clock, target, process, writeOf, tasks, subject: nameOf('subject') }
}

for (const crm of crms) {
  void t.test(`whatever goes wrong on the way, ${crm.name} ends with one task in its newest state`, async (t) => {
    const { clock, target, process, writeOf, tasks, subject, state } = await setUp(t, crm)
    const pairs = allSteps.flatMap((first) => allSteps.map((second): Step[] => [first, second]))
    // HubSpot finds a task by its key whatever came before, so each step once is enough there.
    const stories = crm === zoho ? pairs : allSteps.map((step) => [step])
    for (const [index, pair] of stories.entries()) {
      const key = `task-${index}`
      const steps = [...pair]
      let died: () => void = () => undefined
      let writer = process(steps, () => died())
      // Every try has another state, as when a change comes in between.
      for (let revision = 1, written = false; !written; revision++) {
        const death = new Promise<null>((resolve) => (died = () => resolve(null)))
        const answers = await Promise.race([writer.write(target, [writeOf(key, `revision ${revision}`)], live), death])
        written = answers?.[0]?.outcome.kind === 'written'
        if (written) t.match(tasks(key), [{ values: { [subject]: `revision ${revision}` } }], pair.join())
        if (answers !== null) continue
        clock.advance(LEASE_MS)
        writer = process(steps, () => died())
      }
      state.faults.set([])
      t.equal(tasks(key).length, 1, pair.join())
    }
  })

  void t.test(`a repetition whose outcome ${crm.name}'s ledger knows makes no call`, async (t) => {
    const { target, process, writeOf, state } = await setUp(t, crm)
    const write = writeOf('one', 'first')
    const first = await process([], () => undefined).write(target, [write], live)
    const calls = state.journal.list({ vendor: crm.name }).length
    t.match(await process([], () => undefined).write(target, [write], live), [{ outcome: first[0]?.outcome }])
    t.equal(state.journal.list({ vendor: crm.name }).length, calls)
  })
}

void t.test('a ledger that came back from a backup makes no task again that it has forgotten', async (t) => {
  const { target, process, writeOf, tasks, state, db, pool, clock } = await setUp(t, zoho)
  await process([], () => undefined).write(target, [writeOf('one', 'a')], live)
  // Lost with what came after the backup: the effect, and that the change was ever queued.
  await pool.query(`delete from ${CRM_SYNC_SCHEMA}.effects`)
  const lookFirstUntil = new Date(clock.now().getTime() + 60_000)
  await markLedgerRestored(db, CRM_SYNC_SCHEMA, { restoredAt: clock.now(), lookFirstUntil })
  const restored = process([], () => undefined)
  t.match(await restored.write(target, [writeOf('one', 'b'), writeOf('two', 'c')], live), [
    { outcome: { kind: 'written', action: 'update' } },
    { outcome: { kind: 'written', action: 'insert' } }
  ])
  t.match([tasks('one'), tasks('two')], [[{ values: { Subject: 'b' } }], [{ values: { Subject: 'c' } }]])
  t.equal(state.zoho.list('Tasks').length, 2)
})

void t.test('a look that the CRM does not answer leaves the task unknown, and is made again', async (t) => {
  const { target, process, writeOf, tasks, state } = await setUp(t, zoho)
  const writer = process(['answer-lost'], () => undefined)
  t.match(await writer.write(target, [writeOf('one', 'a')], live), [{ outcome: { kind: 'unknown' } }])
  for (const fault of ['503', '500', 'drop-after'] as const) {
    state.faults.set([{ vendor: 'zoho', route: 'GET /crm/v8/Tasks', kind: fault, count: 10 }])
    t.match(await writer.write(target, [writeOf('one', 'a')], live), [{ outcome: { kind: 'failed' } }], fault)
    t.equal(tasks('one').length, 1)
  }
  state.faults.set([])
  t.match(await writer.write(target, [writeOf('one', 'b')], live), [{ outcome: { kind: 'written', action: 'update' } }])
  t.match(tasks('one'), [{ values: { Subject: 'b' } }])
})
