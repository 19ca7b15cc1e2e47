import path from 'node:path'
import { freePorts, startSystem, type LocalSystem } from '@leadlog/local/system'
import { ROOT } from './leadlog-program.ts'

/** Above what the load needs, so that waiting for a vendor's budget is not taken for time of our own. */
const UNBOUNDED = { CRM_RATE_PER_MINUTE: '100000', CRM_RATE_PER_DAY: '10000000', API_RATE_PER_MINUTE: '1000000' }

/** Every service a process of its own, with servers and simulated vendors, as `npm start` runs them. */
export async function startWholeSystem(
  folder: string,
  stopping: AbortSignal,
  options: { only?: readonly string[]; ports?: NodeJS.ProcessEnv; settings?: NodeJS.ProcessEnv } = {}
): Promise<LocalSystem> {
  const given = {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: path.join(folder, 'compiled'),
    OWN_DOMAINS: 'leadlog.example',
    ...UNBOUNDED,
    ...options.settings,
    ...(options.ports ?? (await freePorts()))
  }
  const layout = { root: ROOT, state: path.join(folder, 'state') }
  const start = { demo: false, fresh: false, simulators: true, redis: true, only: options.only }
  return startSystem(layout, given, start, stopping)
}
