import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { spawnChild, type Child } from '../processes/child.ts'
import { findNats } from './acquire/nats-program.ts'
import { spawnContainer } from './container.ts'
import { formatNatsConfig } from './nats-config.ts'
import { freePort } from './ports.ts'
import { probeTcp } from './probe.ts'
import type { LocalServer } from './server.ts'
import { supervise } from './supervise.ts'

/** The image used where Docker stands in for a program. */
const IMAGE = 'nats:2.12'

export interface NatsOptions {
  dataDir: string
  /** Any free port when left out. */
  port?: number
  /** Whether every acknowledged message is on disk first. Default true. */
  syncAlways?: boolean
  /** Space for file streams, as NATS writes it (`8MB`); 20 GB by default. */
  maxFileStore?: string
  /** Further lines of NATS configuration. */
  conf?: string
  serverName?: string
  logFile?: string
  /** True: does not keep this process alive, and ends when it ends. */
  background?: boolean
}

/** Starts a NATS server with JetStream on 127.0.0.1. */
export async function startNats(options: NatsOptions): Promise<LocalServer> {
  const source = await findNats()
  const port = options.port ?? (await freePort())
  const logFile = options.logFile ?? path.join(options.dataDir, 'nats.log')
  const configFile = path.join(options.dataDir, 'nats.conf')
  const inContainer = source.kind === 'docker'
  mkdirSync(options.dataDir, { recursive: true })
  writeFileSync(
    configFile,
    formatNatsConfig({
      port,
      storeDir: inContainer ? '/data/store' : path.join(options.dataDir, 'store'),
      serverName: options.serverName ?? `local-${String(port)}`,
      syncAlways: options.syncAlways ?? true,
      ...(options.maxFileStore === undefined ? {} : { maxFileStore: options.maxFileStore }),
      ...(options.conf === undefined ? {} : { extra: options.conf })
    }),
    { mode: 0o600 }
  )
  const launch = (): Promise<Child> => {
    if (source.kind === 'docker') {
      return spawnContainer({
        image: IMAGE,
        port,
        dataDir: options.dataDir,
        args: ['--config', '/data/nats.conf', '--addr', '0.0.0.0'],
        logFile,
        stopSignal: 'SIGTERM',
        background: options.background ?? false
      })
    }
    return spawnChild({
      command: source.program.command,
      args: ['--config', configFile],
      env: { ...process.env, ...source.program.env },
      logFile,
      stopSignal: 'SIGTERM',
      stage: 1,
      background: options.background ?? false
    })
  }
  const url = `nats://127.0.0.1:${String(port)}`
  return supervise({ name: 'NATS', url, port, logFile, launch, probe: () => probeTcp(port, 'INFO {') })
}
