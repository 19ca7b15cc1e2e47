import { PermanentError, TransientError } from '@leadlog/contracts'
import type { Classification, VendorClient, VendorResponse } from '@leadlog/outbound'
import { zohoErrors } from './zoho-errors.ts'
import { isJsonObject, parseVendorJson, textIn } from '../vendor-json.ts'

export interface ZohoCredentials {
  readonly clientId: string
  readonly clientSecret: string
  readonly refreshToken: string
}

/** An access token as the shared store keeps it. */
export interface ZohoToken {
  readonly value: string
  readonly expiresInMs: number
  /** `apiDomain`: where the API of the token's data centre is, where the answer said so. */
  readonly details: Readonly<Record<string, string>>
}

/** Zoho's accounts server gives 10 tokens in 10 minutes; a third of that lets old ones leave the window. */
const THROTTLE_PAUSE_MS = 200_000
const DEFAULT_LIFETIME_S = 3600

/** Leaves every answer below 500 to {@link parseTokenAnswer}, since its body decides. */
export function classifyTokenAnswer({ status }: VendorResponse): Classification | undefined {
  return status < 500 && status !== 429 ? { kind: 'ok' } : undefined
}

/** Asks Zoho's accounts server for a new access token. @throws like {@link parseTokenAnswer} */
export async function requestZohoToken(accounts: VendorClient, credentials: ZohoCredentials): Promise<ZohoToken> {
  const response = await accounts.call({
    operation: 'refresh-token',
    method: 'POST',
    path: '/oauth/v2/token',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      refresh_token: credentials.refreshToken
    }),
    lane: 'person'
  })
  return parseTokenAnswer(response.status, response.text())
}

/**
 * Reads the accounts server's answer. Failures come with HTTP 200 too, so the body decides.
 *
 * @throws PermanentError CRM_SYNC_ZOHO_CREDENTIALS_REFUSED, TransientError CRM_SYNC_ZOHO_UNAVAILABLE or _LIMITED
 */
export function parseTokenAnswer(status: number, text: string): ZohoToken {
  const parsed = parseVendorJson(text)
  const body = isJsonObject(parsed) ? parsed : {}
  const accessToken = textIn(body, 'access_token')
  if (accessToken !== null) {
    const seconds = Number(textIn(body, 'expires_in') ?? DEFAULT_LIFETIME_S)
    const apiDomain = textIn(body, 'api_domain')?.replace(/\/+$/, '')
    return {
      value: accessToken,
      expiresInMs: (Number.isFinite(seconds) ? seconds : DEFAULT_LIFETIME_S) * 1000,
      details: apiDomain === undefined ? {} : { apiDomain }
    }
  }
  const error = textIn(body, 'error')
  if (status === 429 || /too many requests/i.test(textIn(body, 'error_description') ?? '')) {
    throw new TransientError(zohoErrors.limited, 'Zoho gives no more access tokens for now; wait', {
      retryAfterMs: THROTTLE_PAUSE_MS,
      countsAsAttempt: false
    })
  }
  if (status >= 500 || error === null || error === 'general_error') {
    throw new TransientError(zohoErrors.unavailable, `Zoho's accounts server answered ${status} without a token`, {
      countsAsAttempt: false
    })
  }
  throw new PermanentError(
    zohoErrors.credentials,
    `Zoho refuses the connection (${error}). Check ZOHO_DC, ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET and ZOHO_REFRESH_TOKEN: all must belong to one data centre`
  )
}
