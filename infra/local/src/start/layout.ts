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
