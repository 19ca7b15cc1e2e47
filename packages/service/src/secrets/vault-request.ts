import { TransientError } from '@leadlog/contracts'

/** A Vault that is well answers within milliseconds; the start may wait longer, but not for ever. */
const TIMEOUT_MS = 5_000

export interface VaultServer {
  readonly address: string
  readonly namespace: string | undefined
}

export interface VaultAnswer {
  readonly status: number
  /** Parsed JSON; null where there is none. */
  readonly body: unknown
}

/** Vault is not there, sealed, or busy: the same question may be answered later. */
export const VAULT_UNAVAILABLE = 'SECRETS_VAULT_UNAVAILABLE'

/**
 * One request of Vault's HTTP API.
 *
 * @throws TransientError {@link VAULT_UNAVAILABLE} for what may pass: no answer, sealed or standby (503, 429, 472, 473), 5xx
 */
export async function vaultRequest(
  server: VaultServer,
  request: { method: 'GET' | 'POST'; path: string; token?: string; body?: unknown }
): Promise<VaultAnswer> {
  const headers = {
    'x-vault-request': 'true',
    ...(server.namespace === undefined ? {} : { 'x-vault-namespace': server.namespace }),
    ...(request.token === undefined ? {} : { 'x-vault-token': request.token }),
    ...(request.body === undefined ? {} : { 'content-type': 'application/json' })
  }
  let status: number
  let text: string
  try {
    const response = await fetch(`${server.address}/v1/${request.path}`, {
      method: request.method,
      headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) })
    })
    status = response.status
    text = await response.text()
  } catch (error) {
    throw unavailable(server, reasonOf(error), error)
  }
  if (status >= 500 || passing.has(status)) throw unavailable(server, `it answers ${status}${hintOf(status)}`)
  return { status, body: parsed(text) }
}

/** Rate limit, and what a standby that forwards nothing answers. */
const passing: ReadonlySet<number> = new Set([412, 429, 472, 473])

function hintOf(status: number): string {
  return status === 503 ? ', so it is sealed or in maintenance: unseal it' : ''
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause instanceof Error ? error.cause : error
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message
}

function unavailable({ address }: VaultServer, reason: string, cause?: unknown): TransientError {
  const message = `Vault at ${address} cannot be asked for the secrets (${reason}). Start it, or correct VAULT_ADDR.`
  return new TransientError(VAULT_UNAVAILABLE, message, { cause })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
