import { effectLedgerMigration } from '@leadlog/outbound'
import type { ServiceMigrations } from '@leadlog/service'
import { zoomGrantsMigration } from './zoom/zoom-grants-migration.ts'

/** The service's own schema: what lets it act at Zoom. */
export const MEETINGS_SCHEMA = 'meetings'

export const meetingsMigrations: ServiceMigrations = {
  schema: MEETINGS_SCHEMA,
  steps: {
    '0001-zoom-grants': zoomGrantsMigration(MEETINGS_SCHEMA),
    '0002-effects': effectLedgerMigration(MEETINGS_SCHEMA)
  }
}
