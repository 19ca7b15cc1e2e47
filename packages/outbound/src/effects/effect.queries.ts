import { sql, type RawBuilder } from 'kysely'
import type { EffectRow, EffectState } from './effect-state.ts'
import { FORGOTTEN_KEY } from './forget-effects.ts'
import { RESTORED_KEY } from './restored-ledger.ts'

/** Anything Kysely queries can run on; not a transaction, since an intent must be there before the call. */
export type LedgerDatabase = Parameters<RawBuilder<unknown>['execute']>[0]

/** One attempt at an effect: whoever holds it may finish it. */
export interface Attempt {
  readonly key: string
  readonly attempt: number
}

export interface FinishedAttempt extends Attempt {
  readonly state: EffectState
  readonly response: unknown
  readonly error: string | null
}

/** The ledger's statements. Every change is bound to an attempt, so that a lost lease changes nothing. */
export interface EffectQueries {
  /** Records the intents of the keys that are new; gives those keys. */
  begin(
    effects: readonly { key: string; digest: string }[],
    names: { vendor: string; operation: string },
    lease: { now: Date; until: Date }
  ): Promise<Set<string>>
  find(keys: readonly string[]): Promise<EffectRow[]>
  /** Takes the next attempt of each, for the request of the digest; gives the keys that nobody else took. */
  claim(previous: readonly (Attempt & { digest: string })[], lease: { now: Date; until: Date }): Promise<Set<string>>
  extend(attempts: readonly Attempt[], until: Date): Promise<void>
  /** Gives the keys whose attempt was still ours. */
  finish(attempts: readonly FinishedAttempt[], now: Date): Promise<Set<string>>
  /** Sets the state of an effect that is unresolved; false when it is not. */
  settle(key: string, state: EffectState, response: unknown, now: Date): Promise<boolean>
  countUnresolved(): Promise<Record<'intent' | 'unknown' | 'parked', number>>
  /**
   * Whether an effect that the ledger does not know may have been carried out: because the ledger came back from a backup
   * a short time ago, or because its cause is from a time whose effects were forgotten.
   */
  looksFirst(now: Date, causedAt: Date | undefined): Promise<boolean>
  /** Effects whose key begins so. */
  begunWith(prefix: string): Promise<EffectRow[]>
  /** Effects that may have been carried out, the oldest first. */
  unresolved(now: Date, limit: number): Promise<EffectRow[]>
}

export function effectQueries(db: LedgerDatabase, schema: string, owner: string): EffectQueries {
  const effects = sql.table(`${schema}.effects`)
  const columns = sql`key, vendor, operation, state, attempt, lease_until, request_digest, response, error, updated_at`
  const keysOf = ({ rows }: { rows: { key: string }[] }): Set<string> => new Set(rows.map(({ key }) => key))
  const column = <T, V>(list: readonly T[], value: (one: T) => V): V[] => list.map(value)

  return {
    async begin(list, { vendor, operation }, { now, until }) {
      const result = await sql<{ key: string }>`
        insert into ${effects}
          (key, vendor, operation, state, attempt, owner, lease_until, request_digest, created_at, updated_at)
        select key, ${vendor}, ${operation}, 'intent', 1, ${owner}, ${until}::timestamptz, digest,
          ${now}::timestamptz, ${now}::timestamptz
        from unnest(${column(list, (one) => one.key)}::text[], ${column(list, (one) => one.digest)}::text[])
          as new (key, digest)
        order by key
        on conflict (key) do nothing
        returning key`.execute(db)
      return keysOf(result)
    },

    async find(keys) {
      const result = await sql<EffectRow>`
        select ${columns} from ${effects} where key = any(${[...keys]}::text[])`.execute(db)
      return result.rows
    },

    async claim(previous, { now, until }) {
      const result = await sql<{ key: string }>`
        update ${effects} as effect
        set state = 'intent', attempt = effect.attempt + 1, owner = ${owner}, lease_until = ${until},
          request_digest = last.digest, updated_at = ${now}
        from unnest(
          ${column(previous, (one) => one.key)}::text[], ${column(previous, (one) => one.attempt)}::integer[],
          ${column(previous, (one) => one.digest)}::text[]
        ) as last (key, attempt, digest)
        where effect.key = last.key and effect.attempt = last.attempt
          and (effect.state in ('failed', 'unknown') or (effect.state = 'intent' and effect.lease_until <= ${now}))
        returning effect.key`.execute(db)
      return keysOf(result)
    },

    async extend(attempts, until) {
      await sql`
        update ${effects} as effect set lease_until = ${until}
        from unnest(${column(attempts, (one) => one.key)}::text[], ${column(attempts, (one) => one.attempt)}::integer[])
          as mine (key, attempt)
        where effect.key = mine.key and effect.attempt = mine.attempt and effect.state = 'intent'
          and effect.owner = ${owner}`.execute(db)
    },

    async finish(attempts, now) {
      const result = await sql<{ key: string }>`
        update ${effects} as effect
        set state = mine.state, response = mine.response::jsonb, error = mine.error, lease_until = null,
          updated_at = ${now}
        from unnest(
          ${column(attempts, (one) => one.key)}::text[], ${column(attempts, (one) => one.attempt)}::integer[],
          ${column(attempts, (one) => one.state)}::text[], ${column(attempts, (one) => json(one.response))}::text[],
          ${column(attempts, (one) => one.error)}::text[]
        ) as mine (key, attempt, state, response, error)
        where effect.key = mine.key and effect.attempt = mine.attempt and effect.state = 'intent'
          and effect.owner = ${owner}
        returning effect.key`.execute(db)
      return keysOf(result)
    },

    async settle(key, state, response, now) {
      const result = await sql<{ key: string }>`
        update ${effects}
        set state = ${state}, response = ${json(response)}::jsonb, attempt = attempt + 1, lease_until = null,
          updated_at = ${now}
        where key = ${key}
          and (state in ('unknown', 'parked') or (state = 'intent' and lease_until <= ${now}))
        returning key`.execute(db)
      return result.rows.length === 1
    },

    async countUnresolved() {
      const result = await sql<{ intent: number; unknown: number; parked: number }>`
        select count(*) filter (where state = 'intent')::integer as intent,
          count(*) filter (where state = 'unknown')::integer as unknown,
          count(*) filter (where state = 'parked')::integer as parked
        from ${effects} where state in ('intent', 'unknown', 'parked')`.execute(db)
      return result.rows[0] ?? { intent: 0, unknown: 0, parked: 0 }
    },

    async looksFirst(now, causedAt) {
      const result = await sql<{ key: string; moment: string | null }>`
        select key, coalesce(response ->> 'lookFirstUntil', response ->> 'forgottenBefore') as moment from ${effects}
        where key in (${RESTORED_KEY}, ${FORGOTTEN_KEY})`.execute(db)
      return result.rows.some(({ key, moment }) => {
        if (moment === null) return false
        return key === RESTORED_KEY ? new Date(moment) > now : causedAt !== undefined && causedAt < new Date(moment)
      })
    },

    async begunWith(prefix) {
      const result = await sql<EffectRow>`
        select ${columns} from ${effects} where starts_with(key, ${prefix}) order by key`.execute(db)
      return result.rows
    },

    async unresolved(now, limit) {
      const result = await sql<EffectRow>`
        select ${columns} from ${effects}
        where state in ('intent', 'unknown', 'parked') and (state <> 'intent' or lease_until <= ${now})
        order by updated_at limit ${limit}`.execute(db)
      return result.rows
    }
  }
}

function json(value: unknown): string {
  return JSON.stringify(value ?? null)
}
