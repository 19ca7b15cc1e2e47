import { PermanentError, TransientError } from '@leadlog/contracts'
import { eventually, fakeClock, testDatabase, type TestContext } from '@leadlog/testing'
import fc from 'fast-check'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import t from 'tap'
import {
  createEffectLedger,
  effectLedgerMigration,
  markLedgerRestored,
  OutcomeUnknownError,
  requestDigest,
  type EffectLedger,
  type EffectRequest
} from '../index.ts'

const LEASE_MS = 120_000

async function setUp(t: TestContext) {
  const { url } = await testDatabase(t)
  const clock = fakeClock('2026-11-18T10:00:00Z')
  let owners = 0
  const open = (): Kysely<unknown> => {
    const pool = new pg.Pool({ connectionString: url })
    // A connection that is still closing when its database is dropped says so.
    pool.on('error', () => undefined)
    const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
    t.teardown(() => db.destroy())
    return db
  }
  const db = open()
  await sql`create schema crm_sync`.execute(db)
  await effectLedgerMigration('crm_sync').up(db)
  /** A process of its own, with its own connections. */
  const ledger = (on = open()): EffectLedger =>
    createEffectLedger({
      db: on,
      schema: 'crm_sync',
      owner: `p${String(owners++)}`,
      leaseMs: LEASE_MS,
      clock: () => clock.now()
    })
  return { db, clock, ledger }
}

function request(over: Partial<EffectRequest<{ id: string }>> & { perform: () => Promise<{ id: string }> }) {
  const names = { vendor: 'zoho', operation: 'create-note', digest: requestDigest({ a: 1 }), waitMs: 0 }
  return { key: 'note:1', ...names, policy: 'upsert', ...over } as EffectRequest<{ id: string }>
}

const lost = () => Promise.reject(new OutcomeUnknownError('lost', { reason: 'timed-out' }))
const never = () => new Promise<never>(() => undefined)

/** Resolves when the effect's call is under way; it never ends, as when its process dies. */
function dieDuring(ledger: EffectLedger, key: string): Promise<void> {
  return new Promise((resolve) => {
    const perform = (): Promise<never> => {
      resolve()
      return never()
    }
    void ledger.run(request({ key, perform }))
  })
}

void t.test('an effect is performed once; a repetition gets the kept response', async (t) => {
  const { ledger } = await setUp(t)
  const [first, second] = [ledger(), ledger()]
  let calls = 0
  const note = request({ perform: async () => ({ id: `n${String(++calls)}` }) })
  t.same(await first.run(note), { response: { id: 'n1' }, how: 'performed' })
  t.same(await first.run(note), { response: { id: 'n1' }, how: 'repeated' })
  t.same(await second.run({ ...note, digest: requestDigest({ a: 1 }) }), { response: { id: 'n1' }, how: 'repeated' })
  const reused = { name: 'PermanentError', code: 'EFFECT_KEY_REUSED' }
  await t.rejects(second.run({ ...note, digest: requestDigest({ a: 2 }) }), reused)
  t.equal(calls, 1)
})

void t.test('runners of one key in two processes: one performs, the others wait for it', async (t) => {
  const { ledger } = await setUp(t)
  const processes = [ledger(), ledger()]
  const third = ledger()
  let calls = 0
  const note: EffectRequest<{ id: string }> = request({
    waitMs: 30_000,
    async perform() {
      calls++
      await eventually(() =>
        third.run({ ...note, waitMs: 0 }).then(
          () => false,
          (error: { code: string }) => error.code === 'EFFECT_IN_PROGRESS'
        )
      )
      return { id: 'n1' }
    }
  })
  const results = await Promise.all(processes.flatMap((one) => [1, 2, 3, 4].map(() => one.run(note))))
  t.equal(calls, 1)
  t.equal(results.filter(({ how }) => how === 'performed').length, 1)
  t.ok(results.every(({ response }) => response.id === 'n1'))
})

void t.test('a run that is under way elsewhere is not waited for beyond its time', async (t) => {
  const { ledger } = await setUp(t)
  await dieDuring(ledger(), 'note:1')
  const busy = { name: 'TransientError', code: 'EFFECT_IN_PROGRESS', retryAfterMs: 30_000 }
  await t.rejects(ledger().run(request({ perform: never })), busy)
})

