import { ERASED, type EventCipher } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import type { Keyring } from '@leadlog/keyring'
import type { Logger } from '@leadlog/service'
import type { Redis } from 'ioredis'
import type { Pool } from 'pg'
import type { Target } from '../config.ts'
import { notConfigured, type CliError } from '../errors.ts'
import type { Output } from '../output/output.ts'
import type { CliConfig } from './cli-config.ts'

/** The servers of the system, each connected when it is first asked for. */
export interface Connections {
  /** @throws ConfigError with every problem */
  config(): Promise<CliConfig>
  /** Says warnings in plain lines on standard error; `LOG_LEVEL=info` says more. */
  logger(): Promise<Logger>
  /**
   * The log whose personal fields stay sealed: they come as the emptiest value, and `redacted` of the event marks them.
   * Needs no master key.
   *
   * @throws CliError CLI_NOT_CONFIGURED; EVENT_LOG_CONNECT_FAILED
   */
  sealedLog(): Promise<EventLog>
  /**
   * {@link sealedLog} for a verb that writes. Where a master key is set it must be that of the system: else the
   * settings are of two systems, and nothing is written to either.
   *
   * @throws as `sealedLog` does; KEYRING_MASTER_KEY_WRONG
   */
  writingLog(): Promise<EventLog>
  /** The log with personal fields opened by the keyring. @throws as `sealedLog` and `keyring` do */
  openLog(): Promise<EventLog>
  /** @throws CliError CLI_NOT_CONFIGURED without a master key; KEYRING_MASTER_KEY_WRONG */
  keyring(): Promise<Keyring>
  /** The address of Postgres. @throws CliError CLI_NOT_CONFIGURED */
  databaseUrl(): Promise<string>
  /** @throws CliError CLI_NOT_CONFIGURED */
  pool(): Promise<Pool>
  /** Null where the system has none. */
  redis(): Promise<Redis | null>
  /** Is called when the verb has ended, before the connections close. */
  onClose(release: () => Promise<void> | void): void
  close(): Promise<void>
}

/** An operator waits for an answer; a server that is there answers sooner. */
const CONNECT_TIMEOUT_MS = 4_000

const NAME = 'leadlog-cli'

const DEFAULT_LOG_LEVEL = 'warn'

/** Leaves personal fields sealed. */
const sealedCipher: EventCipher = {
  seal: () => Promise.reject(new TypeError('A log that was opened for reading seals nothing')),
  open: () => Promise.resolve(ERASED)
}

export function createConnections(target: Target, out: Output): Connections {
  const releases: (() => Promise<void> | void)[] = []
  const once = <T>(open: () => Promise<T>): (() => Promise<T>) => {
    let opened: Promise<T> | undefined
    return () => (opened ??= open())
  }
  const onClose = (release: () => Promise<void> | void): void => void releases.unshift(release)

  const config = once(async () => {
    const [{ findSecrets }, { readCliConfig }] = await Promise.all([
      import('@leadlog/service'),
      import('./cli-config.ts')
    ])
    return readCliConfig(target.environment, await findSecrets(target.environment, { waitsMs: [] }))
  })

  const logger = once(async () => {
    const { createCliLogger } = await import('./cli-logger.ts')
    return createCliLogger(out, target.environment['LOG_LEVEL'] ?? DEFAULT_LOG_LEVEL)
  })

  const openLogWith = async (cipher: EventCipher | undefined): Promise<EventLog> => {
    const { natsUrl, natsPrefix, natsReplicas, natsSyncAlways, idempotencyTtlSeconds } = await config()
    if (natsUrl === undefined) throw missing('NATS_URL', 'nats://127.0.0.1:42220')
    const { openEventLog } = await import('@leadlog/event-log')
    const log = await openEventLog({
      servers: natsUrl,
      name: NAME,
      logger: await logger(),
      cipher,
      prefix: natsPrefix,
      replicas: natsReplicas,
      ingestMaxAgeMs: idempotencyTtlSeconds * 1_000,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      declaredSyncAlways: natsSyncAlways
    })
    onClose(() => log.close())
    return log
  }
  const sealedLog = once(() => openLogWith(sealedCipher))
  const checkKey = async (log: EventLog): Promise<void> => {
    const { masterKey, masterKeysOther, natsPrefix } = await config()
    if (masterKey === undefined) return
    const [{ checkMasterKey }, { parseMasterKeys }] = await Promise.all([
      import('@leadlog/keyring'),
      import('@leadlog/service')
    ])
    await checkMasterKey({
      connection: log.connection,
      masterKey,
      otherMasterKeys: parseMasterKeys(masterKeysOther),
      prefix: natsPrefix
    })
  }
  const writingLog = once(async () => {
    const log = await sealedLog()
    await checkKey(log)
    return log
  })
  const openLog = once(async () => {
    const { masterKey, masterKeysOther, natsPrefix, natsReplicas } = await config()
    if (masterKey === undefined)
      throw missing('LEADLOG_MASTER_KEY', 'the key that the services run with, or LEADLOG_MASTER_KEY_FILE')
    const log = await openLogWith(undefined)
    await checkKey(log)
    const [{ openKeyring }, { parseMasterKeys }] = await Promise.all([
      import('@leadlog/keyring'),
      import('@leadlog/service')
    ])
    const keyring = await openKeyring({
      connection: log.connection,
      masterKey,
      otherMasterKeys: parseMasterKeys(masterKeysOther),
      prefix: natsPrefix,
      replicas: natsReplicas
    })
    onClose(() => keyring.close())
    log.useCipher(keyring)
    return { log, keyring }
  })

  const databaseUrl = async (): Promise<string> => {
    const { databaseUrl: url } = await config()
    if (url === undefined) throw missing('DATABASE_URL', 'postgres://leadlog:password@127.0.0.1:54320/leadlog')
    return url
  }

  return {
    config,
    databaseUrl,
    logger,
    sealedLog,
    writingLog,
    openLog: async () => (await openLog()).log,
    keyring: async () => (await openLog()).keyring,
    pool: once(async () => {
      const url = await databaseUrl()
      const { openPostgres } = await import('@leadlog/service')
      const postgres = openPostgres({ url, applicationName: NAME, logger: await logger() })
      onClose(() => postgres.close())
      return postgres.pool
    }),
    redis: once(async () => {
      const { redisUrl } = await config()
      if (redisUrl === undefined) return null
      const { Redis } = await import('ioredis')
      const redis = new Redis(redisUrl, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: () => null })
      const own = await logger()
      redis.on('error', (error: Error) => own.debug({ err: error }, 'Redis'))
      onClose(() => redis.disconnect())
      return redis
    }),
    onClose,
    async close() {
      for (const release of releases.splice(0)) await release()
    }
  }
}

/** A setting without which nothing can be asked: most often no system runs here. */
export function missing(variable: string, example: string): CliError {
  return notConfigured(
    `No running local system was found, and ${variable} is not set. Start one with npm start, or name another: ${variable}=${example}`
  )
}
