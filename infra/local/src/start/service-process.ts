import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { LocalSetupError } from '../errors.ts'
import { spawnChild, type Child } from '../processes/child.ts'
import type { Stage } from '../processes/watchdog.ts'
import type { ServiceSpec } from '../services.ts'
import { keepRunning, type KeptProgram } from './keep-running.ts'
import { logFileOf, type Layout } from './layout.ts'

/** A first start runs migrations and makes streams; a service silent for longer is stuck. */
const READY_LIMIT_MS = 120_000
const LOOK_EVERY_MS = 50

/** One slow answer must not hold up the next look. */
const ANSWER_LIMIT_MS = 5_000

/** A failure right at the start is seldom a matter of luck; one more try covers a race with another service. */
const RESTARTS_BEFORE_READY = 1
const RESTARTS_WHEN_READY = 5

export interface ServiceProcess extends KeptProgram {
  readonly url: string
  /** Resolves when it answers on /readyz, rejects when it failed for good or is silent for too long. */
  readonly ready: Promise<void>
}

export interface ServiceProcessSpec {
  layout: Layout
  service: ServiceSpec
  port: number
  environment: NodeJS.ProcessEnv
  stage: Stage
}

/** Whether the service's program is there. */
export function isPresent(layout: Layout, service: ServiceSpec): boolean {
  return existsSync(path.join(layout.root, service.program))
}

/** Starts one service as a process of its own and keeps it running. */
export async function startServiceProcess(spec: ServiceProcessSpec): Promise<ServiceProcess> {
  const { layout, service, port } = spec
  const url = `http://127.0.0.1:${String(port)}`
  const logFile = logFileOf(layout, service.name)
  const stopped = new AbortController()
  let isReady = false
  const kept = await keepRunning({
    name: service.name,
    logFile,
    start: () => launch(spec, url, logFile),
    maxRestarts: () => (isReady ? RESTARTS_WHEN_READY : RESTARTS_BEFORE_READY)
  })
  const failed = kept.givenUp.then(() => {
    throw new LocalSetupError('LOCAL_SERVICE_FAILED', `${service.name} does not start; its log is ${logFile}`)
  })
  const ready = Promise.race([waitUntilReady(service.name, `${url}/readyz`, stopped.signal), failed]).then(() => {
    isReady = true
  })
  // Whoever waits sees the failure; nobody has to wait.
  ready.catch(() => undefined)
  return {
    get pid() {
      return kept.pid
    },
    url,
    ready,
    givenUp: kept.givenUp,
    stop() {
      stopped.abort()
      return kept.stop()
    }
  }
}

function launch(spec: ServiceProcessSpec, url: string, logFile: string): Promise<Child> {
  const { layout, service, port, environment, stage } = spec
  return spawnChild({
    command: process.execPath,
    args: [
      '--disable-warning=ExperimentalWarning',
      ...(service.nodeArgs ?? []),
      path.join(layout.root, service.program)
    ],
    cwd: layout.root,
    env: { PUBLIC_URL: url, ...environment, [service.variable]: String(port) },
    logFile,
    stopSignal: 'SIGTERM',
    stage
  })
}

async function waitUntilReady(name: string, address: string, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + READY_LIMIT_MS
  let last = 'no answer yet'
  while (performance.now() < deadline) {
    if (signal.aborted) throw new Error(`${name} was stopped before it was ready`)
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(ANSWER_LIMIT_MS) })
      const body = await response.text()
      if (response.ok) return
      last = `${String(response.status)} ${body}`
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    await delay(LOOK_EVERY_MS)
  }
  throw new LocalSetupError('LOCAL_SERVICE_NOT_READY', `${name} is not ready; ${address} last answered: ${last}`)
}
