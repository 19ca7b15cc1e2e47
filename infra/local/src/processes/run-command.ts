import { execFile } from 'node:child_process'

/** Large package listings are read whole. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024

export interface CommandOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
  uid?: number
  gid?: number
  /** Milliseconds after which the command is killed; for probes of things that may hang. */
  timeout?: number
}

export interface CommandResult {
  ok: boolean
  /** Undefined when the command could not be started at all. */
  code: number | undefined
  stdout: string
  stderr: string
}

/** Runs a command to its end; a failure is a result, not an error. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {}
): Promise<CommandResult> {
  return new Promise((resolve) => {
    execFile(command, args, { ...options, maxBuffer: MAX_OUTPUT_BYTES }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined
      resolve({ ok: error === null, code, stdout, stderr: stderr === '' && error !== null ? error.message : stderr })
    })
  })
}
