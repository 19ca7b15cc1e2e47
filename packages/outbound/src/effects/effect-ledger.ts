import { setTimeout as delay } from 'node:timers/promises'
import { silentLogger, type OutboundLogger } from '../logger.ts'
import { createEffectRunner, previousAttempt, type RunRequest } from './effect-runner.ts'
import { effectQueries, type LedgerDatabase } from './effect.queries.ts'
import type {
  EffectBatchRequest,
  EffectRequest,
  EffectResult,
  PreviousAttempt,
  SettledEffect
} from './effect-request.ts'
import type { EffectState } from './effect-state.ts'

export interface EffectLedgerOptions {
  /** The service's database. Never a transaction: an intent must be committed before the call is made. */
  db: LedgerDatabase
  /** Where `effects` lies; see {@link effectLedgerMigration}. */
  schema: string
  /** Names this process, unlike every other one, also after a restart. */
  owner: string
  /** How long an attempt may be silent before its process is taken for dead; renewed while it runs. Default 120,000. */
  leaseMs?: number
  clock?: () => Date
  logger?: OutboundLogger
}

/** An effect whose outcome is not known. */
export interface UnresolvedEffect extends PreviousAttempt {
  readonly state: Extract<EffectState, 'intent' | 'unknown' | 'parked'>
}

/**
 * Remembers every effect on the outside by its key: first the intent, then the call, then how it ended.
 *
 * What is guaranteed, whatever process dies at whatever moment, as long as the database keeps what it committed:
 * - Once an effect is noted as done, its call is never made again; every later run gets the kept response.
 * - Of several runs of one key at a time one makes the call; the others wait for it or fail with `EFFECT_IN_PROGRESS`.
 * - A call that may have been made is never repeated unless the policy says that it may be: `upsert` and `vendor-key`
 *   because the vendor makes the repetition harmless, `look-up` after a look that did not find it.
 *
 * What is not: a process that was silent for longer than its lease but lives may still make its call while another has
 * taken over. With `upsert` and `vendor-key` that is harmless; with `look-up` two calls are then possible. So the lease
 * must be longer than a call can take, and a call must have a time-out. Exactly-once does not exist out there.
 */
export interface EffectLedger {
  /**
   * Runs one effect.
   *
   * @throws what `perform` or `reconcile` throws, after noting it
   * @throws PermanentError `EFFECT_KEY_REUSED` when the key was recorded for another request, unless that did nothing
   * @throws PermanentError `EFFECT_PARKED` when a person has to say whether it was carried out
   * @throws TransientError `EFFECT_IN_PROGRESS`, with `retryAfterMs`, while another run makes the call
   * @throws TransientError `EFFECT_LEDGER_UNAVAILABLE` when the database is away; if the call was made, the effect counts
   * as unknown when its lease ends
   */
  run<Response>(request: EffectRequest<Response>): Promise<EffectResult<Response>>
  /**
   * Runs several effects in one call: one statement for the intents, one call for those that are not done, one
   * statement for the outcomes. Every key has its own result, with the errors of {@link run}; another run's keys are
   * not waited for. Keys must be unlike each other.
   *
   * @throws TransientError `EFFECT_LEDGER_UNAVAILABLE`
   */
  runMany<Response>(request: EffectBatchRequest<Response>): Promise<ReadonlyMap<string, SettledEffect<Response>>>
  /** Effects that may have been carried out and are not under way, the oldest first. */
  unresolved(limit: number): Promise<readonly UnresolvedEffect[]>
  /** How many effects are in each state that is not settled; `intent` also counts what is under way. For metrics. */
  countUnresolved(): Promise<Record<UnresolvedEffect['state'], number>>
  /** What the ledger knows of the effects whose key begins so: for whoever must look at all of one thing. */
  begunWith(prefix: string): Promise<readonly { key: string; state: EffectState; response: unknown }[]>
  /**
   * A person says what became of an unresolved effect: `done` keeps the response for later runs, `failed` lets the next
   * run perform it. False when the effect is not unresolved.
   */
  settle(key: string, as: { state: 'done'; response: unknown } | { state: 'failed' }): Promise<boolean>
}

/** Longer than any call with its own time-out and its wait for the budget between two renewals. */
const DEFAULT_LEASE_MS = 120_000

/** A call takes a second or two; whoever waits longer is better tried again later. */
const DEFAULT_WAIT_MS = 5_000
const LOOK_EVERY_MS = 100

export function createEffectLedger(options: EffectLedgerOptions): EffectLedger {
  const { db, schema, owner, leaseMs = DEFAULT_LEASE_MS, clock = () => new Date(), logger = silentLogger } = options
  const queries = effectQueries(db, schema, owner)
  const runEffects = createEffectRunner({ queries, leaseMs, clock, logger })

  return {
    async run<Response>(request: EffectRequest<Response>) {
      const { key, digest, waitMs = DEFAULT_WAIT_MS } = request
      const one: RunRequest<Response> = {
        ...request,
        effects: [{ key, digest }],
        async perform(attempts) {
          const response = await request.perform(attempts[0]?.attempt ?? 1)
          return new Map([[key, { outcome: 'done', response }]])
        }
      }
      for (const giveUpAt = performance.now() + waitMs; ; await delay(LOOK_EVERY_MS)) {
        const settled = (await runEffects(one)).get(key)
        if (settled?.ok) return { response: settled.response, how: settled.how }
        if (!settled) throw new Error(`Effect ${key} was run without a result`)
        if (!settled.underWay || performance.now() > giveUpAt) throw settled.error
      }
    },

    async runMany<Response>(request: EffectBatchRequest<Response>) {
      const { effects } = request
      if (new Set(effects.map(({ key }) => key)).size !== effects.length) {
        throw new TypeError('The keys of a batch of effects must be unlike each other')
      }
      if (effects.length === 0) return new Map()
      return runEffects({ ...request, perform: (attempts) => request.perform(attempts.map(({ key }) => key)) })
    },

    async unresolved(limit) {
      const rows = await queries.unresolved(clock(), limit)
      return rows.map((row) => ({ ...previousAttempt(row), state: row.state as UnresolvedEffect['state'] }))
    },

    countUnresolved: () => queries.countUnresolved(),

    async begunWith(prefix) {
      const rows = await queries.begunWith(prefix)
      return rows.map(({ key, state, response }) => ({ key, state, response }))
    },

    settle: (key, as) => queries.settle(key, as.state, as.state === 'done' ? as.response : null, clock())
  }
}
