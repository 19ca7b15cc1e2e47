import { openEventLog, type EventLog } from '@leadlog/event-log'
import { openKeyring, parseMasterKey, type Keyring } from '@leadlog/keyring'
import {
  baseConfig,
  createLogger,
  findSecrets,
  loadConfig,
  openPostgres,
  parseMasterKeys,
  type Environment,
  type Logger
} from '@leadlog/service'
import type { Pool } from 'pg'

/** The servers of the system, for a thread of its own. */
export interface WorkSystem {
  readonly log: EventLog
  readonly keyring: Keyring
  readonly pool: Pool
  readonly logger: Logger
  readonly environment: Environment
  readonly redisUrl: string | undefined
  close(): Promise<void>
}

/** @throws ConfigError; the errors of the log and the keyring when they cannot be reached */
export async function openWorkSystem(environment: Environment): Promise<WorkSystem> {
  const found = await findSecrets(environment)
  const config = loadConfig(baseConfig('gateway', 0), environment, undefined, found)
  if (config.databaseUrl === undefined) throw new TypeError('The gateway needs Postgres')
  const logger = createLogger({ service: 'gateway', level: config.logLevel })
  const log = await openEventLog({
    servers: config.natsUrl,
    name: 'leadlog-gateway-work',
    source: 'leadlog/gateway',
    prefix: config.natsPrefix,
    replicas: config.natsReplicas,
    declaredSyncAlways: config.natsSyncAlways,
    ingestMaxAgeMs: config.idempotencyTtlSeconds * 1_000,
    logger
  })
  const keyring = await openKeyring({
    connection: log.connection,
    masterKey: parseMasterKey(config.masterKey),
    otherMasterKeys: parseMasterKeys(config.masterKeysOther),
    prefix: config.natsPrefix,
    replicas: config.natsReplicas,
    logger
  }).catch(async (error: unknown) => {
    // A connection that is left open keeps the thread alive.
    await log.close()
    throw error
  })
  log.useCipher(keyring)
  const postgres = openPostgres({ url: config.databaseUrl, applicationName: 'leadlog-gateway-work', logger })
  return {
    log,
    keyring,
    pool: postgres.pool,
    logger,
    environment: { ...environment, ...found.values },
    redisUrl: config.redisUrl,
    async close() {
      await postgres.close()
      keyring.close()
      await log.close()
    }
  }
}
