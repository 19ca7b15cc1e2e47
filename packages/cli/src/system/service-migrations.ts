import type { ServiceMigrations } from '@leadlog/service'
import { manifests } from './manifests.ts'

/** The schemas that services own and their steps: what a backup holds of Postgres, and what a restore makes first. */
export function serviceMigrations(): readonly ServiceMigrations[] {
  return manifests.flatMap((manifest) => ('migrations' in manifest && manifest.migrations ? [manifest.migrations] : []))
}
