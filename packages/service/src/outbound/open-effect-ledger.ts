import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { createEffectLedger, forgetEffects, type EffectLedger } from '@leadlog/outbound'
import type { ConfigSpec } from '../config/load-config.ts'
import type { ServiceContext } from '../manifest.ts'
import { startRetention } from '../retention/start-retention.ts'
import { watchEffects } from './effect-metrics.ts'

export interface EffectLedgerSettings {
  /** Where `effects` lies. */
  readonly schema: string
  /** How long an attempt may be silent before its process is taken for dead. */
  readonly leaseSeconds: number
  /** How long what is settled is remembered. */
  readonly ttlSeconds: number
  /** See `forgetEffects`; null where nothing needs to be remembered for longer. */
  readonly keepNewestBy: string | null
}

/**
 * The service's ledger of effects, measured as `leadlog_effects_unresolved` (name it in the manifest's `metrics`), and
 * rid of what is old once an hour. Of a service that uses Postgres `aside`, effects wait while its tables cannot be used.
 */
export function openEffectLedger<Spec extends ConfigSpec>(
  context: Pick<ServiceContext<Spec>, 'clock' | 'logger' | 'metrics' | 'onStop' | 'tablesPending'>,
  db: Parameters<typeof forgetEffects>[0],
  { schema, leaseSeconds, ttlSeconds, keepNewestBy }: EffectLedgerSettings
): EffectLedger {
  const { clock, logger, metrics, tablesPending } = context
  const usable = {
    getExecutor: () => {
      const pending = tablesPending()
      if (pending !== null) throw new Error(pending)
      return db.getExecutor()
    }
  }
  const ledger = createEffectLedger({
    db: usable,
    schema,
    clock: () => clock.now(),
    leaseMs: leaseSeconds * 1000,
    owner: `${hostname()}-${randomUUID()}`,
    logger
  })
  watchEffects(metrics, ledger)
  const retention = startRetention({
    what: 'settled effects',
    run: async () => {
      if (tablesPending() !== null) return {}
      const now = clock.now()
      const settledBefore = new Date(now.getTime() - ttlSeconds * 1000)
      return { forgotten: await forgetEffects(db, schema, { settledBefore, now, keepNewestBy }) }
    },
    logger
  })
  context.onStop(() => retention.stop())
  return ledger
}
