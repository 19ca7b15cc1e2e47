import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { spawnChild, type Child } from '@leadlog/local/processes'

const ROOT = path.join(import.meta.dirname, '../../..')
/** A program that is not ready by then will not be: first starts run migrations on a busy machine. */
const READY_LIMIT_MS = 90_000
const LOOK_EVERY_MS = 50
/** A configuration that cannot work; starting again would not help. */
const EXIT_CONFIG = 78
/** A service ends when its servers do not answer in time, and counts on being started again, as everywhere. */
const STARTS = 4
const SHOWN_LINES = 20

/** A program of the system as a process that can be killed and started again. */
export interface Program {
  readonly name: string
  readonly url: string
  readonly pid: number
  /** `changes` go over its variables. */
  start(changes?: NodeJS.ProcessEnv): Promise<void>
  /** Resolves when it answers on /readyz; started again where it ended before, as an orchestrator does. */
  ready(): Promise<void>
  /** SIGKILL, as a crash. */
  kill(): Promise<void>
  /** SIGTERM, as an orchestrator. */
  stop(): Promise<void>
}

/** A program that is not started yet. */
export function program(spec: {
  name: string
  file: string
  port: number
  environment: NodeJS.ProcessEnv
  logFile: string
  stage: 2 | 3
}): Program {
  const url = `http://127.0.0.1:${spec.port}`
  let child: Child | undefined
  let lastChanges: NodeJS.ProcessEnv = {}
  const launch = async (): Promise<void> => {
    child = await spawnChild({
      command: process.execPath,
      args: ['--disable-warning=ExperimentalWarning', path.join(ROOT, spec.file)],
      cwd: ROOT,
      env: { ...spec.environment, ...lastChanges },
      logFile: spec.logFile,
      stopSignal: 'SIGTERM',
      stage: spec.stage
    })
  }
  return {
    name: spec.name,
    url,
    get pid() {
      return child?.pid ?? 0
    },
    start(changes = {}) {
      lastChanges = changes
      return launch()
    },
    async ready() {
      const deadline = performance.now() + READY_LIMIT_MS
      let last = 'no answer'
      for (let starts = 1; performance.now() < deadline;) {
        if (child && !child.running) {
          const { code, signal } = await child.exited
          if (code === EXIT_CONFIG || signal !== null || starts >= STARTS) {
            const end = readFileSync(spec.logFile, 'utf8').trimEnd().split('\n').slice(-SHOWN_LINES).join('\n')
            throw new Error(
              `${spec.name} ended with ${signal ?? String(code)} while it was starting; its log ends:\n${end}`
            )
          }
          starts++
          await launch()
        }
        const answer = await fetch(`${url}/readyz`).catch((error: unknown) => error)
        if (answer instanceof Response && answer.ok) return
        last = answer instanceof Response ? await answer.text() : String(answer)
        await delay(LOOK_EVERY_MS)
      }
      throw new Error(`${spec.name} is not ready: ${last}; see ${spec.logFile}`)
    },
    kill: async () => child?.kill('SIGKILL'),
    stop: async () => child?.stop()
  }
}
