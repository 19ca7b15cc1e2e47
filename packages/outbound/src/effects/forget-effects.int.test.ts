import { PermanentError } from '@leadlog/contracts'
import { fakeClock, testDatabase } from '@leadlog/testing'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import t from 'tap'
import {
  createEffectLedger,
  effectLedgerMigration,
  forgetEffects,
  OutcomeUnknownError,
  requestDigest,
  type EffectRequest
} from '../index.ts'

void t.test('settled effects are forgotten after their time, and what they did is not repeated', async (t) => {
  const { url } = await testDatabase(t)
  const clock = fakeClock('2026-03-01T10:00:00Z')
  const pool = new pg.Pool({ connectionString: url })
  // A connection that is still closing when its database is dropped says so.
  pool.on('error', () => undefined)
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  t.teardown(() => db.destroy())
  await sql`create schema crm_sync`.execute(db)
  await effectLedgerMigration('crm_sync').up(db)
  const ledger = createEffectLedger({ db, schema: 'crm_sync', owner: 'p1', clock: () => clock.now() })
  const outside = new Set<string>()
  const effect = (key: string, response: object, causedAt?: Date): EffectRequest<object> => ({
    key,
    vendor: 'zoho',
    operation: key.split(':')[0] ?? '',
    digest: requestDigest({ key }),
    waitMs: 0,
    causedAt,
    policy: 'look-up',
    reconcile: () => Promise.resolve(outside.has(key) ? { found: true, response } : { found: false }),
    perform: () => {
      if (key.endsWith(':failed')) return Promise.reject(new PermanentError('ZOHO_REFUSED', 'no'))
      outside.add(key)
      if (key.endsWith(':unknown')) return Promise.reject(new OutcomeUnknownError('lost', { reason: 'timed-out' }))
      return Promise.resolve(response)
    }
  })
  const run = (key: string, response: object, causedAt?: Date) => ledger.run(effect(key, response, causedAt))
  const keys = async () => (await ledger.begunWith('')).map(({ key }) => key)

  const march = clock.now()
  await run('note:1', { crmNoteId: 'n1' })
  await run('record:1', { crmId: 'z1' })
  await run('record:2', { crmId: 'z2' })
  await t.rejects(run('note:unknown', {}))
  await t.rejects(run('note:failed', {}))
  clock.advance(60_000)
  await run('record:1b', { crmId: 'z1' })
  clock.advance(130 * 86_400_000)
  await run('note:2', { crmNoteId: 'n2' })

  const forget = (days: number) => {
    const settledBefore = new Date(clock.now().getTime() - days * 86_400_000)
    return forgetEffects(db, 'crm_sync', { settledBefore, now: clock.now(), keepNewestBy: 'crmId' })
  }
  t.equal(await forget(120), 3)
  t.strictSame(await keys(), ['leadlog/forgotten', 'note:2', 'note:unknown', 'record:1b', 'record:2'])
  t.equal(await forget(120), 0, 'again: nothing more')
  t.match(await run('note:1', { crmNoteId: 'n1' }, march), { how: 'reconciled' }, 'an old message is handled again')
  t.match(await run('note:3', { crmNoteId: 'n3' }, march), { how: 'performed' }, 'looked up, not there')
  t.match(await run('note:4', { crmNoteId: 'n4' }, clock.now()), { how: 'performed' })
  await forget(125)
  const [mark] = await ledger.begunWith('leadlog/forgotten')
  const { forgottenBefore } = mark?.response as { forgottenBefore: string }
  t.equal(forgottenBefore, new Date(clock.now().getTime() - 120 * 86_400_000).toISOString(), 'the mark never goes back')
})
