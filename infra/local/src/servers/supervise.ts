import { setTimeout as delay } from 'node:timers/promises'
import { lastLines } from '../processes/log-tail.ts'
import type { Child } from '../processes/child.ts'
import type { LocalServer } from './server.ts'

/** How often a starting server is asked; each asking is one connection. */
const PROBE_EVERY_MS = 40

/** Recovering a large data folder after a crash takes a while; a server silent for longer is stuck. */
const START_LIMIT_MS = 120_000

/** After a crash the old server's children may hold its files for a moment; the next try finds them gone. */
const START_TRIES = 5
const RETRY_MS = 500

export interface Supervised {
  name: string
  url: string
  port: number
  logFile: string
  launch(): Promise<Child>
  /** Resolves when the server answers, rejects while it does not yet. */
  probe(): Promise<void>
}

/** Starts a server, waits until it answers, and gives it back with its lifecycle. */
export async function supervise(spec: Supervised): Promise<LocalServer> {
  let child = await startOnce(spec)
  return {
    url: spec.url,
    port: spec.port,
    get pid() {
      return child.pid
    },
    get exited() {
      return child.exited
    },
    stop: () => child.stop(),
    kill: (signal = 'SIGKILL') => child.kill(signal),
    async restart() {
      await child.stop()
      child = await startOnce(spec)
    }
  }
}

async function startOnce(spec: Supervised): Promise<Child> {
  for (let attempt = 1; ; attempt++) {
    const child = await spec.launch()
    const answered = await waitForAnswer(spec, child)
    if (answered) return child
    if (attempt >= START_TRIES) {
      const log = lastLines(spec.logFile, 15).join('\n')
      throw new Error(`${spec.name} did not start on port ${String(spec.port)}. The end of ${spec.logFile}:\n${log}`)
    }
    await delay(RETRY_MS)
  }
}

async function waitForAnswer(spec: Supervised, child: Child): Promise<boolean> {
  const deadline = Date.now() + START_LIMIT_MS
  while (child.running && Date.now() < deadline) {
    try {
      await spec.probe()
      return child.running
    } catch {
      await Promise.race([delay(PROBE_EVERY_MS), child.exited])
    }
  }
  await child.stop()
  return false
}
