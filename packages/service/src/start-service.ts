import { setTimeout as delay } from 'node:timers/promises'
import { openEventLog, type EventLog } from '@leadlog/event-log'
import { TransientError } from '@leadlog/contracts'
import { checkMasterKey, openKeyring, parseMasterKey, type Keyring } from '@leadlog/keyring'
import { startTracing } from '@leadlog/tracing'
import { systemClock, type Clock } from './clock.ts'
import { baseConfig, parseMasterKeys, type BaseConfig } from './config/base-config.ts'
import {
  configSummary,
  loadConfig,
  sourceOf,
  type ConfigOf,
  type ConfigSpec,
  type Environment,
  type SettingSource
} from './config/load-config.ts'
import { COMMANDS_HANDLER, startCommands } from './command/start-commands.ts'
import { watchFlags } from './flags/watch-flags.ts'
import { startReactors } from './handler/start-reactors.ts'
import { commonStream } from './handler/subjects.ts'
import { watchBacklog } from './handler/watch-backlog.ts'
import { createHttpServer } from './http/server.ts'
import { createLogger, type Logger } from './logger.ts'
import { flagsOf, type ServiceContext, type ServiceManifest } from './manifest.ts'
import { logMetrics, watchConnection } from './metrics/log-metrics.ts'
import { watchPostgres } from './metrics/postgres-metrics.ts'
import { createMetrics, type ServiceMetrics } from './metrics/metrics.ts'
import { checkMigrations, migrateUp } from './postgres/migrate.ts'
import { migrateLater, type LaterTables } from './postgres/migrate-later.ts'
import { openPostgres, waitForPostgres, type Postgres } from './postgres/postgres.ts'
import { startProjections } from './projection/start-projections.ts'
import { serviceCommands } from './operations/service-commands.ts'
import { createReadiness, type DependencyState, type Readiness } from './readiness.ts'
import { openRedis } from './redis.ts'
import { createReleaseStack, type ReleaseStack } from './release-stack.ts'
import { findSecrets, type FoundSecrets } from './secrets/find-secrets.ts'
import { watchSecretAges } from './secrets/watch-secret-ages.ts'

/** A cluster that has just started elects its leader; after that the process ends and is started again. */
const NATS_READY_WITHIN_MS = 10_000
const LOOK_AGAIN_AFTER_MS = 200
/** Below the time that readiness gives a check: a silent Postgres must not make one unready that does without. */
const ASIDE_CHECK_MS = 1_000

/** A service that runs in this process. */
export interface RunningService {
  readonly name: string
  readonly url: string
  /** Not ready, stop pulling, finish what is in flight, close HTTP, drain NATS, close Postgres. Safe to call twice. */
  stop(): Promise<void>
}

export interface StartOptions {
  readonly environment: Environment
  readonly logger?: Logger
  readonly clock?: Clock
  /** Ends the waiting for servers that are not there yet. */
  readonly signal?: AbortSignal
}

/**
 * Starts a service: configuration (all problems at once), connections, checks of the master key and the migrations, then
 * streams, keys and migrations, projections and handlers, then HTTP. What was started is stopped again when a later step fails.
 *
 * @throws ConfigError, or the error of the step that failed
 */
export async function startService<Spec extends ConfigSpec, Deps>(
  manifest: ServiceManifest<Spec, Deps>,
  options: StartOptions
): Promise<RunningService> {
  const found = await findSecrets(options.environment, { logger: options.logger, signal: options.signal })
  const config = configOf(manifest, options.environment, found)
  const logger = options.logger ?? createLogger({ service: manifest.name, level: config.logLevel })
  const source = (env: string): SettingSource | null => sourceOf(env, options.environment, found)
  logger.info({ config: configSummary(specOf(manifest), config, source) }, 'starting')
  const stack = createReleaseStack(logger)
  try {
    const url = await startParts(manifest, config, { ...options, logger, source }, stack)
    logger.info({ url }, 'ready')
    return { name: manifest.name, url, stop: () => stack.release() }
  } catch (error) {
    await stack.release()
    throw error
  }
}

/** The variables of a service: its own and those of every service. */
export function specOf(manifest: Pick<ServiceManifest, 'name' | 'defaultPort' | 'config'>): ConfigSpec {
  return { ...baseConfig(manifest.name, manifest.defaultPort), ...manifest.config }
}

