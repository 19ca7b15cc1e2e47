import path from 'node:path'
import { startNats, startNatsCluster, startPostgres, startRedis, type LocalServer } from '../servers/index.ts'
import { keepRunning, type KeptProgram } from './keep-running.ts'
import { logFileOf, type Layout } from './layout.ts'
import type { StartOptions } from './options.ts'
import { portFrom, serverPorts } from './ports.ts'
import type { NeededPort } from './running-mark.ts'

export interface LocalServers {
  natsUrl: string
  natsSyncAlways: boolean
  databaseUrl: string
  redisUrl: string | undefined
  /** The servers that were started here, by name. */
  programs: ReadonlyMap<string, KeptProgram>
  /** Ends those that were started here; others are not touched. */
  stop(): Promise<void>
}

/** The ports of the servers that have to be started here: those that no variable names. */
export function serverPortsNeeded(environment: NodeJS.ProcessEnv, options: StartOptions): NeededPort[] {
  const needed: NeededPort[] = []
  const need = (what: string, spec: { port: number; variable: string }): void => {
    needed.push({ what, port: spec.port, variable: spec.variable })
  }
  if (!environment['NATS_URL']) natsPorts(environment).forEach((port) => need('NATS', { ...serverPorts.nats, port }))
  const own = (spec: { port: number; variable: string }) => ({ ...spec, port: portFrom(environment, spec) })
  if (!environment['DATABASE_URL']) need('PostgreSQL', own(serverPorts.postgres))
  if (!environment['REDIS_URL'] && options.redis) need('Redis', own(serverPorts.redis))
  return needed
}

/** Servers of a cluster of which one may be lost. */
const CLUSTER_NODES = 3

/** The ports of NATS: one, or from that one on three where NATS_REPLICAS asks for copies. */
function natsPorts(environment: NodeJS.ProcessEnv): number[] {
  const first = portFrom(environment, serverPorts.nats)
  const nodes = Number(environment['NATS_REPLICAS'] ?? 1) > 1 ? CLUSTER_NODES : 1
  return Array.from({ length: nodes }, (_, index) => first + index)
}

/** Starts NATS, PostgreSQL and Redis side by side, each unless a variable names one, and keeps them running. */
export async function startServers(
  layout: Layout,
  environment: NodeJS.ProcessEnv,
  options: StartOptions
): Promise<LocalServers> {
  const kept = new Map<string, KeptProgram>()
  const local = async (name: string, given: string | undefined, start: () => Promise<LocalServer | undefined>) => {
    if (given) return given
    const server = await start()
    if (server === undefined) return undefined
    kept.set(name, await keepServer(name, server, logFileOf(layout, name)))
    return server.url
  }
  const place = (name: 'nats' | 'postgres' | 'redis') => ({
    dataDir: path.join(layout.state, name),
    port: portFrom(environment, serverPorts[name]),
    logFile: logFileOf(layout, name)
  })
  const nats = async (): Promise<string | undefined> => {
    const ports = natsPorts(environment)
    if (environment['NATS_URL'] || ports.length === 1) {
      return local('nats', environment['NATS_URL'], () => startNats({ ...place('nats'), serverName: 'leadlog-local' }))
    }
    const cluster = await startNatsCluster({ dataDir: path.join(layout.state, 'nats-cluster'), ports })
    for (const [index, node] of cluster.nodes.entries()) {
      const name = `nats-${String(index + 1)}`
      kept.set(name, await keepServer(name, node, logFileOf(layout, name)))
    }
    return cluster.url
  }
  const stop = async (): Promise<void> => {
    await Promise.all([...kept.values()].map((program) => program.stop()))
  }
  const started = await Promise.allSettled([
    nats(),
    local('postgres', environment['DATABASE_URL'], () => startPostgres(place('postgres'))),
    local('redis', environment['REDIS_URL'], async () => (options.redis ? startRedis(place('redis')) : undefined))
  ])
  const failed = started.find((result) => result.status === 'rejected')
  if (failed !== undefined) {
    await stop()
    throw failed.reason
  }
  const [natsUrl, databaseUrl, redisUrl] = started.map((result) =>
    result.status === 'fulfilled' ? result.value : undefined
  )
  if (natsUrl === undefined || databaseUrl === undefined) throw new Error('a server started without an address')
  return { natsUrl, natsSyncAlways: !environment['NATS_URL'], databaseUrl, redisUrl, programs: kept, stop }
}

async function keepServer(name: string, server: LocalServer, logFile: string): Promise<KeptProgram> {
  let first = true
  return keepRunning({
    name,
    logFile,
    async start() {
      if (!first) await server.restart()
      first = false
      return { pid: server.pid, exited: server.exited, stop: () => server.stop() }
    }
  })
}
