import { existsSync } from 'node:fs'
import path from 'node:path'
import { buildDashboard } from '@leadlog/dashboard/build'
import { buildPanel } from '@leadlog/zoom-panel/build'
import { LocalSetupError } from '../errors.ts'
import { notice } from '../notice.ts'
import type { Layout } from './layout.ts'

/** What the gateway serves: whose variable names its folder, and how it is built. */
const PAGES = [
  { variable: 'DASHBOARD_DIR', source: 'packages/dashboard', what: 'the dashboard', build: buildDashboard },
  { variable: 'ZOOM_PANEL_DIR', source: 'packages/zoom-panel', what: 'the panel for Zoom', build: buildPanel }
]

/** What the gateway needs in order to serve its pages, built where their sources changed. */
export async function dashboardEnvironment(layout: Layout, given: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const environment: NodeJS.ProcessEnv = {}
  // One after the other: each keeps a core busy.
  for (const { variable, source, what, build } of PAGES) {
    if (given[variable] || !existsSync(path.join(layout.root, source))) continue
    try {
      const { folder, isNew } = await build()
      if (isNew) notice(`${what} was built, because its sources are new`)
      environment[variable] = folder
    } catch (cause) {
      throw new LocalSetupError('LOCAL_DASHBOARD_BROKEN', `${what} could not be built: ${String(cause)}`, { cause })
    }
  }
  return environment
}
