import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startNats, startPostgres, startRedis, type LocalServer } from '../servers/index.ts'

export interface TestServers {
  /** `TEST_*_URL` of every server there is. */
  environment: NodeJS.ProcessEnv
  stop(): Promise<void>
}

/** One set of servers for all test files, in a temporary folder; those that a variable names are used as they are. */
export async function startTestServers(given: NodeJS.ProcessEnv): Promise<TestServers> {
  const folder = mkdtempSync(path.join(tmpdir(), 'leadlog-tests-'))
  const environment: NodeJS.ProcessEnv = {}
  const running: LocalServer[] = []
  const provide = async (variable: string, start: () => Promise<LocalServer | undefined>): Promise<void> => {
    if (given[variable]) return
    const server = await start()
    if (server === undefined) return
    running.push(server)
    environment[variable] = server.url
  }
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((server) => server.stop()))
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  const started = await Promise.allSettled([
    provide('TEST_NATS_URL', () => startNats({ dataDir: path.join(folder, 'nats'), syncAlways: false })),
    provide('TEST_DATABASE_URL', () => startPostgres({ dataDir: path.join(folder, 'postgres'), durable: false })),
    provide('TEST_REDIS_URL', () => startRedis({ dataDir: path.join(folder, 'redis') }))
  ])
  const failed = started.find((result) => result.status === 'rejected')
  if (failed === undefined) return { environment, stop }
  await stop()
  throw failed.reason
}