function configOf<Spec extends ConfigSpec, Deps>(
  manifest: ServiceManifest<Spec, Deps>,
  environment: Environment,
  found: FoundSecrets
): BaseConfig & ConfigOf<Spec> {
  const spec = { ...baseConfig(manifest.name, manifest.defaultPort), ...manifest.config }
  const check = (values: BaseConfig & ConfigOf<Spec>, report: (name: keyof Spec & string, message: string) => void) => {
    if (manifest.uses.postgres === true && values.databaseUrl === undefined) {
      report('databaseUrl', 'is missing (address of the Postgres database)')
    }
    manifest.check?.(values, report)
  }
  return loadConfig(spec, environment, check, found)
}

async function startParts<Spec extends ConfigSpec, Deps>(
  manifest: ServiceManifest<Spec, Deps>,
  config: BaseConfig & ConfigOf<Spec>,
  options: StartOptions & { logger: Logger; source: (env: string) => SettingSource | null },
  stack: ReleaseStack
): Promise<string> {
  const { logger } = options
  const clock = options.clock ?? systemClock
  const metrics = createMetrics(manifest.name, manifest.metrics)
  const readiness = createReadiness()
  const signal = options.signal ?? new AbortController().signal
  const tracing = await startTracing({
    service: manifest.name,
    endpoint: config.otlpEndpoint,
    headers: config.otlpHeaders,
    sampleRatio: config.tracesSampleRatio,
    logger
  })
  if (tracing) stack.add('tracing', () => tracing.stop())

  const postgres = manifest.uses.postgres ? await connectPostgres(manifest, config, logger, signal, stack) : undefined
  const aside = manifest.uses.postgres === 'aside'
  if (postgres) watchPostgres(metrics, postgres)
  const redis = manifest.uses.redis && config.redisUrl ? openRedis({ url: config.redisUrl, logger }) : undefined
  if (redis) stack.add('redis', () => redis.disconnect())
  const log = await connectLog(manifest.name, config, logger, metrics, stack)
  // All that can refuse looks first: a process that must not run here leaves nothing behind.
  await requireMasterKey(log, config, options.source, signal)
  if (postgres && manifest.migrations && !aside) await checkMigrations(postgres.db, manifest.migrations)
  await log.ensureStreams()
  const keyring = await connectKeyring(log, config, logger, clock, stack)
  if (postgres && manifest.migrations && !aside) {
    const applied = await migrateUp(postgres.db, manifest.migrations)
    if (applied.length > 0) logger.info({ applied }, 'migrations applied')
  }
  const tables = postgres && aside ? migrateLater(postgres, manifest.migrations, logger) : undefined
  if (tables) stack.add('tables', () => tables.stop())
  await watchSecretAges({ manifest, config, log, keyring, metrics, clock, logger, source: options.source })
  const flags = await watchFlags(log, flagsOf(manifest), logger)
  stack.add('flags', () => flags.stop())
  const context: ServiceContext<Spec> = {
    name: manifest.name,
    config,
    logger,
    log,
    keyring,
    postgres,
    tablesPending: () => tables?.pending() ?? null,
    redis,
    metrics,
    readiness,
    clock,
    flags,
    onStop: (release) => stack.add('service part', release)
  }
  const deps: Deps = await manifest.setup(context)

  const projections =
    postgres && manifest.projections.length > 0
      ? await startProjections({
          source: log,
          postgres,
          projections: manifest.projections,
          logger,
          metrics,
          readiness,
          signal
        })
      : undefined
  if (projections) stack.add('projections', () => projections.stop())
  const host = { service: manifest.name, log, deps, logger, clock, flags, retryDelaysMs: config.retryDelaysMs }
  const enabled = manifest.isEnabled?.(config) ?? true
  if (!enabled) {
    logger.warn('switched off by its flag: what waits for it is kept in the log')
    readiness.add('capability', () => ({ ok: true, detail: 'switched off' }))
  }
  const commands = serviceCommands(manifest, host)
  const handlers = enabled
    ? (await Promise.all([startReactors(manifest.reactors, host), startCommands(commands, host)]))
        .flat()
        .filter((handler) => handler !== null)
    : []
  watchBacklog(metrics, log, manifest.name, [
    ...manifest.reactors.map(({ name, on }) => ({ name, stream: commonStream(on) })),
    ...(commands.length > 0 ? [{ name: COMMANDS_HANDLER, stream: 'COMMANDS' }] : [])
  ])
  stack.add('handlers', async () => void (await Promise.all(handlers.map((handler) => handler.stop()))))

  addReadinessChecks(readiness, log)
  if (postgres) readiness.add('postgres', tables ? asideCheck(postgres, tables) : postgresCheck(postgres))
  const bodyLimit = manifest.bodyLimit?.(config)
  const app = createHttpServer({
    logger,
    metrics,
    readiness,
    traced: tracing !== undefined,
    ...(bodyLimit === undefined ? {} : { bodyLimit })
  })
  await manifest.routes?.(app, deps, { projections })
  stack.add('http', () => app.close())
  return app.listen({ host: config.host, port: config.port })
}

