import { TransientError } from '@leadlog/contracts'
import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node'
import { eventLogErrors } from '../errors.ts'

/** Long enough for a server on another continent, short enough to say so at start. */
const DEFAULT_CONNECT_TIMEOUT_MS = 5_000

/** A restarted server takes about a second to answer; trying this often costs nothing. */
const RECONNECT_WAIT_MS = 250

/** A dead peer is noticed after two unanswered pings. */
const PING_INTERVAL_MS = 10_000

/**
 * The client writes to its socket as soon as 32 KB wait, which are a handful of webhooks; a turn's appends should leave in
 * one write. It takes the option, although its types do not name it.
 */
const BULK_WRITES = { pendingLimit: 256 * 1024 }

export interface ConnectRequest {
  /** Comma-separated URLs, for example `nats://user:password@host:4222`. */
  readonly servers: string
  readonly name: string
  readonly connectTimeoutMs?: number | undefined
  /** Keep trying at the first connection as well. */
  readonly waitOnFirstConnect?: boolean | undefined
  /** False: a lost connection ends what waits for it, at once; for work that is begun anew rather than gone on with. */
  readonly reconnect?: boolean | undefined
}

/** @throws TransientError EVENT_LOG_CONNECT_FAILED */
export async function connectToServers(request: ConnectRequest): Promise<NatsConnection> {
  const { hosts, options } = parseServers(request.servers)
  try {
    return await connect({
      ...options,
      servers: hosts,
      name: request.name,
      timeout: request.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
      waitOnFirstConnect: request.waitOnFirstConnect ?? false,
      reconnect: request.reconnect ?? true,
      maxReconnectAttempts: -1,
      reconnectTimeWait: RECONNECT_WAIT_MS,
      reconnectJitter: RECONNECT_WAIT_MS,
      pingInterval: PING_INTERVAL_MS,
      maxPingOut: 2,
      ...BULK_WRITES
    })
  } catch (cause) {
    throw new TransientError(
      eventLogErrors.connectFailed,
      `NATS at ${hosts.join(', ')} cannot be reached (${String(cause)}). Check NATS_URL and that the server runs`,
      { cause }
    )
  }
}

function parseServers(servers: string): { hosts: string[]; options: ConnectionOptions } {
  const options: ConnectionOptions = {}
  const hosts = servers
    .split(',')
    .map((server) => server.trim())
    .filter((server) => server !== '')
    .map((server) => {
      const url = new URL(server.includes('://') ? server : `nats://${server}`)
      if (url.protocol === 'tls:') options.tls = {}
      if (url.username !== '' && url.password !== '') {
        options.user = decodeURIComponent(url.username)
        options.pass = decodeURIComponent(url.password)
      } else if (url.username !== '') {
        options.token = decodeURIComponent(url.username)
      }
      return url.port === '' ? url.hostname : `${url.hostname}:${url.port}`
    })
  return { hosts, options }
}
