import path from 'node:path'
import { buildPages, type BuiltPages } from './build-pages.ts'
import { FIRST_LOAD_LIMIT_BYTES } from './first-load.ts'

/**
 * Builds the dashboard into `.cache/dashboard/<hash of its sources>`, or finds it there: what the gateway's DASHBOARD_DIR
 * names.
 *
 * @throws Error when a source cannot be built, or the first load is larger than its limit
 */
export function buildDashboard(): Promise<BuiltPages> {
  return buildPages({
    name: 'dashboard',
    folder: path.resolve(import.meta.dirname, '../..'),
    shared: [],
    firstLoadLimit: FIRST_LOAD_LIMIT_BYTES
  })
}