async function connectPostgres(
  manifest: Pick<ServiceManifest, 'name' | 'uses'>,
  config: BaseConfig,
  logger: Logger,
  signal: AbortSignal,
  stack: ReleaseStack
): Promise<Postgres | undefined> {
  if (config.databaseUrl === undefined) return undefined
  const postgres = openPostgres({ url: config.databaseUrl, applicationName: `leadlog-${manifest.name}`, logger })
  stack.add('postgres', () => postgres.close())
  if (manifest.uses.postgres === true) await waitForPostgres(postgres, logger, signal)
  return postgres
}

async function connectLog(
  service: string,
  config: BaseConfig,
  logger: Logger,
  metrics: ServiceMetrics,
  stack: ReleaseStack
): Promise<EventLog> {
  const log = await openEventLog({
    servers: config.natsUrl,
    name: `leadlog-${service}`,
    source: `leadlog/${service}`,
    prefix: config.natsPrefix,
    replicas: config.natsReplicas,
    declaredSyncAlways: config.natsSyncAlways,
    ingestMaxAgeMs: config.idempotencyTtlSeconds * 1000,
    waitOnFirstConnect: true,
    logger,
    metrics: logMetrics(metrics)
  })
  stack.add('event log', () => log.close())
  watchConnection(metrics, log)
  return log
}

/** @throws PermanentError `KEYRING_MASTER_KEY_WRONG`; TransientError `KEYRING_UNAVAILABLE` when NATS is not ready in time */
async function requireMasterKey(
  log: EventLog,
  config: BaseConfig,
  source: (env: string) => SettingSource | null,
  signal: AbortSignal
): Promise<void> {
  const deadline = performance.now() + NATS_READY_WITHIN_MS
  for (;;) {
    try {
      await checkMasterKey({
        connection: log.connection,
        masterKey: parseMasterKey(config.masterKey),
        otherMasterKeys: parseMasterKeys(config.masterKeysOther),
        prefix: config.natsPrefix,
        readFrom: `LEADLOG_MASTER_KEY (${source('LEADLOG_MASTER_KEY') ?? 'environment'})`
      })
      return
    } catch (error) {
      if (!(error instanceof TransientError) || performance.now() > deadline) throw error
      await delay(LOOK_AGAIN_AFTER_MS, undefined, { signal })
    }
  }
}

async function connectKeyring(
  log: EventLog,
  config: BaseConfig,
  logger: Logger,
  clock: Clock,
  stack: ReleaseStack
): Promise<Keyring> {
  const keyring = await openKeyring({
    connection: log.connection,
    masterKey: parseMasterKey(config.masterKey),
    otherMasterKeys: parseMasterKeys(config.masterKeysOther),
    prefix: config.natsPrefix,
    replicas: config.natsReplicas,
    clock: () => clock.now(),
    logger
  })
  stack.add('keyring', () => keyring.close())
  log.useCipher(keyring)
  return keyring
}

function addReadinessChecks(readiness: Readiness, log: EventLog): void {
  readiness.add('nats', () => {
    if (!log.watch.online) return { ok: false, detail: log.watch.refused ?? 'not connected' }
    const refusals = log.refusals()
    if (refusals.length > 0) return { ok: false, detail: refusals.map(({ detail }) => detail).join('; ') }
    const { version, durability } = log.serverInfo()
    return { ok: true, detail: `${version}, durability: ${durability}` }
  })
}

function postgresCheck(postgres: Postgres): () => Promise<DependencyState> {
  return async () => {
    await postgres.pool.query('select 1')
    const refusal = postgres.refusals.current()
    return refusal === null ? { ok: true } : { ok: false, detail: refusal.detail }
  }
}

/** Ready in any case, also where Postgres is silent; what waits is said. */
function asideCheck(postgres: Postgres, tables: LaterTables): () => Promise<DependencyState> {
  const state = async (): Promise<string | null> => {
    if (tables.pending() !== null) return tables.pending()
    await postgres.pool.query('select 1')
    return postgres.refusals.current()?.words ?? null
  }
  return async () => {
    const late = delay(ASIDE_CHECK_MS, 'Postgres does not answer', { ref: false })
    const pending = await Promise.race([state(), late]).catch(() => 'Postgres does not answer')
    return pending === null ? { ok: true } : { ok: true, detail: `what needs Postgres waits: ${pending}` }
  }
}
