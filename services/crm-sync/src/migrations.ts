import { effectLedgerMigration } from '@leadlog/outbound'
import type { ServiceMigrations } from '@leadlog/service'

/** The service's own schema: the ledger of what was done at the CRM. */
export const CRM_SYNC_SCHEMA = 'crm_sync'

export const crmSyncMigrations: ServiceMigrations = {
  schema: CRM_SYNC_SCHEMA,
  steps: { '0001-effects': effectLedgerMigration(CRM_SYNC_SCHEMA) }
}
