import { effectLedgerMigration } from '@leadlog/outbound'
import type { ServiceMigrations } from '@leadlog/service'

/** The service's own schema: the ledger of what was done at Stripe and what was mailed. */
export const BILLING_SCHEMA = 'billing'

export const billingMigrations: ServiceMigrations = {
  schema: BILLING_SCHEMA,
  steps: { '0001-effects': effectLedgerMigration(BILLING_SCHEMA) }
}
