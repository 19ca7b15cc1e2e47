import { onPath } from './program.ts'
import { runCommand } from '../../processes/run-command.ts'

/** A Docker engine that is there answers at once; one that is not may hang. */
const PROBE_MS = 3_000

let answer: Promise<boolean> | undefined

/** Whether a Docker engine answers. Asked once per process. */
export function dockerAnswers(): Promise<boolean> {
  answer ??= probe()
  return answer
}

async function probe(): Promise<boolean> {
  const docker = onPath('docker')
  if (docker === undefined) return false
  const result = await runCommand(docker, ['version', '--format', '{{.Server.Version}}'], { timeout: PROBE_MS })
  return result.ok && result.stdout.trim() !== ''
}
