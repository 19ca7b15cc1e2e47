import type { NatsConnection } from '@nats-io/transport-node'
import type { Logger } from '../logger.ts'

/** Knows whether the connection is up and tells those who wait for it. */
export interface ConnectionWatch {
  readonly online: boolean
  /** True once the connection was closed for good. */
  readonly closed: boolean
  /** Calls back at every change; returns the function that ends it. */
  onChange(listener: (online: boolean) => void): () => void
}

export function watchConnection(connection: NatsConnection, logger: Logger): ConnectionWatch {
  let online = !connection.isClosed()
  const listeners = new Set<(online: boolean) => void>()
  const change = (next: boolean): void => {
    if (online === next) return
    online = next
    if (next) logger.info({ server: connection.getServer() }, 'event log connected again')
    else if (!connection.isClosed()) logger.warn('event log connection lost, reconnecting')
    for (const listener of listeners) listener(next)
  }
  const follow = async (): Promise<void> => {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect' || status.type === 'staleConnection') change(false)
      else if (status.type === 'reconnect') change(true)
      else if (status.type === 'error') logger.warn({ err: status.error }, 'event log connection error')
    }
  }
  void follow().finally(() => change(false))
  return {
    get online() {
      return online
    },
    get closed() {
      return connection.isClosed() || connection.isDraining()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
  }
}
