import type { ServiceMigrations } from '@leadlog/service'
import { whatIfMigrations } from '@leadlog/whatif'
import { serviceMigrations } from './service-migrations.ts'

/** Every schema that is made by migrations: those of the services, and that of the what-ifs. */
export function allMigrations(): readonly ServiceMigrations[] {
  return [...serviceMigrations(), whatIfMigrations]
}
