import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { notice } from '../notice.ts'
import { spawnChild, type Child } from '../processes/child.ts'
import { findRedis } from './acquire/redis-program.ts'
import { spawnContainer } from './container.ts'
import { freePort } from './ports.ts'
import { probeTcp } from './probe.ts'
import type { LocalServer } from './server.ts'
import { supervise } from './supervise.ts'

/** The image used where Docker stands in for a program. */
const IMAGE = 'redis:8'

export interface RedisOptions {
  dataDir: string
  /** Any free port when left out. */
  port?: number
  logFile?: string
  /** True: does not keep this process alive, and ends when it ends. */
  background?: boolean
}

/** Starts Redis (or Valkey) on 127.0.0.1; undefined, with a notice, where there is none to be had. */
export async function startRedis(options: RedisOptions): Promise<LocalServer | undefined> {
  const source = await findRedis()
  if (source.kind === 'none') {
    notice(`no Redis could be found or fetched (${source.reason}); each process keeps its own share of the limits`)
    return undefined
  }
  const port = options.port ?? (await freePort())
  const logFile = options.logFile ?? path.join(options.dataDir, 'redis.log')
  mkdirSync(options.dataDir, { recursive: true })
  const launch = (): Promise<Child> => {
    if (source.kind === 'docker') {
      const args = ['redis-server', ...settings(port, '0.0.0.0', '/data')]
      return spawnContainer({
        image: IMAGE,
        port,
        dataDir: options.dataDir,
        args,
        logFile,
        stopSignal: 'SIGTERM',
        background: options.background ?? false
      })
    }
    return spawnChild({
      command: source.program.command,
      args: settings(port, '127.0.0.1', options.dataDir),
      env: { ...process.env, ...source.program.env },
      logFile,
      stopSignal: 'SIGTERM',
      stage: 1,
      background: options.background ?? false
    })
  }
  const url = `redis://127.0.0.1:${String(port)}`
  const probe = (): Promise<void> => probeTcp(port, '+PONG', 'PING\r\n')
  return supervise({ name: 'Redis', url, port, logFile, launch, probe })
}

/** Budgets are the only content: an append-only file with its default of one sync a second keeps them well enough. */
function settings(port: number, bind: string, folder: string): string[] {
  return [
    ['--port', String(port)],
    ['--bind', bind],
    ['--protected-mode', 'no'],
    ['--dir', folder],
    ['--appendonly', 'yes'],
    ['--save', '']
  ].flat()
}
