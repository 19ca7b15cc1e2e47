import type { NatsConnection } from '@nats-io/nats-core'

/** Whether the connection is up, so that a request during an interruption fails at once instead of timing out. */
export interface ConnectionState {
  away(): boolean
  close(): void
}

export function followConnection(connection: NatsConnection, onReconnect: () => void): ConnectionState {
  let connected = true
  let followed = true
  const statuses = connection.status()[Symbol.asyncIterator]()
  const follow = async (): Promise<void> => {
    for (let next = await statuses.next(); !next.done && followed; next = await statuses.next()) {
      if (next.value.type === 'disconnect') connected = false
      if (next.value.type !== 'reconnect') continue
      connected = true
      onReconnect()
    }
  }
  void follow()
  return {
    away: () => !connected || connection.isClosed(),
    close() {
      followed = false
      void statuses.return?.()
    }
  }
}