void t.test('what a failed attempt leaves behind depends on what its error says', async (t) => {
  const { ledger } = await setUp(t)
  const one = ledger()
  const errors = {
    failed: [new TransientError('OUTBOUND_UNREACHABLE', 'away'), new PermanentError('ZOHO_MANDATORY', 'Last_Name')],
    unknown: [new OutcomeUnknownError('lost', { reason: 'connection-lost' }), new TypeError('a bug after the call')]
  }
  for (const [state, list] of Object.entries(errors)) {
    for (const error of list) {
      const key = `note:${error.message}`
      const rejecting = request({ key, policy: 'park', perform: () => Promise.reject(error) })
      t.equal(await one.run(rejecting).catch((e: unknown) => e), error, 'the error itself comes through')
      const mended = request({ key, policy: 'park', digest: 'mended', perform: async () => ({ id: 'x' }) })
      if (state === 'failed') t.match(await one.run(mended), { how: 'performed' })
      else await t.rejects(one.run(mended), { code: 'EFFECT_KEY_REUSED' })
    }
  }
})

void t.test('a process that dies between intent and done: the next run goes by the policy', async (t) => {
  const { ledger, clock } = await setUp(t)
  const [dead, alive] = [ledger(), ledger()]
  const policies = ['upsert', 'vendor-key', 'look-up', 'park'] as const
  for (const policy of policies) await dieDuring(dead, policy)
  const attempts: string[] = []
  const run = (policy: (typeof policies)[number], found = false) =>
    alive.run({
      ...request({ perform: never }),
      key: policy,
      policy,
      perform: async (attempt: number) => {
        attempts.push(`${policy} ${String(attempt)}`)
        return { id: 'again' }
      },
      reconcile: async () => (found ? { found, response: { id: 'there' } } : { found })
    })
  for (const policy of policies) await t.rejects(run(policy), { code: 'EFFECT_IN_PROGRESS' }, 'the lease still holds')
  t.same(await alive.unresolved(10), [])

  clock.advance(LEASE_MS)
  t.same(
    new Set((await alive.unresolved(10)).map(({ key, state }) => `${key} ${state}`)),
    new Set(policies.map((p) => `${p} intent`))
  )
  t.same(await run('upsert'), { response: { id: 'again' }, how: 'performed' })
  t.same(await run('vendor-key'), { response: { id: 'again' }, how: 'performed' })
  t.same(await run('look-up', true), { response: { id: 'there' }, how: 'reconciled' })
  t.same(await run('look-up'), { response: { id: 'there' }, how: 'repeated' })
  const parked = { name: 'PermanentError', code: 'EFFECT_PARKED' }
  await t.rejects(run('park'), parked)
  await t.rejects(run('park'), parked)
  t.same(attempts, ['upsert 2', 'vendor-key 2'])

  t.match(await alive.unresolved(10), [{ key: 'park', state: 'parked', vendor: 'zoho' }])
  t.equal(await alive.settle('park', { state: 'done', response: { id: 'seen' } }), true)
  t.equal(await alive.settle('park', { state: 'failed' }), false)
  t.same(await run('park'), { response: { id: 'seen' }, how: 'repeated' })
})

void t.test(
  'a look-up that cannot tell yet leaves the effect unknown, one that finds nothing performs it',
  async (t) => {
    const { ledger, clock } = await setUp(t)
    const one = ledger()
    await t.rejects(one.run(request({ perform: lost })), { code: 'OUTBOUND_OUTCOME_UNKNOWN' })
    const asked: unknown[] = []
    let tooEarly = true
    const note = request({
      policy: 'look-up',
      perform: async () => ({ id: 'n2' }),
      reconcile: async (previous) => {
        asked.push(previous)
        if (tooEarly) throw new TransientError('ZOHO_INDEX_LAGS', 'later', { retryAfterMs: 60_000 })
        return { found: false }
      }
    })
    await t.rejects(one.run(note), { code: 'ZOHO_INDEX_LAGS', retryAfterMs: 60_000 })
    tooEarly = false
    clock.advance(60_000)
    t.same(await one.run(note), { response: { id: 'n2' }, how: 'performed' })
    t.match(asked, [
      { key: 'note:1', attempt: 1, error: /OUTBOUND_OUTCOME_UNKNOWN: lost/ },
      { key: 'note:1', attempt: 2, error: /ZOHO_INDEX_LAGS/ }
    ])
  }
)

void t.test('who was taken for dead but lives gives way to the run that took over', async (t) => {
  const { ledger, clock } = await setUp(t)
  let finish: (response: { id: string }) => void = () => undefined
  let started: () => void = () => undefined
  const begun = new Promise<void>((resolve) => (started = resolve))
  const slow = ledger().run(
    request({
      perform: () => {
        started()
        return new Promise((resolve) => (finish = resolve))
      }
    })
  )
  await begun
  clock.advance(LEASE_MS)
  t.match(await ledger().run(request({ perform: async () => ({ id: 'theirs' }) })), { how: 'performed' })
  finish({ id: 'mine' })
  t.same(await slow, { response: { id: 'theirs' }, how: 'repeated' })
})

