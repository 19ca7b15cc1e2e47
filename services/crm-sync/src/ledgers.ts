import {
  createEffectLedger,
  effectLedgerMigration,
  type EffectLedger,
  type EffectLedgerOptions
} from '@leadlog/outbound'

/** The Postgres schema of the service. */
export const SCHEMA = 'crm_sync'

/** In the form of the service's migrations, by name. */
export const migrationSteps = { '0001-effects': effectLedgerMigration(SCHEMA) }

/**
 * A record may be written twice without harm, so a process that died holds others up only as long as it takes to
 * notice: a running one renews its lease every third of this.
 */
const RECORD_LEASE_MS = 10_000

/** A note may not, so whoever takes over waits until the dead process's call, 30 s at most, has certainly ended. */
const NOTE_LEASE_MS = 45_000

/** The effect ledgers of records and notes, in one table. */
export function createLedgers(options: Omit<EffectLedgerOptions, 'schema' | 'leaseMs'>): {
  records: EffectLedger
  notes: EffectLedger
} {
  return {
    records: createEffectLedger({ ...options, schema: SCHEMA, leaseMs: RECORD_LEASE_MS }),
    notes: createEffectLedger({ ...options, schema: SCHEMA, leaseMs: NOTE_LEASE_MS })
  }
}
