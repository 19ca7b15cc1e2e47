import { parseMasterKey } from '@leadlog/keyring'
import {
  boolean,
  integer,
  loadConfig,
  optionalSecret,
  optionalText,
  optionalUrl,
  parseMasterKeys,
  text,
  type ConfigOf,
  type Environment,
  type FoundSecrets
} from '@leadlog/service'

/** The settings of a system that the CLI needs; all may be absent, since no verb needs all. */
const spec = {
  natsUrl: optionalUrl('NATS_URL', {
    description: 'address of the NATS server with JetStream',
    example: 'nats://127.0.0.1:42220',
    protocols: ['nats', 'tls', 'ws', 'wss']
  }),
  natsPrefix: text('NATS_PREFIX', { description: 'prefix of streams and subjects', example: 'staging', default: '' }),
  natsReplicas: integer('NATS_REPLICAS', {
    description: 'replicas of each stream',
    example: '3',
    default: 1,
    min: 1,
    max: 5
  }),
  natsSyncAlways: boolean('NATS_SYNC_ALWAYS', {
    description: 'true where the server runs with sync_interval: always',
    example: 'true',
    default: false
  }),
  idempotencyTtlSeconds: integer('IDEMPOTENCY_TTL_SECONDS', {
    description: 'how long INGEST keeps its messages',
    example: '7776000',
    default: 7_776_000,
    min: 60,
    max: 315_360_000
  }),
  databaseUrl: optionalUrl('DATABASE_URL', {
    description: 'address of the Postgres database',
    example: 'postgres://leadlog:password@127.0.0.1:54320/leadlog',
    protocols: ['postgres', 'postgresql'],
    secret: true
  }),
  redisUrl: optionalUrl('REDIS_URL', {
    description: 'address of Redis',
    example: 'redis://127.0.0.1:63790',
    protocols: ['redis', 'rediss']
  }),
  masterKey: optionalSecret('LEADLOG_MASTER_KEY', {
    description: '32 random bytes in base64 that wrap the encryption keys',
    example: '$(openssl rand -base64 32)'
  }),
  masterKeysOther: optionalSecret('LEADLOG_MASTER_KEYS_OTHER', {
    description: 'further master keys, while they rotate',
    example: '$(openssl rand -base64 32)',
    check: parseMasterKeys
  }),
  backupKey: optionalSecret('BACKUP_KEY', {
    description: '32 random bytes in base64 that the backups are sealed with; the master key otherwise',
    example: '$(openssl rand -base64 32)'
  }),
  backupStore: optionalText('BACKUP_STORE', {
    description: 'where the backups are: a folder, or a bucket',
    example: 's3://leadlog-backups/prod?region=eu-central-1'
  }),
  backupKeysStore: optionalText('BACKUP_KEYS_STORE', {
    description: 'where the backups of the encryption keys are',
    example: 's3://leadlog-keys/prod?region=eu-central-1'
  }),
  whatIfTtlDays: integer('WHATIF_TTL_DAYS', {
    description: 'how long what-ifs and the answers they were given are kept',
    example: '90',
    default: 90,
    min: 1,
    max: 3_650
  }),
  archiveUrl: optionalText('ARCHIVE_URL', {
    description: 'where the archive is: a folder, or a bucket',
    example: 's3://leadlog-archive/prod?region=eu-central-1'
  })
}

export type CliConfig = Omit<ConfigOf<typeof spec>, 'masterKey'> & { readonly masterKey: Uint8Array | undefined }

/** @param found what Vault holds, where the environment names one
 * @throws ConfigError that lists every problem; PermanentError KEYRING_MASTER_KEY_INVALID */
export function readCliConfig(environment: Environment, found: FoundSecrets): CliConfig {
  const config = loadConfig(spec, environment, undefined, found)
  return { ...config, masterKey: config.masterKey === undefined ? undefined : parseMasterKey(config.masterKey) }
}