void t.test('a batch: one call for what is not done, an outcome for each', async (t) => {
  const { db, ledger, clock } = await setUp(t)
  const [one, dead] = [ledger(), ledger()]
  await one.run(request({ key: 'k-done', perform: async () => ({ id: 'old' }) }))
  await one.run(request({ key: 'k-lost', perform: lost })).catch(() => undefined)
  await dieDuring(dead, 'k-dead')
  clock.advance(LEASE_MS)
  await dieDuring(dead, 'k-busy')

  const calls: string[][] = []
  const digest = requestDigest({ a: 1 })
  const keys = ['k-done', 'k-lost', 'k-dead', 'k-busy', 'k-new', 'k-bad', 'k-mute', 'k-odd']
  const run = () =>
    one.runMany<{ id: string }>({
      vendor: 'zoho',
      operation: 'upsert-leads',
      policy: 'upsert',
      effects: [...keys.map((key) => ({ key, digest })), { key: 'k-reused', digest: 'x' }],
      perform: async (keys) => {
        calls.push([...keys].sort())
        return new Map<string, { outcome: 'done'; response: { id: string } } | { outcome: 'failed'; error: Error }>([
          ...['k-lost', 'k-dead', 'k-new'].map((key) => [key, { outcome: 'done', response: { id: key } }] as const),
          ['k-bad', { outcome: 'failed', error: new PermanentError('ZOHO_INVALID_DATA', 'Phone') }]
        ])
      }
    })
  await one.run(request({ key: 'k-reused', perform: async () => ({ id: 'r' }) }))
  const results = await run()
  t.match(Object.fromEntries(results), {
    'k-done': { ok: true, how: 'repeated', response: { id: 'old' } },
    'k-lost': { ok: true, how: 'performed', response: { id: 'k-lost' } },
    'k-dead': { ok: true, how: 'performed' },
    'k-busy': { ok: false, error: { code: 'EFFECT_IN_PROGRESS' } },
    'k-new': { ok: true, how: 'performed' },
    'k-bad': { ok: false, error: { code: 'ZOHO_INVALID_DATA' } },
    'k-mute': { ok: false, error: { code: 'OUTBOUND_OUTCOME_UNKNOWN', reason: 'unreadable-answer' } },
    'k-odd': { ok: false, error: { code: 'OUTBOUND_OUTCOME_UNKNOWN', reason: 'unreadable-answer' } },
    'k-reused': { ok: false, error: { code: 'EFFECT_KEY_REUSED' } }
  })
  t.same(calls, [['k-bad', 'k-dead', 'k-lost', 'k-mute', 'k-new', 'k-odd']])
  await run()
  t.same(calls[1], ['k-bad', 'k-mute', 'k-odd'], 'what is done is not sent again')
  const states = await sql<{ key: string; state: string; error: string | null }>`
    select key, state, error from crm_sync.effects where key in ('k-bad', 'k-mute') order by key`.execute(db)
  t.match(states.rows, [
    { key: 'k-bad', state: 'failed', error: 'ZOHO_INVALID_DATA: Phone' },
    { key: 'k-mute', state: 'unknown' }
  ])
  await t.rejects(
    one.runMany({
      ...request({ perform: never }),
      effects: [
        { key: 'a', digest },
        { key: 'a', digest }
      ],
      perform: async () => new Map()
    }),
    TypeError
  )
})

void t.test('whatever goes wrong on the way, the vendor ends with exactly one of each', async (t) => {
  const { ledger, clock } = await setUp(t)
  const step = fc.constantFrom('ok', 'answer-lost', 'not-reached', 'refused', 'dies-before', 'dies-after')
  let cases = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 8 }),
      fc.constantFrom('look-up' as const, 'vendor-key' as const),
      async (steps, policy) => {
        const key = `note:${String(cases++)}`
        const done: string[] = []
        let dying = ledger()
        let died: () => void = () => undefined
        const create = (): { id: string } => {
          if (!(policy === 'vendor-key' && done.includes(key))) done.push(key)
          return { id: key }
        }
        const perform = async (): Promise<{ id: string }> => {
          const happens = steps.shift() ?? 'ok'
          if (happens === 'not-reached') throw new TransientError('OUTBOUND_UNREACHABLE', 'away')
          if (happens === 'refused') throw new PermanentError('OUTBOUND_FORBIDDEN', 'no')
          if (happens === 'dies-before' || happens === 'dies-after') {
            if (happens === 'dies-after') create()
            died()
            return never()
          }
          const response = create()
          if (happens === 'answer-lost') return lost()
          return response
        }
        const note = request({
          key,
          policy,
          perform,
          reconcile: async () => (done.includes(key) ? { found: true, response: { id: key } } : { found: false })
        })
        for (;;) {
          const death = new Promise<null>((resolve) => (died = () => resolve(null)))
          const result = await Promise.race([dying.run(note).catch((error: unknown) => error as Error), death])
          if (result !== null && 'response' in result) break
          if (result === null) {
            clock.advance(LEASE_MS)
            dying = ledger()
          }
        }
        t.same(done, [key])
      }
    ),
    { numRuns: 25 }
  )
})

