import type { NatsConnection } from '@nats-io/transport-node'
import type { Logger } from '../logger.ts'
import { serverTooOld } from './version-gate.ts'

/** Knows whether the log can be used and tells those who wait for it. */
export interface ConnectionWatch {
  /** False while the connection is lost, and while it leads to a server that is too old. */
  readonly online: boolean
  /** Why a server that answers is not used; null otherwise. */
  readonly refused: string | null
  /** True once the connection was closed for good. */
  readonly closed: boolean
  /** Calls back at every change; returns the function that ends it. */
  onChange(listener: (online: boolean) => void): () => void
}

/** @param connection to a server whose version was checked; each one that it reconnects to is checked here */
export function watchConnection(connection: NatsConnection, logger: Logger): ConnectionWatch {
  let online = !connection.isClosed()
  let refused: string | null = null
  const listeners = new Set<(online: boolean) => void>()
  const change = (next: boolean): void => {
    if (online === next) return
    online = next
    if (next) logger.info({ server: connection.getServer() }, 'event log connected again')
    else if (!connection.isClosed()) logger.warn('event log connection lost, reconnecting')
    for (const listener of listeners) listener(next)
  }
  const reconnected = (): void => {
    const before = refused
    refused = serverTooOld(connection.info?.version ?? '0.0.0', connection.getServer())
    if (refused !== null && refused !== before) {
      logger.error({ server: connection.getServer() }, `Nothing is written until this is mended: ${refused}`)
    }
    change(refused === null)
  }
  const follow = async (): Promise<void> => {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect' || status.type === 'staleConnection') change(false)
      else if (status.type === 'reconnect') reconnected()
      else if (status.type === 'error') logger.warn({ err: status.error }, 'event log connection error')
    }
  }
  void follow().finally(() => change(false))
  return {
    get online() {
      return online
    },
    get refused() {
      return refused
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
