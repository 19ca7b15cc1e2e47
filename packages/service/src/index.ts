export {
  defineService,
  eventsOf,
  flagsOf,
  type ServiceContext,
  type ServiceManifest,
  type ServiceRuntime
} from './manifest.ts'
export { specOf, startService, type RunningService, type StartOptions } from './start-service.ts'
export { runService } from './run-service.ts'
export {
  defineBatchReactor,
  defineReactor,
  type BatchItem,
  type BatchOutcome,
  type BatchReactor,
  type HandlerContext,
  type Reactor
} from './handler/reactor.ts'
export { ignoreWebhook, isNothing } from './handler/ignore-webhook.ts'
export { defineCommandHandler, type CommandContext, type CommandHandler } from './command/command-handler.ts'
export { personErased } from './command/person-erased.ts'
export { commandsOf } from './operations/service-commands.ts'
export { followLog, type FollowParts } from './follow/follow-log.ts'
export { flagRef, isFlagOn } from './flags/flag-state.ts'
export type { Flags } from './flags/watch-flags.ts'
export { commonStream, subjectsOf } from './handler/subjects.ts'
export {
  boolean,
  choice,
  integer,
  list,
  optionalSecret,
  optionalText,
  optionalUrl,
  ratio,
  secondsList,
  secret,
  text,
  url,
  variablesWithPrefix,
  type Setting
} from './config/setting.ts'
export {
  ConfigError,
  configSummary,
  loadConfig,
  type ConfigCheck,
  type ConfigOf,
  type ConfigProblem,
  type ConfigSpec,
  type Environment,
  type SettingSource
} from './config/load-config.ts'
export { baseConfig, parseMasterKeys, type BaseConfig } from './config/base-config.ts'
export { findSecrets, type FoundSecrets } from './secrets/find-secrets.ts'
export { rotatingSecrets } from './secrets/rotating-secrets.ts'
export { openSecretBook, type SecretBook, type SecretEntry, type SecretHolder } from './secrets/secret-book.ts'
export { SECRET_DUE_DAYS, secretFingerprints } from './secrets/secret-ages.ts'
export { processEnvironment } from './config/environment.ts'
export { HttpProblem, Problem, problem, PROBLEM_CONTENT_TYPE, problemResponses } from './http/problem.ts'
export { createHttpServer } from './http/server.ts'
export type { HttpServer } from './http/http-server.ts'
export { createLogger, type Logger } from './logger.ts'
export { createMetrics, type ServiceMetrics } from './metrics/metrics.ts'
export { childrenOf } from './metrics/children.ts'
export { counter, duration, gauge, type MetricDefinition } from './metrics/definition.ts'
export {
  handlerMetrics,
  postgresMetrics,
  processMetrics,
  projectionMetrics,
  vendorMetricDefinitions
} from './metrics/definitions.ts'
export { startRetention, type Retention } from './retention/start-retention.ts'
export { createReadiness, type DependencyState, type Readiness } from './readiness.ts'
export {
  checkMigrations,
  listMigrations,
  migrateDown,
  migrateTo,
  migrateUp,
  MigrationError,
  type MigrationState,
  type ServiceMigrations
} from './postgres/migrate.ts'
export { openPostgres, type Postgres } from './postgres/postgres.ts'
export { surviveLostConnections } from './postgres/survive-lost-connections.ts'
export { effectsUnresolved, watchEffects } from './outbound/effect-metrics.ts'
export { openEffectLedger, type EffectLedgerSettings } from './outbound/open-effect-ledger.ts'
export { testIntegrationsCommand, type IntegrationDeps, type OwnIntegration } from './outbound/test-integrations.ts'
export { privateHosts } from './outbound/private-hosts.ts'
export { vendorMetrics, type VendorMetrics } from './outbound/vendor-metrics.ts'
export { systemClock, type Clock } from './clock.ts'
