import path from 'node:path'
import { startNats } from './nats-server.ts'
import { freePort } from './ports.ts'
import type { LocalServer } from './server.ts'

export interface NatsClusterOptions {
  dataDir: string
  /** Three by default: the fewest of which one may be lost. */
  nodes?: number
  /** Client ports; any free ones when left out. */
  ports?: readonly number[]
  /** Whether every acknowledged message is on disk first. Default true. */
  syncAlways?: boolean
  /** True: does not keep this process alive, and ends when it ends. */
  background?: boolean
}

/** NATS servers that replicate streams among themselves. */
export interface NatsCluster {
  /** All nodes' addresses, as `NATS_URL` takes them. */
  readonly url: string
  readonly nodes: readonly LocalServer[]
  stop(): Promise<void>
}

/** Starts a cluster of NATS servers with JetStream on 127.0.0.1. Its own traffic has no password: nobody else can reach it. */
export async function startNatsCluster(options: NatsClusterOptions): Promise<NatsCluster> {
  const count = options.nodes ?? 3
  const routePorts = await differentPorts(count)
  const ports = options.ports ?? (await differentPorts(count, routePorts))
  const routes = routePorts.map((port) => `nats://127.0.0.1:${String(port)}`)
  const nodes = await Promise.all(
    routePorts.map((routePort, index) => {
      const name = `n${String(index + 1)}`
      return startNats({
        dataDir: path.join(options.dataDir, name),
        serverName: name,
        port: ports[index] ?? 0,
        conf: clusterBlock(routePort, routes),
        ...(options.syncAlways === undefined ? {} : { syncAlways: options.syncAlways }),
        ...(options.background === undefined ? {} : { background: options.background })
      })
    })
  )
  return {
    url: nodes.map((node) => node.url).join(','),
    nodes,
    stop: async () => void (await Promise.all(nodes.map((node) => node.stop())))
  }
}

function clusterBlock(port: number, routes: readonly string[]): string {
  return `cluster {
  name: leadlog
  listen: "127.0.0.1:${String(port)}"
  routes: ${JSON.stringify(routes)}
}
`
}

async function differentPorts(count: number, taken: readonly number[] = []): Promise<number[]> {
  const ports = new Set<number>()
  while (ports.size < count) {
    const port = await freePort()
    if (!taken.includes(port)) ports.add(port)
  }
  return [...ports]
}
