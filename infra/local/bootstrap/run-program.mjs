import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import path from 'node:path'
import { watchLauncher } from './launcher.mjs'
import { CACHE } from './paths.mjs'

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Runs a TypeScript program under `node` with this terminal; forwards signals and resolves with its
 * exit code. With `guarded` the program is stopped when this process or its npm dies, however it dies: a channel to it closes.
 */
export function runProgram(node, file, args, { guarded }) {
  const env = {
    // Compiled sources are kept, so that the second start of each program is faster.
    NODE_COMPILE_CACHE: path.join(CACHE, 'compiled'),
    ...process.env,
    PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}`
  }
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', file, ...args], {
    env,
    stdio: guarded ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit'
  })
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal))
  if (guarded) watchLauncher(() => child.kill('SIGTERM'))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]))
  })
}
