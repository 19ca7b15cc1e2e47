import { defineService } from '@leadlog/service'
import { createApiKeys } from './auth/api-key.ts'
import { gatewayConfig } from './config.ts'
import { crmWrites } from './crm-writes/crm-writes.projection.ts'
import { openReadDatabase } from './database/open-read-database.ts'
import { deadLetters } from './dead-letters/dead-letters.projection.ts'
import { failedAttempts } from './dead-letters/failed-attempts.projection.ts'
import { eventIndex } from './events/event-index.projection.ts'
import { gatewayRoutes, type GatewayDeps } from './gateway.routes.ts'
import { leads } from './leads/leads.projection.ts'
import { meetings } from './meetings/meetings.projection.ts'
import { memoryStore, sharedStore } from './rate-limit/rate-limit-store.ts'
import { receivedEvents } from './received-events/received-events.projection.ts'
import { timeline } from './timeline/timeline.projection.ts'

/** The read models that people and programs look at. */
export const gatewayProjections = [
  receivedEvents,
  crmWrites,
  leads,
  meetings,
  timeline,
  deadLetters,
  failedAttempts,
  eventIndex
]

/** Answers questions about what was received and what became of it. */
export const gateway = defineService({
  name: 'gateway',
  description:
    'Answers over HTTP what was received, what became of it and why, from read models of its own; passes commands on.',
  defaultPort: 8080,
  config: gatewayConfig,
  uses: { postgres: true, redis: true },
  setup: ({ config, clock, keyring, log, logger, onStop, redis }): GatewayDeps => {
    if (config.databaseUrl === undefined) throw new TypeError('The gateway needs Postgres')
    const reads = openReadDatabase({ url: config.databaseUrl, logger })
    onStop(() => reads.close())
    const local = memoryStore(() => clock.now().getTime())
    return {
      db: reads.db,
      payloads: { log, keyring },
      commands: { log, keyring },
      keys: createApiKeys(config.apiKey),
      rateStore: redis ? sharedStore(redis, RATE_KEY_PREFIX, local) : local,
      ratePerMinute: config.ratePerMinute,
      publicUrl: config.publicUrl,
      clock,
      logger
    }
  },
  reactors: [],
  projections: gatewayProjections,
  routes: gatewayRoutes
})

/** Before the keys of the shared counts in Redis. */
const RATE_KEY_PREFIX = 'leadlog:gateway:rate:'
