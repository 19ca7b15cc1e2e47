import { readFileSync } from 'node:fs'
import type { Static, TSchema } from '@sinclair/typebox'
import { Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import type { VaultConfig } from './vault-config.ts'
import { vaultRequest, type VaultAnswer, type VaultServer } from './vault-request.ts'

/** What the secret at VAULT_PATH holds. */
export interface VaultSecret {
  /** By the variable's name. */
  readonly values: Readonly<Record<string, string>>
  readonly version: number
}

/** Vault said no, for good: a wrong token, a missing policy, no such secret. Names the variable to look at. */
export class VaultRefusal extends Error {
  readonly variable: keyof VaultConfig

  constructor(variable: keyof VaultConfig, message: string) {
    super(message)
    this.name = 'VaultRefusal'
    this.variable = variable
  }
}

const LoginAnswer = Type.Object({ auth: Type.Object({ client_token: Type.String({ minLength: 1 }) }) })
const SecretAnswer = Type.Object({
  data: Type.Object({
    data: Type.Record(Type.String(), Type.Unknown()),
    metadata: Type.Object({ version: Type.Integer() })
  })
})

/**
 * Logs in (token, AppRole or Kubernetes) and reads the newest version of the secret. A token that a login gave is
 * revoked afterwards: nothing needs it any more.
 *
 * @throws VaultRefusal for what only a person can mend
 * @throws TransientError `SECRETS_VAULT_UNAVAILABLE`
 */
export async function readVault(config: VaultConfig & { readonly vaultAddr: string }): Promise<VaultSecret> {
  const server = { address: config.vaultAddr, namespace: config.vaultNamespace }
  if (config.vaultToken !== undefined) return readSecret(server, config, config.vaultToken)
  const token = await login(server, config)
  try {
    return await readSecret(server, config, token)
  } finally {
    // Courtesy: it would expire by itself, so a failure changes nothing.
    await vaultRequest(server, { method: 'POST', path: 'auth/token/revoke-self', token }).catch(() => undefined)
  }
}

async function login(server: VaultServer, config: VaultConfig): Promise<string> {
  const { vaultRoleId, vaultSecretId, vaultKubernetesRole, vaultAuthMount } = config
  if (vaultRoleId !== undefined) {
    const body = { role_id: vaultRoleId, ...(vaultSecretId === undefined ? {} : { secret_id: vaultSecretId }) }
    return loginAt(server, vaultAuthMount ?? 'approle', 'vaultRoleId', body)
  }
  if (vaultKubernetesRole !== undefined) {
    const body = { role: vaultKubernetesRole, jwt: serviceAccountToken(config.vaultKubernetesTokenFile) }
    return loginAt(server, vaultAuthMount ?? 'kubernetes', 'vaultKubernetesRole', body)
  }
  throw new VaultRefusal(
    'vaultToken',
    'is missing (VAULT_ADDR is set: give a token, VAULT_ROLE_ID with VAULT_SECRET_ID, or VAULT_KUBERNETES_ROLE)'
  )
}

function serviceAccountToken(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    throw new VaultRefusal('vaultKubernetesTokenFile', 'names a file that cannot be read')
  }
}

async function loginAt(server: VaultServer, mount: string, variable: keyof VaultConfig, body: object): Promise<string> {
  const answer = await vaultRequest(server, { method: 'POST', path: `auth/${pathOf(mount)}/login`, body })
  if (answer.status === 404) {
    throw new VaultRefusal('vaultAuthMount', `names no login method: nothing is mounted at auth/${mount}`)
  }
  if (answer.status !== 200) throw new VaultRefusal(variable, `was refused by Vault (${saidBy(answer)})`)
  return checked(LoginAnswer, answer, variable).auth.client_token
}

async function readSecret(server: VaultServer, config: VaultConfig, token: string): Promise<VaultSecret> {
  const { vaultMount, vaultPath } = config
  const place = `${vaultMount}/${vaultPath}`
  const path = `${pathOf(vaultMount)}/data/${pathOf(vaultPath)}`
  const answer = await vaultRequest(server, { method: 'GET', path, token })
  if (answer.status === 403) {
    const variable = config.vaultToken === undefined ? 'vaultPath' : 'vaultToken'
    throw new VaultRefusal(variable, `may not read ${place}: check the token and its policy (read on ${path})`)
  }
  if (answer.status === 404) {
    throw new VaultRefusal('vaultPath', `names no secret: ${place} is not there, or its newest version is deleted`)
  }
  if (answer.status !== 200) throw new VaultRefusal('vaultPath', `cannot be read at ${place} (${saidBy(answer)})`)
  const { data } = checked(SecretAnswer, answer, 'vaultMount')
  const values = Object.entries(data.data).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [[name, String(value)] as const]
      : []
  )
  return { values: Object.fromEntries(values), version: data.metadata.version }
}

function checked<S extends TSchema>(schema: S, { body }: VaultAnswer, variable: keyof VaultConfig): Static<S> {
  if (Value.Check(schema, body)) return body
  throw new VaultRefusal(variable, 'gives an answer of another form: it must be a key-value engine of version 2')
}

/** Vault's own words; they name no secret. */
function saidBy({ status, body }: VaultAnswer): string {
  const errors = (body as { errors?: unknown } | null)?.errors
  const words = Array.isArray(errors) ? errors.filter((error) => typeof error === 'string').join('; ') : ''
  return words === '' ? `HTTP ${status}` : `HTTP ${status}: ${words}`
}

function pathOf(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '')
    .map(encodeURIComponent)
    .join('/')
}
