import { streamSpecs } from '@leadlog/event-log'
import { ConfigError, configSummary, loadConfig, type Environment } from '@leadlog/service'
import type { Context } from '../context.ts'
import { declaredServices } from '../system/manifests.ts'
import { readStatus } from '../system/status.ts'

/**
 * What an incident bundle tells of the system: versions, services, streams with the specs of this release, consumers,
 * read models with their checkpoints, and the configuration with secrets as set or not set.
 */
export async function systemFacts(context: Context) {
  const log = await context.connect.sealedLog()
  const { natsReplicas, idempotencyTtlSeconds } = await context.connect.config()
  return {
    status: await readStatus(context),
    node: process.version,
    streamSpecs: streamSpecs({ replicas: natsReplicas, ingestMaxAgeMs: idempotencyTtlSeconds * 1_000 }, log.naming),
    streamDifferences: await log.diffStreams(),
    configuration: configurationFacts(context.target.environment)
  }
}

/** By service. Where a setting is missing here, the problems stand in its place. */
function configurationFacts(environment: Environment): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    declaredServices.map(({ name, config }) => {
      try {
        return [name, configSummary(config, loadConfig(config, environment))]
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error
        return [name, { notKnownHere: error.problems.map(({ env, message }) => `${env}: ${message}`) }]
      }
    })
  )
}
