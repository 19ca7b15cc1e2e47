import { existsSync } from 'node:fs'
import path from 'node:path'
import { buildDashboard } from '@leadlog/dashboard/build'
import { LocalSetupError } from '../errors.ts'
import { notice } from '../notice.ts'
import type { Layout } from './layout.ts'

/** What the gateway needs in order to serve the dashboard, built where its sources changed. */
export async function dashboardEnvironment(layout: Layout, given: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  if (given['DASHBOARD_DIR'] || !existsSync(path.join(layout.root, 'packages/dashboard'))) return {}
  try {
    const { folder, isNew } = await buildDashboard()
    if (isNew) notice('the dashboard was built, because its sources are new')
    return { DASHBOARD_DIR: folder }
  } catch (cause) {
    throw new LocalSetupError('LOCAL_DASHBOARD_BROKEN', `The dashboard could not be built: ${String(cause)}`, { cause })
  }
}
