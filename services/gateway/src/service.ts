import { PayloadRevealed } from '@leadlog/contracts'
import { handlerBacklog } from '@leadlog/event-log'
import { defineService } from '@leadlog/service'
import { createApiKeys } from './auth/api-key.ts'
import { gatewayConfig } from './config.ts'
import { openReadDatabase } from './database/open-read-database.ts'
import { gatewayProjections } from './gateway-projections.ts'
import { gatewayMetrics, watchWhole } from './gateway.metrics.ts'
import { gatewayRoutes, type GatewayDeps } from './gateway.routes.ts'
import { memoryStore, sharedStore } from './rate-limit/rate-limit-store.ts'

/** Answers questions about what was received and what became of it. */
export const gateway = defineService({
  name: 'gateway',
  description:
    'Answers over HTTP what was received, what became of it and why, from read models of its own; passes commands on.',
  defaultPort: 8080,
  config: gatewayConfig,
  uses: { postgres: true, redis: true },
  metrics: Object.values(gatewayMetrics),
  setup: ({ config, clock, keyring, log, logger, metrics, onStop, redis }): GatewayDeps => {
    if (config.databaseUrl === undefined) throw new TypeError('The gateway needs Postgres')
    const reads = openReadDatabase({ url: config.databaseUrl, logger })
    onStop(() => reads.close())
    watchWhole(metrics, { db: reads.db, log })
    const local = memoryStore(() => clock.now().getTime())
    return {
      db: reads.db,
      payloads: { log, keyring },
      reveals: log,
      history: log,
      commands: { log, keyring },
      budgets: {
        redis,
        handlerBacklog: (service, handler) => handlerBacklog(log, { stream: 'EVENTS', service, handler }).catch(() => 0)
      },
      keys: createApiKeys(config.apiKey),
      rateStore: redis ? sharedStore(redis, RATE_KEY_PREFIX, local) : local,
      ratePerMinute: config.ratePerMinute,
      publicUrl: config.publicUrl,
      clock,
      logger
    }
  },
  reactors: [],
  appends: [PayloadRevealed],
  projections: gatewayProjections,
  routes: gatewayRoutes
})

/** Before the keys of the shared counts in Redis. */
const RATE_KEY_PREFIX = 'leadlog:gateway:rate:'
