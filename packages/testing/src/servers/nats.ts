import {
  startNats,
  startNatsCluster,
  type LocalServer,
  type NatsCluster,
  type NatsOptions
} from '@leadlog/local/servers'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import type { TestContext } from '../test-context.ts'
import { containerUrl } from './container-url.ts'
import { isolatedServer } from './isolated-server.ts'
import { sharedServer } from './shared-server.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { uniqueName } from './unique-name.ts'

export interface TestNats {
  url: string
  /** The event log's `prefix` for this test alone; streams that carry it in their name are deleted when the test ends. */
  prefix: string
}

const sharedNats = sharedServer({
  variable: 'TEST_NATS_URL',
  container: () => containerUrl({ image: 'nats:2.12', port: 4222, scheme: 'nats', command: ['-js'] }),
  local: (dataDir) => startNats({ dataDir, syncAlways: false, background: true }),
  advice: 'install nats-server 2.12 or newer'
})

/** A NATS server shared with other tests, and a prefix that keeps this test's streams and subjects apart. */
export async function testNats(t: TestContext): Promise<TestNats> {
  const url = await sharedNats()
  const prefix = uniqueName()
  t.teardown(() => deleteStreams(url, prefix))
  return { url, prefix }
}

/** A NATS server of this test's own, to be killed and restarted. */
export function isolatedNats(
  t: TestContext,
  options: Pick<NatsOptions, 'syncAlways' | 'conf' | 'port' | 'maxFileStore'> = {}
): Promise<LocalServer> {
  return isolatedServer(t, (dataDir) => startNats({ syncAlways: false, ...options, dataDir, background: true }))
}

async function deleteStreams(url: string, prefix: string): Promise<void> {
  const connection = await connect({ servers: url })
  try {
    const manager = await jetstreamManager(connection)
    const names: string[] = []
    for await (const name of manager.streams.names()) if (name.includes(prefix)) names.push(name)
    for (const name of names) await manager.streams.delete(name)
  } finally {
    await connection.close()
  }
}

/** Three NATS servers of this test's own that replicate among themselves, to be killed and restarted one by one. */
export async function isolatedNatsCluster(t: TestContext): Promise<NatsCluster> {
  const folder = temporaryFolder()
  const cluster = await startNatsCluster({ dataDir: folder.path, syncAlways: false, background: true })
  t.teardown(async () => {
    await Promise.all(cluster.nodes.map((node) => node.kill('SIGKILL')))
    folder.remove()
  })
  return cluster
}
