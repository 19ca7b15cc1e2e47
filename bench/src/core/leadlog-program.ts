import path from 'node:path'
import { spawnChild } from '@leadlog/local/processes'
import { freePort } from '@leadlog/local/servers'
import type { ServiceSpec } from '@leadlog/local/services'
import { untilReady } from './ready.ts'
import type { Teardown } from './teardown.ts'

export const ROOT = path.join(import.meta.dirname, '../../..')

/** A service of Leadlog as it runs in production: a process of its own, started from its main file. */
export interface LeadlogProgram {
  readonly pid: number
  readonly port: number
  readonly url: string
  /** From the start of the process to its first 200 on /readyz. */
  readonly startMs: number
  stop(): Promise<void>
}

/** Starts the service on a free port and resolves when it is ready. */
export async function startLeadlogProgram(options: {
  service: ServiceSpec
  environment: NodeJS.ProcessEnv
  folder: string
  teardown: Teardown
}): Promise<LeadlogProgram> {
  const { service, folder } = options
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const logFile = path.join(folder, 'logs', `${service.name}.log`)
  const began = performance.now()
  const child = await spawnChild({
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', ...(service.nodeArgs ?? []), path.join(ROOT, service.program)],
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PUBLIC_URL: url, ...options.environment, [service.variable]: String(port) },
    logFile,
    stopSignal: 'SIGTERM',
    stage: 3
  })
  options.teardown.add(() => child.stop())
  await Promise.race([
    untilReady(`${url}/readyz`),
    child.exited.then(() => {
      throw new Error(`${service.name} ended while it started; see ${logFile}`)
    })
  ])
  return { pid: child.pid, port, url, startMs: performance.now() - began, stop: () => child.stop() }
}

/** The service of this name. */
export function serviceNamed(services: readonly ServiceSpec[], name: string): ServiceSpec {
  const found = services.find((service) => service.name === name)
  if (!found) throw new Error(`there is no service ${name}`)
  return found
}
