import { parseMasterKey } from '@leadlog/keyring'
import { rotatingSecrets } from '../secrets/rotating-secrets.ts'
import { vaultConfig } from '../secrets/vault-config.ts'
import type { ConfigOf } from './load-config.ts'
import {
  boolean,
  choice,
  integer,
  optionalSecret,
  optionalText,
  optionalUrl,
  ratio,
  secondsList,
  secret,
  text,
  url
} from './setting.ts'

/** Thirty days: how long raw payloads stay readable. */
const DEFAULT_EVENT_TTL_SECONDS = 2_592_000
/** Ninety days: how long a repeated webhook is recognised. */
const DEFAULT_IDEMPOTENCY_TTL_SECONDS = 7_776_000

/** The settings that every service has, beside its own. The port's variable is `<SERVICE>_PORT`. */
export function baseConfig(service: string, defaultPort: number) {
  return {
    host: text('HOST', { description: 'address to listen on', example: '127.0.0.1', default: '127.0.0.1' }),
    port: integer(`${service.toUpperCase().replaceAll('-', '_')}_PORT`, {
      description: 'port to listen on',
      example: String(defaultPort),
      default: defaultPort,
      min: 0,
      max: 65_535
    }),
    logLevel: choice('LOG_LEVEL', {
      description: 'how much is logged',
      example: 'info',
      default: 'info',
      values: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']
    }),
    natsUrl: url('NATS_URL', {
      description: 'address of the NATS server with JetStream',
      example: 'nats://127.0.0.1:42220',
      protocols: ['nats', 'tls', 'ws', 'wss']
    }),
    natsReplicas: integer('NATS_REPLICAS', {
      description: 'replicas of each stream: 1, or 3 on a cluster',
      example: '1',
      default: 1,
      min: 1,
      max: 5
    }),
    natsSyncAlways: boolean('NATS_SYNC_ALWAYS', {
      description: 'true where the server runs with sync_interval: always, which a client cannot see',
      example: 'true',
      default: false
    }),
    natsPrefix: text('NATS_PREFIX', {
      description: 'prefix of streams and subjects, for several systems on one server',
      example: 'staging',
      default: ''
    }),
    masterKey: secret('LEADLOG_MASTER_KEY', {
      description: '32 random bytes in base64 that wrap the encryption keys',
      example: '$(openssl rand -base64 32)',
      check: parseMasterKey
    }),
    masterKeysOther: optionalSecret('LEADLOG_MASTER_KEYS_OTHER', {
      description:
        'further master keys, separated by commas, that may wrap the encryption keys too: while they rotate, the key to come and the key that was',
      example: '$(openssl rand -base64 32)',
      check: parseMasterKeys
    }),
    ...vaultConfig,
    databaseUrl: optionalUrl('DATABASE_URL', {
      description: 'address of the Postgres database',
      example: 'postgres://leadlog:password@127.0.0.1:54320/leadlog',
      protocols: ['postgres', 'postgresql'],
      secret: true
    }),
    redisUrl: optionalUrl('REDIS_URL', {
      description: 'address of Redis; without it each process keeps to a conservative share of the limits',
      example: 'redis://127.0.0.1:63790',
      protocols: ['redis', 'rediss']
    }),
    retryDelaysMs: secondsList('RETRY_DELAYS_SECONDS', {
      description: 'waits before a failed message is delivered again',
      example: '60,120,240',
      default: [60_000, 120_000, 240_000]
    }),
    eventTtlSeconds: integer('EVENT_TTL_SECONDS', {
      description: 'how long raw payloads stay readable',
      example: String(DEFAULT_EVENT_TTL_SECONDS),
      default: DEFAULT_EVENT_TTL_SECONDS,
      min: 60,
      max: 315_360_000
    }),
    idempotencyTtlSeconds: integer('IDEMPOTENCY_TTL_SECONDS', {
      description: 'how long a repeated webhook is recognised',
      example: String(DEFAULT_IDEMPOTENCY_TTL_SECONDS),
      default: DEFAULT_IDEMPOTENCY_TTL_SECONDS,
      min: 60,
      max: 315_360_000
    }),
    otlpEndpoint: optionalUrl('OTEL_EXPORTER_OTLP_ENDPOINT', {
      description: 'OTLP/HTTP receiver of traces, without /v1/traces; without it nothing is traced',
      example: 'http://127.0.0.1:4318',
      protocols: ['http', 'https']
    }),
    otlpHeaders: optionalSecret('OTEL_EXPORTER_OTLP_HEADERS', {
      description: 'headers for the receiver of traces, name=value pairs separated by commas',
      example: 'api-key=…'
    }),
    tracesSampleRatio: ratio('OTEL_TRACES_SAMPLER_ARG', {
      description: 'share of the traces beginning here that are recorded; one that arrives with a decision keeps it',
      example: '0.1',
      default: 1
    }),
    publicUrl: optionalText('PUBLIC_URL', {
      description: 'address under which the system is reached from outside',
      example: 'https://leadlog.example.com'
    })
  }
}

/** The keys of a variable that may hold several, separated by commas. @throws PermanentError for one that is none */
export function parseMasterKeys(value: string | undefined): readonly Uint8Array[] {
  return rotatingSecrets(value).map((part) => parseMasterKey(part))
}

/** The values of {@link baseConfig}. */
export type BaseConfig = ConfigOf<ReturnType<typeof baseConfig>>
