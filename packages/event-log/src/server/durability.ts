import type { NatsConnection } from '@nats-io/transport-node'

/**
 * Whether an acknowledged message survives a power failure: `safe` with three replicas or with a server that syncs
 * every write, `unsafe` with one that is known not to, `unknown` where the server does not let a client see it.
 */
export type Durability = 'safe' | 'unsafe' | 'unknown'

/** Replicas from which a loss of power on one of them loses nothing. */
const SAFE_REPLICAS = 3

/** The answer comes at once or not at all; an account without the import gets "no responders" immediately. */
const PROBE_TIMEOUT_MS = 500

/**
 * A client cannot see `sync_interval`: neither the server's greeting nor the JetStream API tells. It is taken from the
 * replicas, then from the server's own variables where its configuration exports `$SYS.REQ.SERVER.PING.VARZ` to the
 * account, then from what the operator declared.
 */
export async function detectDurability(
  connection: NatsConnection,
  options: { replicas: number; declaredSyncAlways?: boolean | undefined }
): Promise<Durability> {
  if (options.replicas >= SAFE_REPLICAS) return 'safe'
  const seen = await seenSyncAlways(connection)
  if (seen !== null) return seen ? 'safe' : 'unsafe'
  if (options.declaredSyncAlways === undefined) return 'unknown'
  return options.declaredSyncAlways ? 'safe' : 'unsafe'
}

async function seenSyncAlways(connection: NatsConnection): Promise<boolean | null> {
  try {
    const reply = await connection.request('$SYS.REQ.SERVER.PING.VARZ', '', { timeout: PROBE_TIMEOUT_MS })
    const body = reply.json<{ data?: { jetstream?: { config?: { sync_always?: boolean } } } }>()
    const config = body.data?.jetstream?.config
    return config === undefined ? null : config.sync_always === true
  } catch {
    return null
  }
}
