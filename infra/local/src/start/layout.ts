import { existsSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../paths.ts'

/** Where the system's programs are and where its state goes. */
export interface Layout {
  root: string
  state: string
}

export const projectLayout: Layout = { root: ROOT, state: path.join(ROOT, '.leadlog') }

export function logFileOf(layout: Layout, name: string): string {
  return path.join(layout.state, 'logs', `${name}.log`)
}

/** Each run has logs of its own; those of the run before are kept beside them. */
export function setLogsAside(layout: Layout): void {
  const logs = path.join(layout.state, 'logs')
  if (!existsSync(logs)) return
  const previous = path.join(layout.state, 'logs.previous')
  rmSync(previous, { recursive: true, force: true })
  renameSync(logs, previous)
}
