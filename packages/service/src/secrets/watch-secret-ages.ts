import type { EventLog } from '@leadlog/event-log'
import type { Keyring } from '@leadlog/keyring'
import type { Clock } from '../clock.ts'
import { baseConfig, type BaseConfig } from '../config/base-config.ts'
import type { ConfigSpec, SettingSource } from '../config/load-config.ts'
import type { Logger } from '../logger.ts'
import type { ServiceManifest } from '../manifest.ts'
import { processMetrics } from '../metrics/definitions.ts'
import type { ServiceMetrics } from '../metrics/metrics.ts'
import { ageInDays, SECRET_DUE_DAYS, secretFingerprints, type SecretRecord } from './secret-ages.ts'
import { openSecretBook } from './secret-book.ts'

/**
 * Notes which secrets this service started with and measures their age. Only fingerprints leave the process. A failure
 * is logged and changes nothing else: a reminder must not stop a service.
 */
export async function watchSecretAges(options: {
  manifest: Pick<ServiceManifest, 'name' | 'defaultPort' | 'config'>
  config: BaseConfig
  log: EventLog
  keyring: Pick<Keyring, 'fingerprint'>
  metrics: ServiceMetrics
  clock: Clock
  logger: Logger
  source: (env: string) => SettingSource | null
}): Promise<void> {
  const { manifest, config, log, metrics, clock, logger } = options
  const held: { name: string; fingerprints: readonly string[]; record: SecretRecord }[] = []
  try {
    const book = await openSecretBook(log, config.natsReplicas)
    for (const { name, value } of secretsOf(manifest, config)) {
      const fingerprints = secretFingerprints(options.keyring, name, value)
      const source = options.source(name) ?? 'environment'
      const record = await book.note(name, { service: manifest.name, fingerprints, source, startedAt: clock.now() })
      held.push({ name, fingerprints, record })
    }
  } catch (error) {
    logger.warn({ err: error }, 'the ages of the secrets could not be noted')
  }
  const due = held.filter(({ record, fingerprints }) => ageInDays(record, fingerprints, clock.now()) > SECRET_DUE_DAYS)
  if (due.length > 0) logger.warn({ variables: due.map(({ name }) => name) }, 'secrets are due for rotation')
  metrics.gauge(processMetrics.secretAge, (age) => {
    for (const { name, fingerprints, record } of held) age.set({ name }, ageInDays(record, fingerprints, clock.now()))
  })
}

/** The secret variables of a service that are set. */
function secretsOf(
  manifest: Pick<ServiceManifest, 'name' | 'defaultPort' | 'config'>,
  config: BaseConfig
): { name: string; value: string }[] {
  const spec: ConfigSpec = { ...baseConfig(manifest.name, manifest.defaultPort), ...manifest.config }
  const values: Readonly<Record<string, unknown>> = { ...config }
  return Object.entries(spec).flatMap(([key, setting]) => {
    const value = values[key]
    return setting.secret && typeof value === 'string' ? [{ name: setting.env, value }] : []
  })
}
