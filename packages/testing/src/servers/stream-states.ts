import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'

/** Configuration and state of every stream and consumer of a server, buckets too, by name: equal lists, nothing was written. */
export async function streamStates(url: string, prefix = ''): Promise<readonly object[]> {
  const connection = await connect({ servers: url })
  try {
    const manager = await jetstreamManager(connection)
    const found: { name: string; config: object; state: object; consumers: string[] }[] = []
    for await (const { config, state } of manager.streams.list()) {
      if (!config.name.includes(prefix)) continue
      const consumers: string[] = []
      for await (const { name } of manager.consumers.list(config.name)) consumers.push(name)
      const { messages, bytes, first_seq, last_seq, last_ts, num_deleted } = state
      found.push({
        name: config.name,
        config,
        state: { messages, bytes, first_seq, last_seq, last_ts, num_deleted },
        consumers: consumers.sort()
      })
    }
    return found.sort((a, b) => a.name.localeCompare(b.name))
  } finally {
    await connection.close()
  }
}