void t.test('without its database nothing is called', async (t) => {
  const { db, ledger } = await setUp(t)
  const one = ledger()
  await effectLedgerMigration('crm_sync').down(db)
  let called = false
  const note = request({
    perform: async () => {
      called = true
      return { id: 'x' }
    }
  })
  await t.rejects(one.run(note), { name: 'TransientError', code: 'EFFECT_LEDGER_UNAVAILABLE' })
  t.equal(called, false)
})

void t.test('with a full disk under its database nothing is called, no attempt counts, and it goes on', async (t) => {
  const { db, ledger } = await setUp(t)
  const one = ledger()
  let calls = 0
  const note = request({ perform: () => Promise.resolve({ id: `n${String(++calls)}` }) })
  await sql`create function crm_sync.refuse() returns trigger language plpgsql as $$ begin
    raise exception using errcode = '53100', message = 'could not extend file: No space left on device'; end $$`.execute(
    db
  )
  await sql`create trigger refuse before insert or update on crm_sync.effects
    for each row execute function crm_sync.refuse()`.execute(db)
  const refusal = { code: 'EFFECT_LEDGER_UNAVAILABLE', countsAsAttempt: false, message: /\(53100\)/ }
  await t.rejects(one.run(note), { name: 'TransientError', ...refusal })
  t.equal(calls, 0)
  await sql`drop trigger refuse on crm_sync.effects`.execute(db)
  t.same(await one.run(note), { response: { id: 'n1' }, how: 'performed' })
})

void t.test('the digest of a request does not depend on the order of its fields', async (t) => {
  t.equal(requestDigest({ a: 1, b: [{ c: 2, d: 3 }] }), requestDigest({ b: [{ d: 3, c: 2 }], a: 1 }))
  t.not(requestDigest({ a: 1 }), requestDigest({ a: '1' }))
  t.not(requestDigest([1, 2]), requestDigest([2, 1]))
})

void t.test(
  'a ledger that came back from a backup looks before it performs what it does not know as done',
  async (t) => {
    const { ledger, db, clock } = await setUp(t)
    const before = ledger()
    const failing = request({ key: 'note:failed', perform: () => Promise.reject(new TransientError('AWAY', 'away')) })
    await t.rejects(before.run(failing))
    const lookFirstUntil = new Date(clock.now().getTime() + 60_000)
    await markLedgerRestored(db, 'crm_sync', { restoredAt: clock.now(), lookFirstUntil })
    t.same(await before.unresolved(10), [], 'the mark is no effect')

    const looks: string[] = []
    let calls = 0
    const note = (key: string, found: boolean): EffectRequest<{ id: string }> => ({
      ...request({ key, perform: async () => ({ id: `n${String(++calls)}` }) }),
      policy: 'look-up',
      reconcile: async (previous) => {
        looks.push(`${previous.key} ${String(previous.attempt)}`)
        return found ? { found: true, response: { id: 'there' } } : { found: false }
      }
    })
    const restored = ledger()
    t.same(await restored.run(note('note:lost', true)), { response: { id: 'there' }, how: 'reconciled' })
    t.same(await restored.run(note('note:failed', true)), { response: { id: 'there' }, how: 'reconciled' })
    t.same(await restored.run(note('note:new', false)), { response: { id: 'n1' }, how: 'performed' })
    t.same(await restored.run(note('note:new', false)), { response: { id: 'n1' }, how: 'repeated' })
    t.same(looks, ['note:lost 0', 'note:failed 1', 'note:new 0'])

    clock.advance(60_001)
    t.same(
      await restored.run(note('note:later', true)),
      { response: { id: 'n2' }, how: 'performed' },
      'no look any more'
    )
  }
)
