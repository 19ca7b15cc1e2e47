export interface NatsConfig {
  port: number
  storeDir: string
  serverName: string
  /** True: an acknowledged message is on disk. False: it may be lost with the machine, never with the process. */
  syncAlways: boolean
  /** Space for file streams; 20 GB by default. */
  maxFileStore?: string
  /** Further lines of NATS configuration, placed at the end. */
  extra?: string
}

/**
 * A webhook body may be 1 MiB and travels as base64 in its envelope (about 1.37 MiB); the server's
 * default of 1 MiB would refuse it, twice that leaves room for the headers.
 */
const MAX_PAYLOAD = '2MB'

/** A local system never needs more; the limit keeps a runaway loop from filling the disk. */
const MAX_FILE_STORE = '20GB'

/** Memory streams hold replies of five minutes only. */
const MAX_MEMORY_STORE = '256MB'

export function formatNatsConfig(config: NatsConfig): string {
  const sync = config.syncAlways ? 'sync_interval: always' : 'sync_interval: "2m"'
  return `server_name: ${config.serverName}
host: 127.0.0.1
port: ${String(config.port)}
max_payload: ${MAX_PAYLOAD}

jetstream {
  store_dir: ${JSON.stringify(config.storeDir)}
  ${sync}
  max_file_store: ${config.maxFileStore ?? MAX_FILE_STORE}
  max_memory_store: ${MAX_MEMORY_STORE}
}
${config.extra ?? ''}`
}
