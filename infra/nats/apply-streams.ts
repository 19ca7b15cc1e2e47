import { openEventLog } from '../../packages/event-log/src/index.ts'

/**
 * Brings the streams of a server in line with their specification: `pnpm run streams:apply`, with NATS_URL and, where
 * they are used, NATS_PREFIX, NATS_REPLICAS and IDEMPOTENCY_TTL_SECONDS set as for the services. Prints what changed.
 */
const {
  NATS_URL = 'nats://127.0.0.1:42220',
  NATS_PREFIX = '',
  NATS_REPLICAS = '1',
  IDEMPOTENCY_TTL_SECONDS
} = process.env
const silent = () => undefined
const log = await openEventLog({
  servers: NATS_URL,
  name: 'leadlog-streams',
  prefix: NATS_PREFIX,
  replicas: Number(NATS_REPLICAS),
  ...(IDEMPOTENCY_TTL_SECONDS ? { ingestMaxAgeMs: Number(IDEMPOTENCY_TTL_SECONDS) * 1000 } : {}),
  logger: { debug: silent, info: silent, warn: console.warn, error: console.error }
})
const changes = await log.applyStreams()
console.log(JSON.stringify(changes, null, 2))
await log.close()
