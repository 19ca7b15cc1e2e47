import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { LocalSetupError } from '../errors.ts'
import { requireFreePort } from '../servers/ports.ts'

/** What a crashed run leaves is stopped by its watchdog within this time. */
const LEFTOVER_LIMIT_MS = 40_000
const LOOK_EVERY_MS = 200

export interface NeededPort {
  what: string
  port: number
  variable: string
}

/** Fails when a port is taken; waits first where an earlier run of this state folder is still being cleaned up. */
export async function requirePorts(state: string, needed: readonly NeededPort[]): Promise<void> {
  const owner = readMark(state)
  const deadline = Date.now() + LEFTOVER_LIMIT_MS
  for (const { port, variable, what } of needed) {
    for (;;) {
      try {
        await requireFreePort(port, variable, what)
        break
      } catch (error) {
        if (owner !== undefined && isAlive(owner)) throw alreadyRunning(owner)
        if (owner === undefined || Date.now() > deadline) throw error
        await delay(LOOK_EVERY_MS)
      }
    }
  }
}

/** From now on this process is the one that runs the system of this state folder. */
export function placeMark(state: string): void {
  writeFileSync(markFile(state), String(process.pid))
}

export function removeMark(state: string): void {
  rmSync(markFile(state), { force: true })
}

function markFile(state: string): string {
  return path.join(state, 'start.pid')
}

function readMark(state: string): number | undefined {
  try {
    return Number(readFileSync(markFile(state), 'utf8')) || undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function alreadyRunning(pid: number): LocalSetupError {
  return new LocalSetupError(
    'LOCAL_ALREADY_RUNNING',
    `the system runs already, as process ${String(pid)}. Stop that one first (Ctrl-C there, or: kill ${String(pid)})`
  )
}
