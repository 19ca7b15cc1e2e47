import { existsSync } from 'node:fs'
import path from 'node:path'
import { spawn } from 'node:child_process'
import { notice } from '../notice.ts'
import { guard, unguard } from '../processes/watchdog.ts'
import type { Layout } from './layout.ts'
import { readJson, writePrivateJson } from './private-file.ts'
import type { LocalSystem } from './system.ts'

const PROGRAM = 'packages/simulators/src/sample-day/send.ts'

/** Sends the sample day through ingest, once for a state folder. Resolves with whether it is there now. */
export async function runSampleDay(layout: Layout, system: LocalSystem, stopped: AbortSignal): Promise<boolean> {
  const mark = path.join(layout.state, 'sample-day.json')
  if (readJson(mark) !== undefined) {
    notice('the sample day was sent already')
    return true
  }
  const ingest = system.urls['ingest']
  const program = path.join(layout.root, PROGRAM)
  if (ingest === undefined || !existsSync(program)) return false
  notice('sending the sample day through the webhooks')
  const code = await run(program, ['--ingest', ingest], layout.root, system.environment, stopped)
  if (code !== 0) {
    if (!stopped.aborted)
      notice(`the sample day was not sent whole (code ${String(code)}); the next start sends it again`)
    return false
  }
  writePrivateJson(mark, { sentAt: new Date().toISOString() })
  return true
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal
): Promise<number | null> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    cwd,
    env,
    signal,
    stdio: ['ignore', 'inherit', 'inherit']
  })
  if (child.pid !== undefined) guard(child.pid, 3, 'SIGTERM')
  return new Promise((resolve) => {
    const finish = (code: number | null): void => {
      if (child.pid !== undefined) unguard(child.pid)
      resolve(code)
    }
    child.on('error', () => finish(null))
    child.on('exit', finish)
  })
}
