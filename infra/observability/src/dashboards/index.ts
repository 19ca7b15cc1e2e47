import type { Dashboard } from '../dashboard.ts'
import { handlers } from './handlers.ts'
import { ingest } from './ingest.ts'
import { overview } from './overview.ts'
import { processes } from './processes.ts'
import { projections } from './projections.ts'
import { vendors } from './vendors.ts'

/** Every dashboard; the first is where to begin. */
export const dashboards: readonly Dashboard[] = [overview, ingest, handlers, projections, vendors, processes]
