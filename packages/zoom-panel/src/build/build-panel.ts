import path from 'node:path'
import { buildPages, type BuiltPages } from '@leadlog/dashboard/build-pages'

/** JavaScript that the panel may load before it shows something, compressed: it opens beside a running meeting. */
const FIRST_LOAD_LIMIT_BYTES = 200_000

/** What of the dashboard the panel is made of, too. */
const SHARED = [
  '../dashboard/{package.json,tsconfig.json}',
  '../dashboard/src/{api,design,words}/**/*',
  '../dashboard/src/{styles.css,listeners.ts}',
  '../dashboard/src/shell/theme.ts'
]

/**
 * Builds the panel into `.cache/zoom-panel/<hash of its sources>`, or finds it there, as the dashboard is.
 *
 * @throws Error when a source cannot be built, or the first load is larger than its limit
 */
export function buildPanel(): Promise<BuiltPages> {
  return buildPages({
    name: 'zoom-panel',
    folder: path.resolve(import.meta.dirname, '../..'),
    shared: SHARED,
    firstLoadLimit: FIRST_LOAD_LIMIT_BYTES
  })
}
