import { effectLedgerMigration } from '@leadlog/outbound'
import type { ServiceMigrations } from '@leadlog/service'

/** The service's own schema: the ledger of what was done at Twilio. */
export const TELEPHONY_SCHEMA = 'telephony'

export const telephonyMigrations: ServiceMigrations = {
  schema: TELEPHONY_SCHEMA,
  steps: { '0001-effects': effectLedgerMigration(TELEPHONY_SCHEMA) }
}
