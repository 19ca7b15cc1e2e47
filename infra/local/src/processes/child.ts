import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import path from 'node:path'
import { guard, unguard, type Stage } from './watchdog.ts'

/** A service that has not ended this long after its stop signal will not; then it is killed. */
const GRACE_MS = 15_000

export interface ChildSpec {
  command: string
  args: readonly string[]
  env?: NodeJS.ProcessEnv
  cwd?: string
  uid?: number
  gid?: number
  /** Standard output and error are appended to this file; a child never writes to the terminal itself. */
  logFile: string
  stopSignal: NodeJS.Signals
  stage: Stage
  /** True: does not keep this process alive. Default false. */
  background?: boolean
}

export interface ChildExit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface Child {
  readonly pid: number
  /** Resolves when the process has ended; never rejects. */
  readonly exited: Promise<ChildExit>
  readonly running: boolean
  /** Asks the process to end, kills it if it does not, resolves when it is gone. */
  stop(): Promise<void>
  /** Sends one signal and, for SIGKILL, resolves when the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>
}

/**
 * Starts a process in a session of its own, so that Ctrl-C reaches only this one and the order of
 * stopping is ours; the watchdog ends it if this process cannot.
 */
export async function spawnChild(spec: ChildSpec): Promise<Child> {
  mkdirSync(path.dirname(spec.logFile), { recursive: true })
  const log = openSync(spec.logFile, 'a', 0o600)
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: spec.env ?? process.env,
    detached: true,
    stdio: ['ignore', log, log],
    ...(spec.uid === undefined ? {} : { uid: spec.uid }),
    ...(spec.gid === undefined ? {} : { gid: spec.gid })
  })
  closeSync(log)
  let running = true
  const exited = new Promise<ChildExit>((resolve) => {
    child.on('exit', (code, signal) => {
      running = false
      if (child.pid !== undefined) unguard(child.pid)
      resolve({ code, signal })
    })
  })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
  const pid = child.pid
  if (pid === undefined) throw new Error(`${spec.command} started without a process id`)
  if (spec.background === true) child.unref()
  guard(pid, spec.stage, spec.stopSignal)
  return {
    pid,
    exited,
    get running() {
      return running
    },
    async stop() {
      if (!running) return
      child.ref()
      child.kill(spec.stopSignal)
      const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS)
      await exited
      clearTimeout(timer)
    },
    async kill(signal) {
      if (!running) return
      child.kill(signal)
      if (signal !== 'SIGKILL') return
      child.ref()
      await exited
    }
  }
}
