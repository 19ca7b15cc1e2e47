import { randomBytes } from 'node:crypto'
import { openEventLog } from '@leadlog/event-log'
import { openKeyring } from '@leadlog/keyring'
import { createLogger, openPostgres } from '@leadlog/service'
import { fakeClock, testDatabase, testNats } from '@leadlog/testing'
import { sql } from 'kysely'
import t from 'tap'
import type { RunRecord } from './run.ts'
import { openWhatIfStore } from './what-if-store.ts'

void t.test(
  'what-ifs and answers past their time are forgotten, a run under way is not; records come in pages',
  async (t) => {
    const [{ url }, nats] = await Promise.all([testDatabase(t), testNats(t)])
    const logger = createLogger({ service: 'test', level: 'silent' })
    const log = await openEventLog({ servers: nats.url, prefix: nats.prefix, name: 'test', logger })
    t.teardown(() => log.close())
    const keyring = await openKeyring({ connection: log.connection, masterKey: randomBytes(32), prefix: nats.prefix })
    t.teardown(() => keyring.close())
    const postgres = openPostgres({ url, applicationName: 'test', logger })
    t.teardown(() => postgres.close())
    const { db } = postgres
    const clock = fakeClock('2026-11-18T10:00:00Z')
    const store = await openWhatIfStore({ db, keyring, clock: () => clock.now() })

    const add = (id: string, state: string) =>
      sql`insert into whatif.runs (id, state, variant, selection, as_of, estimate, actor, created_at)
      values (${id}, ${state}, '{}', '{}', 1, '{}', 'operator:test', ${clock.now()})`.execute(db)
    await add('old', 'done')
    await add('under-way', 'running')
    await sql`insert into whatif.records (run_id, lead_id, person_id, changed, problems, sealed)
    values ('old', 'lead', 'person', 0, '[]', '')`.execute(db)
    await store.keepAnswer({ key: 'old', personId: 'person', sealed: 'x' })
    clock.advance(10 * 86_400_000)
    await add('new', 'done')
    await store.keepAnswer({ key: 'new', personId: 'person', sealed: 'x' })

    const aWeekAgo = new Date(clock.now().getTime() - 7 * 86_400_000)
    t.strictSame(await store.forget(aWeekAgo), { runs: 1, answers: 1 })
    t.strictSame(
      (await store.runs(10)).map(({ id }) => id),
      ['new', 'under-way']
    )
    t.strictSame(await store.answered(['old', 'new']), new Set(['new']))
    t.strictSame(await store.records('old'), [])
    const difference = { field: 'Budget' } as unknown as RunRecord['differences'][number]
    const found = [
      ['a', 1],
      ['b', 2],
      ['c', 1],
      ['same', 0]
    ] as const
    for (const [leadId, count] of found) {
      const differences = Array.from({ length: count }, () => difference)
      const personal = { name: leadId, email: null, differences, adoptions: [] }
      await store.addRecord('new', {
        leadId,
        personId: leadId,
        crmId: null,
        problems: [],
        appliedAt: null,
        ...personal
      })
    }
    const names = ({ records }: { records: readonly RunRecord[] }) => records.map(({ name }) => name)
    const first = await store.recordPage('new', { limit: 2, after: null })
    t.strictSame([names(first), first.next], [['b', 'a'], { changed: 1, leadId: 'a' }], 'most changes first')
    const second = await store.recordPage('new', { limit: 2, after: first.next })
    t.strictSame([names(second), second.next], [['c'], null], 'what stays the same is left out')
  }
)
