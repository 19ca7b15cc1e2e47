import { spawn } from 'node:child_process'

/** How much of a failed command's output is worth showing. */
const TAIL_CHARACTERS = 4000

/** Runs a command to its end; resolves with its output, rejects with the end of it when it fails. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let output = ''
    let stdout = ''
    child.stdout?.on('data', (chunk) => {
      stdout += chunk
      output += chunk
    })
    child.stderr?.on('data', (chunk) => {
      output += chunk
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) resolve(stdout)
      else
        reject(new Error(`${command} ${args.join(' ')} failed (${signal ?? code})\n${output.slice(-TAIL_CHARACTERS)}`))
    })
  })
}
