import { setTimeout as delay } from 'node:timers/promises'
import { TransientError } from '@leadlog/contracts'
import { ConfigError, loadConfig, type ConfigProblem, type Environment } from '../config/load-config.ts'
import type { Logger } from '../logger.ts'
import { readVault, VaultRefusal, type VaultSecret } from './read-vault.ts'
import { vaultConfig, type VaultConfig } from './vault-config.ts'

/** Values from outside the environment, and what went wrong on the way to them. */
export interface FoundSecrets {
  /** By the variable's name. */
  readonly values: Readonly<Record<string, string>>
  /** Of the secret in Vault; null where Vault was not asked. */
  readonly vaultVersion: number | null
  readonly problems: readonly ConfigProblem[]
}

/** Long enough for a Vault that is restarted or unsealed; after that the process ends and is started again. */
const WAITS_MS: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000]

const none: FoundSecrets = { values: {}, vaultVersion: null, problems: [] }

/**
 * Asks Vault, where VAULT_ADDR names one, for the variables that are set neither in the environment nor in a file.
 * What only a person can mend comes back as problems, to be listed beside all others.
 *
 * @throws TransientError `SECRETS_VAULT_UNAVAILABLE` when Vault is still away after a quarter of a minute
 */
export async function findSecrets(
  environment: Environment,
  options: { logger?: Logger | undefined; signal?: AbortSignal | undefined; waitsMs?: readonly number[] } = {}
): Promise<FoundSecrets> {
  let config: VaultConfig
  try {
    config = loadConfig(vaultConfig, environment)
  } catch (error) {
    if (error instanceof ConfigError) return { ...none, problems: error.problems }
    throw error
  }
  const { vaultAddr } = config
  if (vaultAddr === undefined) return none
  try {
    const { values, version } = await patiently(() => readVault({ ...config, vaultAddr }), options)
    return { values, vaultVersion: version, problems: [] }
  } catch (error) {
    if (!(error instanceof VaultRefusal)) throw error
    const { env, example } = vaultConfig[error.variable]
    return { ...none, problems: [{ env, message: error.message, example }] }
  }
}

async function patiently(
  read: () => Promise<VaultSecret>,
  {
    logger,
    signal,
    waitsMs = WAITS_MS
  }: { logger?: Logger | undefined; signal?: AbortSignal | undefined; waitsMs?: readonly number[] }
): Promise<VaultSecret> {
  for (const waitMs of waitsMs) {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof TransientError)) throw error
      logger?.warn({ err: error }, 'waiting for Vault')
      await delay(waitMs, undefined, signal ? { signal } : {})
    }
  }
  return read()
}
