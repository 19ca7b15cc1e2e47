import { effectLedgerMigration } from '@leadlog/outbound'
import type { ServiceMigrations } from '@leadlog/service'
import { spendMigration } from './spend/spend-migration.ts'

/** The service's own schema: the ledger of what was done at Stripe and what was mailed, and the sums of what was spent. */
export const BILLING_SCHEMA = 'billing'

export const billingMigrations: ServiceMigrations = {
  schema: BILLING_SCHEMA,
  steps: { '0001-effects': effectLedgerMigration(BILLING_SCHEMA), '0002-spend': spendMigration(BILLING_SCHEMA) }
}
