import { randomUUID } from 'node:crypto'
import { spawnChild, type Child } from '../processes/child.ts'
import { runCommand } from '../processes/run-command.ts'

export interface ContainerSpec {
  image: string
  /** The same port outside (on 127.0.0.1) and inside. */
  port: number
  /** Mounted at /data. */
  dataDir: string
  args: readonly string[]
  logFile: string
  stopSignal: NodeJS.Signals
  background: boolean
}

/**
 * Runs a container in the foreground: Docker's client passes signals on and ends with it. Only
 * SIGKILL cannot be passed on, so that one goes through the engine. Memory and processes of the
 * container belong to this user where the engine allows it, so that its files can be deleted.
 */
export async function spawnContainer(spec: ContainerSpec): Promise<Child> {
  const name = `leadlog-${randomUUID()}`
  const owner =
    process.getuid === undefined ? [] : ['--user', `${String(process.getuid())}:${String(process.getgid?.())}`]
  const publish = `127.0.0.1:${String(spec.port)}:${String(spec.port)}`
  const child = await spawnChild({
    command: 'docker',
    args: [
      'run',
      '--rm',
      '--name',
      name,
      ...owner,
      '-p',
      publish,
      '-v',
      `${spec.dataDir}:/data`,
      spec.image,
      ...spec.args
    ],
    logFile: spec.logFile,
    stopSignal: spec.stopSignal,
    stage: 1,
    background: spec.background
  })
  return {
    pid: child.pid,
    exited: child.exited,
    get running() {
      return child.running
    },
    stop: () => child.stop(),
    async kill(signal) {
      await runCommand('docker', ['kill', '--signal', signal.replace(/^SIG/, ''), name])
      if (signal === 'SIGKILL') await child.exited
    }
  }
}
